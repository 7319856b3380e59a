/** The values of a row by column. */
export type CopiedRow<K extends string> = Readonly<Record<K, string | number | null>>;

/** The rows in COPY's text format (PostgreSQL manual, COPY, "Text Format"), in pieces of about `longest` characters. */
export function* copyTexts<K extends string>(
  columns: readonly K[],
  rows: readonly CopiedRow<K>[],
  longest: number,
): Generator<string> {
  let piece = '';
  for (const row of rows) {
    let separator = '';
    for (const column of columns) {
      piece += separator + copied(row[column]);
      separator = '\t';
    }
    piece += '\n';
    if (piece.length < longest) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const SPECIAL = /[\\\t\n\r]/;
const EACH_SPECIAL = /[\\\t\n\r]/g;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copied(value: string | number | null): string {
  if (value === null) return '\\N';
  const text = String(value);
  return SPECIAL.test(text)
    ? text.replace(EACH_SPECIAL, (character) => ESCAPED[character] ?? character)
    : text;
}
