import type { Format } from '../formats/ledger-line.js';
import { readLedger } from '../formats/read-ledger.js';
import { givenUpBy, reasonOf } from './adoption.js';
import type { Adoption, Checkpoint } from './checkpoint-content.js';
import { InvalidCheckpoint, readCheckpoint } from './checkpoint.js';
import { ExportedEvents, type ExportFault } from './exported-events.js';
import { GrowingTree } from './growing-tree.js';
import type { Hash } from './merkle-tree.js';

/** What an export must agree with. */
export interface ExportProofs {
  /** Signed checkpoints: the export's own, and earlier ones whose ledgers the export must continue. */
  readonly checkpoints: readonly string[];
  /** The log's public key. Without it, no signature is checked. */
  readonly verifierKey?: string;
  /**
   * The hash of each event as the log took it in. They name the event that was changed, if they produce the root
   * of a checkpoint; a list that does not is itself a fault.
   */
  readonly hashes?: readonly Hash[];
}

export interface ExportVerdict {
  readonly ok: boolean;
  readonly events: number;
  readonly root: string;
  /** Whether the signatures of the checkpoints were checked. */
  readonly signaturesChecked: boolean;
  /** All faults, ordered by the position of the event. */
  readonly faults: readonly ExportFault[];
  /** How many events each checkpoint covers, and whether it holds. */
  readonly checkpoints: readonly { readonly size: number; readonly holds: boolean }[];
}

/**
 * Checks an export without the server and its database. Every event must be well-formed, in its place and
 * written as exports write it; every checkpoint's root must match; and a checkpoint must cover every event. A
 * checkpoint of fewer events proves that this ledger begins with the ledger it covers. Time O(n); memory some
 * hundred bytes per event, for its id.
 */
export async function verifyExport(
  file: AsyncIterable<Uint8Array>,
  format: Format,
  { checkpoints: notes, verifierKey, hashes }: ExportProofs,
): Promise<ExportVerdict> {
  const read = notes.map((note) => checkpointOf(note, verifierKey));
  const checkpoints = read.filter((each) => 'size' in each);
  const sizes = new Set(checkpoints.map(({ size }) => size));
  const tree = new GrowingTree(sizes);
  const events = new ExportedEvents(format);
  let firstChanged: number | undefined;
  for await (const line of readLedger(events.counting(file), format)) {
    const hash = events.take(line);
    if (!hashes?.[tree.size]?.equals(hash)) firstChanged ??= tree.size + 1;
    tree.add(hash);
    if (events.hasTooManyFaults) break;
  }
  const faults = [...read.filter((each) => 'fault' in each), ...events.faults()];
  const trusted = new GrowingTree(sizes, hashes ?? []);
  const adoptions = latestAdoptions(checkpoints);
  const verdicts = checkpoints.map((checkpoint) => {
    const { size, root } = checkpoint;
    const holds = tree.rootAt(size)?.equals(root) ?? false;
    const givenUp = holds ? undefined : givenUpBy(checkpoint, adoptions);
    if (givenUp) faults.push({ fault: reasonOf(size, givenUp) });
    // Of events that were not read, because too many before them are faulty, nothing is known.
    else if (!holds && !(size > tree.size && events.hasTooManyFaults)) {
      const isTheLogs = trusted.rootAt(size)?.equals(root) ?? false;
      faults.push(failure(size, tree.size, isTheLogs ? firstChanged : undefined));
    }
    return { size, holds };
  });
  const covered = Math.max(0, ...verdicts.filter(({ holds }) => holds).map(({ size }) => size));
  // Where the events do not hold, nothing more is to be told of a list that names them.
  if (hashes && covered === tree.size) faults.push(...faultsOfHashes(hashes.length, tree.size, firstChanged));
  const isToldAlready = verdicts.length < read.length && covered === 0;
  // An emptied file must not pass because it has no event that a checkpoint could cover.
  const isUncovered = covered < tree.size || read.length === 0;
  if (isUncovered && verdicts.every(({ holds }) => holds) && !isToldAlready)
    faults.push({
      position: covered + 1,
      fault:
        covered === 0
          ? 'no checkpoint is about this ledger, so nothing shows that it is as it was recorded'
          : 'no checkpoint is about this event and those after it: they may have been added',
    });
  return {
    ok: faults.length === 0,
    events: tree.size,
    root: tree.root.toString('base64'),
    signaturesChecked: verifierKey !== undefined,
    faults: faults.sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || 0),
    checkpoints: verdicts,
  };
}

/** All adoptions that the ledger's newest checkpoint records. */
function latestAdoptions(checkpoints: readonly Checkpoint[]): readonly Adoption[] {
  return checkpoints.reduce<readonly Adoption[]>(
    (most, { adoptions }) => (adoptions.length > most.length ? adoptions : most),
    [],
  );
}

function checkpointOf(note: string, verifierKey: string | undefined): Checkpoint | ExportFault {
  try {
    return readCheckpoint(note, verifierKey);
  } catch (error) {
    if (error instanceof InvalidCheckpoint) return { fault: error.message };
    throw error;
  }
}

/** Faults of the list of hashes itself, beside events that all hold. */
function faultsOfHashes(hashes: number, events: number, firstChanged: number | undefined): ExportFault[] {
  if (firstChanged !== undefined && firstChanged <= Math.min(hashes, events))
    return [
      {
        position: firstChanged,
        fault: `is not the event that line ${firstChanged} of the file of hashes is of: that file was changed`,
      },
    ];
  if (hashes === events) return [];
  return [{ fault: `the file of hashes has ${hashes} lines for ${events} events: it was changed` }];
}

function failure(size: number, events: number, changed: number | undefined): ExportFault {
  if (changed !== undefined && changed <= Math.min(size, events))
    return { position: changed, fault: 'is not the event that the log took in' };
  if (size > events)
    return {
      position: events + 1,
      fault: `is missing: the checkpoint is of ${size} events, the export ends after ${events}`,
    };
  return {
    fault: `the first ${size} events do not have the root of the checkpoint: one of them was changed, or the checkpoint is another ledger's`,
  };
}
