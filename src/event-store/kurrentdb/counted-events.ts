import type { RecordedEvent } from '../../domain/ledger/event.js';
import { recordedFrom } from '../event-row.js';
import { StoreUnreachable } from '../event-store.js';
import type { KurrentReads } from './reads.js';
import type { KurrentPositionIndex } from './position-index.js';
import type { TailCache } from '../tail-cache.js';

/** Reads the counted events of a ledger in KurrentDB: recent ones from memory, older ones from the log. */
export class CountedEvents {
  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
    private readonly recent: TailCache,
  ) {}

  /**
   * Events of a stream that stream reads no longer return, because somebody deleted or truncated the stream.
   * The log still has them until the server is scavenged.
   */
  async hiddenBefore(
    stream: string,
    from: number,
    first: number,
    end: number,
  ): Promise<readonly RecordedEvent[]> {
    const until = Math.min(first, end, this.index.headOf(stream) + 1);
    const found: RecordedEvent[] = [];
    for (const place of until > from ? this.index.ofStream(stream, from, until - from) : []) {
      const [event] = await this.after(place.position - 1, 1);
      if (event) found.push(event);
    }
    return found;
  }

  /**
   * Like `after`, but a caller may await the result later or never; a failure is then no unhandled rejection.
   */
  ahead(after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const events = this.after(after, limit);
    events.catch(() => undefined);
    return events;
  }

  /**
   * Counted events after a position. Recent ones come from memory, the others from their places in the log.
   */
  async after(after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const recent = this.recent.after(after, limit);
    if (recent) return recent;
    const places = this.index.after(after, limit);
    const before = after === 0 ? undefined : this.index.at(after);
    if (places.length === 0 || (after > 0 && !before)) return [];
    // A page includes the event at its start position.
    const counted = await this.reads.counted(before?.log, before ? places.length + 1 : places.length);
    const found = before ? counted.slice(1) : counted;
    if (found.length === 0) throw new StoreUnreachable(`the events after position ${after} did not come`);
    return found.map((event, offset) => {
      const place = places[offset];
      if (place?.id !== event.id || place.revision !== event.revision || place.stream !== event.stream)
        throw new StoreUnreachable(`the log brought event ${event.id} in place of ${place?.id ?? 'none'}`);
      return recordedFrom({ ...event, position: place.position }, event.body);
    });
  }
}
