/** The format of a company identifier, and how to detect typing errors in it. */
export interface IdentifierKind {
  readonly pattern: RegExp;
  readonly example: string;
  /** Whether the check digits are correct; absent if the identifier has none. */
  isSound?(text: string): boolean;
}

export const IDENTIFIERS = {
  lei: { pattern: /^[0-9A-Z]{18}\d{2}$/, example: '969500F7JLTX36OUI695', isSound: hasSoundLei },
  isin: { pattern: /^[A-Z]{2}[0-9A-Z]{9}\d$/, example: 'FR0000131906', isSound: hasSoundIsin },
  ticker: { pattern: /^[A-Z]{2,10}:[0-9A-Z.-]{1,12}$/, example: 'NYSE:XPEV' },
  wikidata: { pattern: /^Q[1-9]\d{0,11}$/, example: 'Q6686' },
} as const satisfies Record<string, IdentifierKind>;

export type IdentifierName = keyof typeof IDENTIFIERS;

/** Replaces letters by the numbers 10 to 35. */
const digitsOf = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));

/** ISO 7064, MOD 97-10: the whole number modulo 97 must be 1. */
function hasSoundLei(text: string): boolean {
  let rest = 0;
  for (const digit of digitsOf(text)) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** The Luhn sum, with every second digit from the right doubled, must be a multiple of ten. */
function hasSoundIsin(text: string): boolean {
  let sum = 0;
  for (const [place, digit] of [...digitsOf(text)].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
