/**
 * Central text rules. All incoming text must pass `textFault`; recorded text has the form of `normalText`;
 * and two texts name the same thing if their `identityOf` is equal.
 */

/** The fault of a text, as a phrase that follows its field name; undefined if it has none. */
export function textFault(text: string): string | undefined {
  if (isPlain(text)) return undefined;
  if (showsNothing(text)) return 'holds nothing that can be seen; write it in letters';
  if (!SUSPICIOUS.test(text)) return undefined;
  const breaking = storeFault(text);
  if (breaking !== undefined) return breaking;
  const found = UNSEEN.exec(text)?.[0];
  if (found === undefined) return undefined;
  const kind = BIDI.test(found) ? 'a mark that turns the direction of text' : 'a control character';
  return `holds ${kind} (${codePointOf(found)}); leave it out`;
}

/**
 * The fault that prevents any store from keeping a text. Already recorded texts need only pass this check:
 * today's other checks do not apply to history.
 */
export function storeFault(text: string): string | undefined {
  if (!SUSPICIOUS.test(text)) return undefined;
  if (text.includes('\0')) return 'holds a NUL character (U+0000); leave it out';
  const lone = LONE_SURROGATE.exec(text)?.[0];
  return lone === undefined
    ? undefined
    : `is not well-formed Unicode: it holds half a character (${codePointOf(lone)}); write the whole character`;
}

/** Whether a text, though not empty in its recorded form, has no character of its own that anybody sees. */
const showsNothing = (text: string): boolean => NOTHING_SEEN.test(text) && normalText(text) !== '';

/**
 * The recorded form of a text: composed (NFC), line feeds as line ends, ordinary spaces instead of all other
 * kinds, no meaningless invisible characters, and no surrounding blanks.
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
  // Removing an invisible character may bring together two characters that compose into one.
  return composed.normalize('NFC');
}

/**
 * Equal for texts that name the same place, person or thing, however they are typed. Ignores case, spacing
 * and invisible characters.
 */
export function identityOf(text: string): string {
  if (isPlain(text)) return text.toLowerCase().replace(/\s+/g, ' ').trim();
  // Applied twice, because removing characters or changing case can produce text that is not normalized.
  return foldOnce(foldOnce(text));
}

function foldOnce(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      // Removing invisible characters brings marks together; normalize their order before composition.
      .normalize('NFKC')
      // Upper case first, so that ß and SS, or σ and ς, are equal.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** A fast path for nearly all texts: printable ASCII needs no further checks. */
const PLAIN = /^[\x20-\x7e]*$/;
const isPlain = (text: string): boolean => PLAIN.test(text);
const isPadded = (text: string): boolean => text.startsWith(' ') || text.endsWith(' ');

// The expressions match control characters on purpose.
/* eslint-disable no-control-regex */
/** C0 and C1 controls except tab and line ends, and characters that override or isolate text direction. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
/** All forbidden characters, and all surrogates. */
const SUSPICIOUS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;
/* eslint-enable no-control-regex */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;
/** All blanks except the ordinary space. */
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Zero-width characters except joiners, which are part of words and emoji. */
const MEANINGLESS = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff]/g;
const AROUND = /^[\s\u061c\u200c-\u200f]+|[\s\u061c\u200c-\u200f]+$/g;
/** Everything that `normalText` changes, apart from composition. */
const ODD =
  /[\r\u2028\u2029\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u00ad\u180e\u200b\u2060-\u2064\ufeff]|^[\s\u061c\u200c-\u200f]|[\s\u061c\u200c-\u200f]$/;
/** Blanks, fillers, marks without a letter, and the Braille cell without a dot. */
const NOTHING_SEEN = /^[\s\p{Default_Ignorable_Code_Point}\p{M}\u2800]*$/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
