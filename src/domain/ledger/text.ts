/**
 * The one check of text, and its one form. Every string that comes in, from whoever and wherever, passes `textFault`;
 * what is recorded has the form of `normalText`; and two texts name the same thing where their `identityOf` is equal.
 */

/** What is wrong with a text, as a phrase that follows the name of its field; undefined where nothing is. */
export function textFault(text: string): string | undefined {
  if (!SUSPICIOUS.test(text)) return undefined;
  const breaking = storeFault(text);
  if (breaking !== undefined) return breaking;
  const found = UNSEEN.exec(text)?.[0];
  if (found === undefined) return undefined;
  const kind = BIDI.test(found) ? 'a mark that turns the direction of text' : 'a control character';
  return `holds ${kind} (${codePointOf(found)}); leave it out`;
}

/**
 * What no store can keep in a text. What was recorded before is held to this alone: history is not judged by the checks
 * of today.
 */
export function storeFault(text: string): string | undefined {
  if (!SUSPICIOUS.test(text)) return undefined;
  if (text.includes('\0')) return 'holds a NUL character (U+0000); leave it out';
  const lone = LONE_SURROGATE.exec(text)?.[0];
  return lone === undefined
    ? undefined
    : `is not well-formed Unicode: it holds half a character (${codePointOf(lone)}); write the whole character`;
}

/**
 * A text in the form that it is recorded in: composed (NFC), lines that end in a line feed, plain blanks in place of all
 * other kinds, nothing invisible between letters that has no meaning there, and no blanks around it.
 */
export function normalText(text: string): string {
  if (isPlain(text) && !isPadded(text)) return text;
  const nfc = text.normalize('NFC');
  if (!ODD.test(nfc)) return nfc;
  const composed = nfc
    .replace(LINE_ENDS, '\n')
    .replace(BLANKS, ' ')
    .replace(MEANINGLESS, '')
    .replace(AROUND, '');
  // Two letters that something invisible stood between can be one now.
  return composed.normalize('NFC');
}

/** Equal for texts that name the same place, person or thing, however they are typed: letters alone count, not their case. */
export function identityOf(text: string): string {
  if (isPlain(text)) return text.toLowerCase().replace(/\s+/g, ' ').trim();
  // Twice, because leaving something out, or another case, can give a text that is no longer in its form.
  return foldOnce(foldOnce(text));
}

function foldOnce(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      // Marks that something invisible stood between take their order before one of them can become a letter.
      .normalize('NFKC')
      // Small letters of capitals, so that ß and SS, or σ and ς, are the same.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** What nearly all texts are: nothing is to be looked for in them. */
const PLAIN = /^[\x20-\x7e]*$/;
const isPlain = (text: string): boolean => PLAIN.test(text);
const isPadded = (text: string): boolean => text.startsWith(' ') || text.endsWith(' ');

// Control characters are what this is about.
/* eslint-disable no-control-regex */
/** C0 and C1 controls but tab and line ends, and what overrides or isolates the direction of text. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
/** Any of what a text may not hold, and all that is made of two halves. */
const SUSPICIOUS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;
/* eslint-enable no-control-regex */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;
/** All blanks but those of a keyboard. */
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Zero width, and no joiner: those are part of words and of emoji. */
const MEANINGLESS = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff]/g;
const AROUND = /^[\s\u061c\u200c-\u200f]+|[\s\u061c\u200c-\u200f]+$/g;
/** Anything that the form of a text changes, beside composing it. */
const ODD =
  /[\r\u2028\u2029\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u00ad\u180e\u200b\u2060-\u2064\ufeff]|^[\s\u061c\u200c-\u200f]|[\s\u061c\u200c-\u200f]$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
