import { DamagedFile } from '../event-store/damage.js';
import { PersistentList } from '../domain/state/persistent-list.js';
import type { AnySubjectState } from '../domain/state/subject-state.js';
import type { SubjectRow } from './rows.js';

/** A row of a record: the record itself with the last items of its histories, or earlier items of them. */
export interface RecordPart {
  /** 0 is the record; the others hold 32 items each of its histories, the oldest in 1. */
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

/** A row of a record to write, or the number of one that is no more. */
export type ChangedPart = RecordPart | { readonly gone: number };

/**
 * The rows of a record that another state of it changes, one after the other: where one comes late in a long history, they are
 * many. One more item of a history changes one row of bounded size, or two where it is the 33rd, 65th …: O(log n).
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
  // A history that became shorter leaves a row that another one is still in.
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

/** A row as it was read, with its JSON as a value. */
export interface ReadPart extends Pick<SubjectRow, 'kind' | 'key' | 'part'> {
  readonly value: unknown;
}

/** A record put together from its rows. Throws DamagedFile where one of them is missing. */
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
