import type { Adoption, Checkpoint } from './checkpoint-content.js';
import type { KeptCheckpoint } from './tree-store.js';

const WORD = 'adopted ';
/** In characters. */
export const LONGEST_REASON = 500;

/** The checkpoint line that records an adoption (an extension line of C2SP tlog-checkpoint). */
export function adoptionLine({ at, kept, former, formerRoot, reason, formerKey }: Adoption): string {
  return (
    WORD +
    JSON.stringify({ at, kept, former, formerRoot, reason, ...(formerKey !== undefined && { formerKey }) })
  );
}

/** The adoptions recorded in the lines of a checkpoint, oldest first. Ignores all other lines. */
export function adoptionsIn(lines: readonly string[]): Adoption[] {
  return lines.flatMap((line) => {
    if (!line.startsWith(WORD)) return [];
    try {
      const read: unknown = JSON.parse(line.slice(WORD.length));
      return isAdoption(read) ? [read] : [];
    } catch {
      return [];
    }
  });
}

function isAdoption(value: unknown): value is Adoption {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return (
    ['at', 'formerRoot', 'reason'].every((name) => typeof fields[name] === 'string') &&
    ['kept', 'former'].every((name) => Number.isSafeInteger(fields[name])) &&
    ['undefined', 'string'].includes(typeof fields['formerKey'])
  );
}

/** All adoptions of a log, according to the checkpoints it kept. */
export function adoptionsAmong(kept: readonly KeptCheckpoint[]): readonly Adoption[] {
  let most: readonly Adoption[] = [];
  for (const { note } of kept) {
    if (!note.includes(`\n${WORD}`)) continue;
    const told = adoptionsIn(note.split('\n'));
    if (told.length > most.length) most = told;
  }
  return most;
}

/** The adoption that discarded events of the checkpoint; undefined if it must still hold. */
export function givenUpBy(
  { size, adoptions }: Pick<Checkpoint, 'size' | 'adoptions'>,
  now: readonly Adoption[],
): Adoption | undefined {
  return now.slice(adoptions.length).find(({ kept }) => size > kept);
}

/** Explains why a checkpoint of `size` events no longer holds. */
export function reasonOf(size: number, { at, kept, former, reason }: Adoption): string {
  const lost =
    former > kept
      ? `the events from ${kept + 1} to ${former} were given up`
      : `events after ${kept} were accepted that the log had not taken in`;
  return `the checkpoint of ${size} events is of the ledger before ${at}: then another one was accepted, and ${lost} (${JSON.stringify(reason)})`;
}

/** The log's former keys. A log that lost its key continues with a new one and says so in its checkpoints. */
export const formerKeys = (adoptions: readonly Adoption[]): string[] =>
  adoptions.flatMap(({ formerKey }) => (formerKey === undefined ? [] : [formerKey]));
