import { LedgerReplaced } from '../event-store.js';
import type { KurrentPositionIndex, PlaceInLog } from './position-index.js';
import type { KurrentReads } from './reads.js';

/**
 * Throws LedgerReplaced when the log is not the one that was counted. Forgets deletions of streams that the
 * log no longer has: a backup from just before a deletion has all events that were counted.
 */
export async function verifyLog(index: KurrentPositionIndex, reads: KurrentReads): Promise<void> {
  await refuseOtherLog(index, reads);
  for (const stream of index.deleted) if (!(await reads.isDeleted(stream))) index.noteRestored(stream);
}

/**
 * Throws LedgerReplaced, with the last position where index and log agree, when the last counted event no
 * longer stands at its place in the log. A log that was restored to an older state has other events there.
 */
async function refuseOtherLog(index: KurrentPositionIndex, reads: KurrentReads): Promise<void> {
  const { last } = index;
  if (!last || (await standsAt(reads, last))) return;
  // Binary search: after the first difference, all events differ.
  let [agreed, parted] = [0, last.position];
  while (parted - agreed > 1) {
    const middle = Math.floor((agreed + parted) / 2);
    const place = index.at(middle);
    if (place && (await standsAt(reads, place))) agreed = middle;
    else parted = middle;
  }
  throw new LedgerReplaced(
    `the log on the server is another one than before. They agree up to position ${agreed}; event ${last.id} no longer stands at position ${last.position}. Start again to count it anew`,
  );
}

async function standsAt(reads: KurrentReads, { log, id, stream, revision }: PlaceInLog): Promise<boolean> {
  const [found] = (await reads.log(log, 1)).events;
  return found?.id === id && found.stream === stream && found.revision === revision;
}
