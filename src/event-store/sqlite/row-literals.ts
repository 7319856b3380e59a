import type { SqliteValue } from './driver.js';

/** The values of a row, in the order of their columns. */
export type LiteralRow = readonly SqliteValue[];

/**
 * Rows as the literals of a VALUES clause. A statement that runs on another thread takes no parameters, and its text costs
 * less than rows that are passed as JSON and taken apart there.
 */
export function literals(rows: readonly LiteralRow[]): string {
  let text = '';
  for (const row of rows) {
    let values = '';
    for (const value of row) values += `${values === '' ? '' : ','}${literal(value)}`;
    text += `${text === '' ? '' : ','}(${values})`;
  }
  return text;
}

/** A value as SQLite writes it (https://www.sqlite.org/lang_expr.html#literal_values_constants_). */
function literal(value: SqliteValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return textLiteral(value);
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no value of SQLite`);
  return String(value);
}

/** Only the quote has a meaning within a text. A statement ends at a NUL, so a text that holds one is written as its bytes. */
function textLiteral(text: string): string {
  if (text.includes('\0')) return `CAST(x'${Buffer.from(text).toString('hex')}' AS TEXT)`;
  return `'${text.includes("'") ? text.replaceAll("'", "''") : text}'`;
}

/** Where the literals of rows stand in a statement. */
const ROWS = ':rows';

/** The rows of a statement, which their literals replace. */
export const GIVEN_ROWS = `VALUES ${ROWS}`;

/** The statement for some rows, given as literals. */
export const statementFor = (sql: string, rows: string): string => sql.replace(ROWS, () => rows);

/**
 * Splits rows into parts of about `longest` characters at most, or of one row, because V8 and SQLite limit the
 * length of a text.
 */
export function* inParts<R extends LiteralRow>(rows: readonly R[], longest: number): Generator<R[]> {
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
