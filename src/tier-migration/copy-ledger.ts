import type { RecordedEvent } from '../domain/ledger/event.js';
import type { EventStore } from '../event-store/event-store.js';
import { GrowingTree } from '../transparency/growing-tree.js';
import { eventLeaf } from '../transparency/ledger-entry.js';

/** The target cannot become the same ledger as the source. The message says where they diverge. */
export class LedgersDiffer extends Error {
  override readonly name = 'LedgersDiffer';
}

export interface CopyReport {
  /** Events that both ledgers have now. */
  readonly events: number;
  /** How many of them were written this time; the target already had the rest. */
  readonly copied: number;
  /** Root of the Merkle tree over all events, computed from the source and from the target. */
  readonly root: string;
}

/**
 * Consecutive events of one stream are appended together, at most this many: for events of usual size, this
 * is within every store's limits.
 */
const LONGEST_RUN = 200;
/** Upper bound on an append in characters of JSON, because stores limit its size. */
const LARGEST_RUN = 256 * 1024;

/**
 * Copies a ledger event by event into another store, with ids, times and authors. It keeps the order of the
 * ledger, so that positions are the same in both. Any existing events of the target must be the beginning of
 * the source: an interrupted copy continues where it stopped. Finally both are read to the end and compared
 * by the roots of their Merkle trees.
 *
 * Throws LedgersDiffer if the target holds something else, or if somebody wrote to it meanwhile.
 */
export async function copyLedger(
  source: EventStore,
  target: EventStore,
  onProgress: (events: number) => void = () => undefined,
): Promise<CopyReport> {
  const there = await sharedBeginning(source, target);
  let events = there;
  for await (const run of runs(source.readAll({ after: there }))) {
    await appendRun(target, run);
    events += run.length;
    onProgress(events);
  }
  const [here, copy] = [await rootOf(source, events), await rootOf(target)];
  if (here.size !== copy.size || here.root !== copy.root) {
    throw new LedgersDiffer(
      `The copy is not the same ledger: root ${copy.root} of ${copy.size} events, the source has ${here.root} of ${here.size}. Somebody wrote to the target meanwhile: empty it, and migrate again.`,
    );
  }
  return { events, copied: events - there, root: here.root };
}

/** The number of events in the target. Throws LedgersDiffer unless the source begins with them. */
async function sharedBeginning(source: EventStore, target: EventStore): Promise<number> {
  const originals = source.readAll()[Symbol.asyncIterator]();
  let events = 0;
  try {
    for await (const copy of target.readAll()) {
      const original = await originals.next();
      if (original.done) {
        throw new LedgersDiffer(
          `The target has more events than the source: the first is ${copy.id}, at position ${copy.position}. Migrate the other way round, or empty the target.`,
        );
      }
      if (!eventLeaf(original.value).equals(eventLeaf(copy))) {
        throw new LedgersDiffer(
          `The target holds another ledger: its event at position ${copy.position} is ${copy.id}, the source has ${original.value.id}. Migrate into an empty one.`,
        );
      }
      events++;
    }
  } finally {
    await originals.return?.();
  }
  return events;
}

async function appendRun(target: EventStore, run: readonly RecordedEvent[]): Promise<void> {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return;
  const expected = first.revision === 0 ? 'no-stream' : first.revision - 1;
  const { position } = await target.append(first.stream, expected, run);
  if (position !== last.position) {
    throw new LedgersDiffer(
      `Event ${last.id} came to position ${position} instead of ${last.position}: somebody else writes to the target. Stop it, empty the target, and migrate again.`,
    );
  }
}

async function* runs(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent[]> {
  let run: RecordedEvent[] = [];
  let size = 0;
  for await (const event of events) {
    const length = JSON.stringify(event).length;
    const isFull = run.length >= LONGEST_RUN || size + length > LARGEST_RUN;
    if (run.length > 0 && (run[0]?.stream !== event.stream || isFull)) {
      yield run;
      [run, size] = [[], 0];
    }
    run.push(event);
    size += length;
  }
  if (run.length > 0) yield run;
}

async function rootOf(store: EventStore, upTo = Infinity): Promise<{ size: number; root: string }> {
  const tree = new GrowingTree(new Set());
  for await (const event of store.readAll()) {
    if (event.position > upTo) break;
    tree.add(eventLeaf(event));
  }
  return { size: tree.size, root: tree.root.toString('base64') };
}
