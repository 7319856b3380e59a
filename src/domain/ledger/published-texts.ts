import { textFault } from './text.js';

/** An address with a name, a password or a token before its host. */
const WITH_SECRETS = /\bhttps?:\/\/[^\s/?#@]{1,500}@/i;

/** The fault of a text that everybody will read: that of any text, or a secret in it. */
export const publishedTextFault = (text: string): string | undefined =>
  textFault(text) ??
  (text.includes('@') && WITH_SECRETS.test(text)
    ? 'holds a name or a password before the host of an address, which everybody would read: leave them out'
    : undefined);
