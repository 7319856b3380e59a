import { In, type EntityManager } from 'typeorm';
import { RECORD_COLUMNS, TIMELINE_COLUMNS } from './rows.js';
import { SubjectRow, TimelineRow } from './row-entities.js';
import { recordPages, timelinePages } from './tables.js';
import { recordName, type WrittenRows } from './change-tracking-tables.js';

/** A row that differs between two sets of views. */
export interface RowDifference {
  readonly table: 'records' | 'timeline';
  /** Identifies the row. */
  readonly row: string;
  /** The row as JSON; undefined if it is missing. */
  readonly here?: string;
  readonly there?: string;
}

/** How to identify and compare the rows of a table. */
interface Table<R extends object> {
  readonly table: RowDifference['table'];
  readonly columns: readonly (keyof R)[];
  nameOf(row: R): string;
}

const RECORDS: Table<SubjectRow> = {
  table: 'records',
  columns: RECORD_COLUMNS,
  nameOf: recordName,
};
const TIMELINE: Table<TimelineRow> = {
  table: 'timeline',
  columns: TIMELINE_COLUMNS,
  nameOf: ({ position }) => String(position).padStart(16, '0'),
};

/**
 * The rows that differ between two sets of views, at most `limit`. Reads both once, in order, page by page.
 */
export async function differingRows(
  here: EntityManager,
  there: EntityManager,
  limit = MOST_DIFFERENCES,
): Promise<RowDifference[]> {
  const found: RowDifference[] = [];
  await sideBySide(RECORDS, recordPages(here), recordPages(there), found, limit);
  await sideBySide(TIMELINE, timelinePages(here), timelinePages(there), found, limit);
  return found;
}

/** The given rows that differ between two sets of views, at most `limit`. */
export async function differingAmong(
  { records, positions }: WrittenRows,
  here: EntityManager,
  there: EntityManager,
  limit = MOST_DIFFERENCES,
): Promise<RowDifference[]> {
  const found: RowDifference[] = [];
  for (const some of inChunks([...records.values()])) {
    const where = some.map(({ stream, kind, key, part }) => ({ stream, kind, key, part }));
    const [mine, theirs] = [await here.findBy(SubjectRow, where), await there.findBy(SubjectRow, where)];
    unordered(RECORDS, mine, theirs, found, limit);
  }
  for (const some of inChunks([...positions])) {
    const where = { position: In(some) };
    const [mine, theirs] = [await here.findBy(TimelineRow, where), await there.findBy(TimelineRow, where)];
    unordered(TIMELINE, mine, theirs, found, limit);
  }
  return found;
}

export const MOST_DIFFERENCES = 100;
/** The number of rows per query, because the length of a condition is limited. */
const CHUNK = 200;

function inChunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) =>
    all.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

function unordered<R extends object>(
  table: Table<R>,
  here: readonly R[],
  there: readonly R[],
  found: RowDifference[],
  limit: number,
): void {
  const mine = new Map(here.map((row) => [table.nameOf(row), row]));
  const theirs = new Map(there.map((row) => [table.nameOf(row), row]));
  for (const name of new Set([...mine.keys(), ...theirs.keys()])) {
    if (found.length >= limit) return;
    note(table, name, mine.get(name), theirs.get(name), found);
  }
}

/** Merges two ordered tables row by row. */
async function sideBySide<R extends object>(
  table: Table<R>,
  here: AsyncGenerator<readonly R[]>,
  there: AsyncGenerator<readonly R[]>,
  found: RowDifference[],
  limit: number,
): Promise<void> {
  const [mine, theirs] = [new Walk(here), new Walk(there)];
  while (found.length < limit) {
    // Await only at the end of a page: awaiting each row would cost more than comparing it.
    if (mine.needsPage) await mine.turn();
    if (theirs.needsPage) await theirs.turn();
    const [a, b] = [mine.row, theirs.row];
    if (!a && !b) return;
    const [nameOfA, nameOfB] = [a && table.nameOf(a), b && table.nameOf(b)];
    const order = orderOf(nameOfA, nameOfB);
    const name = (order <= 0 ? nameOfA : nameOfB) ?? '';
    note(table, name, order <= 0 ? a : undefined, order >= 0 ? b : undefined, found);
    if (order <= 0) mine.step();
    if (order >= 0) theirs.step();
  }
}

/** Compares texts by their bytes, like both databases but unlike JavaScript. An exhausted side comes last. */
function orderOf(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined ? -1 : Buffer.from(a).compare(Buffer.from(b));
}

function note<R extends object>(
  { table, columns }: Table<R>,
  row: string,
  here: R | undefined,
  there: R | undefined,
  found: RowDifference[],
): void {
  if (here && there && columns.every((name) => here[name] === there[name])) return;
  const json = (of: R) => JSON.stringify(Object.fromEntries(columns.map((name) => [name, of[name]])));
  found.push({ table, row, ...(here && { here: json(here) }), ...(there && { there: json(there) }) });
}

/** A cursor over rows that come in pages. */
class Walk<R> {
  private page: readonly R[] = [];
  private at = 0;
  private isOver = false;

  constructor(private readonly pages: AsyncGenerator<readonly R[]>) {}

  get needsPage(): boolean {
    return this.at >= this.page.length && !this.isOver;
  }

  get row(): R | undefined {
    return this.page[this.at];
  }

  step(): void {
    this.at++;
  }

  /** Moves to the next page with a row, or to the end. */
  async turn(): Promise<void> {
    while (this.needsPage) {
      const next = await this.pages.next();
      this.isOver = next.done === true;
      this.page = next.done ? [] : next.value;
      this.at = 0;
    }
  }
}
