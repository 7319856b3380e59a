import fc from 'fast-check';
import { identityOf, normalText, storeFault, textFault } from '../../src/domain/ledger/text.js';
import { RUNS } from './random-history.js';

/** Texts as people paste them: letters with marks, blanks, zero-width marks, emoji, and anything else. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'aZüßſİıςΣΩK①ﬁ가각한e\u0308\u0301\u0327\u0345\u1e9b\u0323'.normalize('NFD')),
      fc.constantFrom(
        ' ',
        '\t',
        '\n',
        '\r',
        '\r\n',
        '\u00a0',
        '\u200b',
        '\u200d',
        '\ufeff',
        '\u3000',
        '\u2028',
      ),
      fc.constantFrom('\ud800', '\udc00', '\u0000', '\u202e', '\u001b', '\u0085', '🚗', '👩‍👧', '\u{1d160}'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const goodText = anyText.filter((text) => textFault(text) === undefined);
const runs = { numRuns: RUNS * 10 };

describe('any text', () => {
  it('what passes the check can be kept by every store, and is shown by every terminal as it is', () => {
    fc.assert(
      fc.property(goodText, (text) => {
        expect(Buffer.from(text).toString()).toBe(text);
        const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
        expect(
          codes.filter((code) => (code < 32 && ![9, 10, 13].includes(code)) || (code > 126 && code < 160)),
        ).toEqual([]);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      }),
      runs,
    );
  });
  it('what a store cannot keep is never let in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (storeFault(text) !== undefined) expect(textFault(text)).toBeDefined();
        if (!text.includes('\0') && Buffer.from(text).toString() === text)
          expect(storeFault(text)).toBeUndefined();
        else expect(storeFault(text)).toBeDefined();
      }),
      runs,
    );
  });
  it('the form of a text in its form is the text', () => {
    fc.assert(
      fc.property(goodText, (text) => {
        const normal = normalText(text);
        expect(normalText(normal)).toBe(normal);
        expect(normal.normalize('NFC')).toBe(normal);
        expect(normal.trim()).toBe(normal);
        expect(textFault(normal)).toBeUndefined();
      }),
      runs,
    );
  });
  it('a text, its form, its decomposition and its capitals name the same', () => {
    fc.assert(
      fc.property(goodText, (text) => {
        const identity = identityOf(text);
        expect(identityOf(identity)).toBe(identity);
        expect(identityOf(normalText(text))).toBe(identity);
        expect(identityOf(text.normalize('NFD'))).toBe(identity);
        expect(identityOf(` ${text}\u200b\u00a0`)).toBe(identity);
      }),
      runs,
    );
  });
});
