import type { BackgroundDatabase, SqliteStatement, SqliteValue } from './driver.js';

/** The values of a row, in the order of the columns that they go into. */
export type StagedRow = readonly SqliteValue[];

/**
 * Hands rows to statements that a background database runs on its own thread. Parameters can only be given to statements
 * that run on this thread. So the rows are laid aside here, as one text in memory, which costs little, and put in their
 * table over there.
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

  /** Lays rows aside, in place of those before, for a statement that reads `staged`. */
  stageRows(rows: readonly StagedRow[]): void {
    this.stageText(stagedText(rows));
  }

  /** The same with the text of rows. */
  stageText(text: string): void {
    this.stage.run(text);
  }
}

/** Rows as the text that they are laid aside as. */
export const stagedText = (rows: readonly StagedRow[]): string => JSON.stringify(rows);

/** The question for the first so many values of each row that is laid aside. */
export const staged = (columns: number): string =>
  `SELECT ${Array.from({ length: columns }, (_, index) => `row.value ->> ${index}`).join(', ')}
   FROM temp.staged, json_each(staged.rows) AS row`;

/**
 * Rows in parts of at most so many characters, or of one row: neither V8 nor SQLite takes a text of any length.
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
