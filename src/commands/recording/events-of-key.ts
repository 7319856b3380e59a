import type { StreamState } from '../../domain/state/stream-state.js';
import { idForKey, MOST_ATTEMPTS } from './event-ids.js';

/** The events that an author recorded in a stream with an Idempotency-Key. */
export function eventsOfKey(state: StreamState, author: string, key: string): ReadonlySet<string> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const ids = new Set<string>();
    for (let index = 0; ; index++) {
      const id = idForKey(author, state.stream, key, index, attempt);
      if (state.recorded(id)?.recordedBy !== author) break;
      ids.add(id);
    }
    if (ids.size > 0) return ids;
  }
  return new Set();
}
