import { DELETED, type HarmedStream } from '../event-store.js';
import type { KurrentPositionIndex } from './position-index.js';
import type { KurrentReads } from './reads.js';

/**
 * Reads the first event of every stream. A missing one shows that somebody deleted or truncated the stream.
 */
export async function harmedStreams(
  index: KurrentPositionIndex,
  reads: KurrentReads,
): Promise<readonly HarmedStream[]> {
  const harmed: HarmedStream[] = [...index.deleted].map((stream) => ({ stream, harm: DELETED }));
  for (const stream of index.streams()) {
    if (index.deleted.has(stream)) continue;
    const [first] = (await reads.stream(stream, 0, 1)).events;
    const hidden = first === undefined ? index.headOf(stream) + 1 : first.revision;
    if (hidden === 0) continue;
    const what = first === undefined ? 'was deleted softly in KurrentDB' : 'was cut in KurrentDB';
    harmed.push({
      stream,
      harm: `${what}, by its metadata ($tb, $maxCount or $maxAge): ${hidden} of its events are read from the log, which has them until a scavenge. Take that out of the metadata before one`,
    });
  }
  return harmed;
}
