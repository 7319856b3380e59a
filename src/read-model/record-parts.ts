import { DamagedFile } from '../event-store/damage.js';
import { PersistentList } from '../domain/state/persistent-list.js';
import type { AnySubjectState } from '../domain/state/subject-state.js';
import type { SubjectRow } from './rows.js';

/** A row of a record: the record itself with the newest items of its histories, or older items. */
export interface RecordPart {
  /** 0 is the record. Each other part holds 32 items of each history; part 1 holds the oldest. */
  readonly part: number;
  readonly doc: string;
}

type Histories = ReadonlyMap<string, PersistentList<unknown>>;

function historiesOf(state: AnySubjectState): Histories {
  return new Map(
    Object.entries(state).flatMap(([field, value]): [string, PersistentList<unknown>][] =>
      value instanceof PersistentList ? [[field, value as PersistentList<unknown>]] : [],
    ),
  );
}

/** A row to write, or the number of a row to delete. */
export type ChangedPart = RecordPart | { readonly gone: number };

/**
 * The rows that change from one state of a record to another, one at a time: inserting into a long history
 * changes many. Appending an item changes one row of bounded size, or two at the 33rd, 65th … item: O(log n).
 */
export function* changedParts(
  before: AnySubjectState | undefined,
  after: AnySubjectState | undefined,
): Generator<ChangedPart> {
  const earlier: Histories = before ? historiesOf(before) : new Map();
  const later: Histories = after ? historiesOf(after) : new Map();
  const [had, has] = [partsOf(earlier), partsOf(later)];
  if (after) yield { part: 0, doc: headOf(after, later) };
  else if (before) yield { gone: 0 };
  const changed = new Set<number>();
  for (const [field, history] of later)
    for (const index of history.fullLeavesUnlike(earlier.get(field) ?? PersistentList.empty()))
      changed.add(index);
  // If a history became shorter, a row may remain for the items of another history.
  for (const [field, history] of earlier)
    for (let index = later.get(field)?.fullLeaves ?? 0; index < Math.min(history.fullLeaves, has); index++)
      changed.add(index);
  for (const index of changed) yield { part: index + 1, doc: docOf(later, index) };
  for (let index = has; index < had; index++) yield { gone: index + 1 };
}

const partsOf = (histories: Histories): number =>
  Math.max(0, ...[...histories.values()].map(({ fullLeaves }) => fullLeaves));

function headOf(state: AnySubjectState, histories: Histories): string {
  const head: Record<string, unknown> = { ...state };
  for (const [field, history] of histories) head[field] = history.lastLeaf;
  return JSON.stringify(head);
}

function docOf(histories: Histories, index: number): string {
  const items = [...histories]
    .filter(([, history]) => index < history.fullLeaves)
    .map(([field, history]): [string, unknown] => [field, history.fullLeaf(index)]);
  return JSON.stringify(Object.fromEntries(items));
}

/** A row as read, with its JSON parsed. */
export interface ReadPart extends Pick<SubjectRow, 'kind' | 'key' | 'part'> {
  readonly value: unknown;
}

/** Assembles a record from its rows. Throws DamagedFile if one is missing. */
export function wholeRecord(stream: string, parts: readonly ReadPart[]): unknown {
  const inOrder = [...parts].sort((a, b) => a.part - b.part);
  const [head, ...earlier] = inOrder;
  if (head && earlier.length === 0 && head.part === 0) return head.value;
  if (inOrder.some(({ part }, index) => part !== index))
    throw new DamagedFile('views', `a row of the record ${stream} ${head?.kind} ${head?.key} is missing`);
  const record = { ...(head?.value as Record<string, unknown>) };
  for (const field of new Set(earlier.flatMap(({ value }) => Object.keys(value as object)))) {
    const items = earlier.flatMap(({ value }) => (value as Record<string, unknown[]>)[field] ?? []);
    record[field] = [...items, ...(record[field] as unknown[])];
  }
  return record;
}
