import type { BackgroundDatabase, SqliteStatement, SqliteValue } from './driver.js';

/** The values of a row, in the order of their columns. */
export type StagedRow = readonly SqliteValue[];

/**
 * Passes rows to statements that a background database runs on its own thread. Only statements on this thread
 * accept parameters. So this class stores the rows as one text in memory, which is cheap, and a statement on
 * the other thread inserts them into their table.
 */
export class StagedRows {
  private constructor(private readonly stage: SqliteStatement) {}

  static async open(database: BackgroundDatabase): Promise<StagedRows> {
    await database.exec(`
      PRAGMA temp_store = MEMORY;
      CREATE TEMP TABLE staged (rows TEXT);
      INSERT INTO staged VALUES (NULL)`);
    return new StagedRows(await database.prepare('UPDATE staged SET rows = ?'));
  }

  /** Stages rows for a statement that reads `staged`, replacing the earlier ones. */
  stageRows(rows: readonly StagedRow[]): void {
    this.stageText(stagedText(rows));
  }

  /** Stages rows that are already in text form. */
  stageText(text: string): void {
    this.stage.run(text);
  }
}

/** The text form of staged rows. */
export const stagedText = (rows: readonly StagedRow[]): string => JSON.stringify(rows);

/** The query for the first `columns` values of each staged row. */
export const staged = (columns: number): string =>
  `SELECT ${Array.from({ length: columns }, (_, index) => `row.value ->> ${index}`).join(', ')}
   FROM temp.staged, json_each(staged.rows) AS row`;

/**
 * Splits rows into parts of at most `longest` characters, or of one row, because V8 and SQLite limit the
 * length of a text.
 */
export function* inParts<R extends StagedRow>(rows: readonly R[], longest: number): Generator<R[]> {
  let part: R[] = [];
  let length = 0;
  for (const row of rows) {
    let characters = 0;
    for (const value of row) characters += typeof value === 'string' ? value.length : 0;
    if (part.length > 0 && length + characters > longest) {
      yield part;
      part = [];
      length = 0;
    }
    part.push(row);
    length += characters;
  }
  if (part.length > 0) yield part;
}
