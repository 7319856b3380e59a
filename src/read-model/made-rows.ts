import type { ReadModelCheckpoint, RowChanges } from './changes.js';
import type { ReadModelTables } from './tables.js';

/** The database that rows are made for. */
export type RowForm = 'sqlite' | 'postgres';

/** Rows of changes that another thread has made into texts, which are cheap to hand over. */
export interface MadeRows {
  /** The rows of records and of the timeline, in the order of writing. */
  readonly texts: readonly RowsText[];
  /** The few other changes, written after them. */
  readonly others: Pick<RowChanges, 'gone' | 'moved' | 'parked'>;
}

/** Rows as one text, and what takes it: a statement of SQLite, or a table that PostgreSQL copies it into. */
export type RowsText = readonly [into: string, text: string];

/** Makes the texts of rows for one database. */
export type MakeTexts = (rows: Pick<RowChanges, 'records' | 'timeline'>) => Iterable<RowsText>;

/** Tables that accept rows which another thread made. */
export interface BuiltTables extends ReadModelTables {
  readonly form: RowForm;
  /** Like `write`, for rows that are already texts. */
  writeMade(rows: MadeRows, checkpoint: ReadModelCheckpoint): Promise<void>;
}
