/** The author of the events that the demo loads; it is nobody's API key. */
export const SHIPPED_AUTHOR = 'shipped-ledger';

/** The author of an event, as named in a sentence. */
export const authorInWords = (author: string): string =>
  author === SHIPPED_AUTHOR ? 'the shipped ledger' : author;
