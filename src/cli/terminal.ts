/**
 * The output of the command line, for people and programs. Texts of a ledger may contain terminal controls:
 * escape sequences and marks for text direction. They are always shown in escaped form and never sent to the
 * terminal, whoever recorded them.
 */

/* eslint-disable no-control-regex -- control characters are what this is about */
const OBEYED =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;
/** The colours of statuses in tables. */
const COLOUR = /(\u001b\[(?:3[0-9]|9[0-7])m)/;
/* eslint-enable no-control-regex */

const codeOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** Replaces each terminal control in a text by its code: `<U+001B>`. Line feeds and tabs stay. */
export function shown(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(OBEYED, (character) => `<U+${codeOf(character)}>`);
}

/** Prints to standard output for people. */
export function print(text: string): void {
  process.stdout.write(shown(text));
}

/** Prints tables, which keep their colours. The cells have already been escaped by `shown`. */
export function printTables(text: string): void {
  process.stdout.write(
    text
      .split(COLOUR)
      .map((part) => (COLOUR.test(part) ? part : shown(part)))
      .join(''),
  );
}

/** Prints JSON for programs. Terminal controls are escaped, which does not change the value. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${jsonOf(value, indent)}\n`);
}

export function jsonOf(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    OBEYED,
    (character) =>
      // Between its tokens, JSON contains no such characters except line feeds.
      `\\u${codeOf(character).toLowerCase()}`,
  );
}

/** Prints to standard error. */
export function writeError(text: string): void {
  process.stderr.write(shown(text));
}

/** Prints an error for programs, as JSON on one line. */
export function writeErrorJson(value: unknown): void {
  process.stderr.write(`${jsonOf(value)}\n`);
}
