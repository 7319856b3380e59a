/**
 * What the command line says, to people and to programs. Texts of a ledger may hold what a terminal obeys: escape sequences,
 * and marks that turn the direction of what follows. They are shown, and never sent, whoever recorded them when.
 */

/* eslint-disable no-control-regex -- control characters are what this is about */
const OBEYED =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;
/** The colours that we give a status, which are part of tables. */
const COLOUR = /(\u001b\[(?:3[0-9]|9[0-7])m)/;
/* eslint-enable no-control-regex */

const codeOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** A text without what a terminal obeys, each such character as its code: `<U+001B>`. Lines and tabs stay. */
export function shown(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(OBEYED, (character) => `<U+${codeOf(character)}>`);
}

/** Says something to people. */
export function print(text: string): void {
  process.stdout.write(shown(text));
}

/** Says what is made of tables, which keep the colours that we gave them: their cells are `shown` before. */
export function printTables(text: string): void {
  process.stdout.write(
    text
      .split(COLOUR)
      .map((part) => (COLOUR.test(part) ? part : shown(part)))
      .join(''),
  );
}

/** Says something to programs, as JSON: what a terminal obeys is escaped, which means the same. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${jsonOf(value, indent)}\n`);
}

export function jsonOf(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    OBEYED,
    (character) =>
      // Between its tokens JSON holds none of these but line feeds.
      `\\u${codeOf(character).toLowerCase()}`,
  );
}

/** Says something beside the answer. */
export function writeError(text: string): void {
  process.stderr.write(shown(text));
}

/** Says to programs what went wrong, as JSON on a line of its own. */
export function writeErrorJson(value: unknown): void {
  process.stderr.write(`${jsonOf(value)}\n`);
}
