/** The author of what the demo loads: no person's key. */
export const SHIPPED_AUTHOR = 'shipped-ledger';

/** Who recorded something, as a sentence names it. */
export const authorInWords = (author: string): string =>
  author === SHIPPED_AUTHOR ? 'the shipped ledger' : author;
