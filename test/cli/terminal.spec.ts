import fc from 'fast-check';
import { facts, table } from '../../src/cli/tables.js';
import { jsonOf, shown } from '../../src/cli/terminal.js';

/** The characters that a terminal would execute instead of printing. */
const obeyed = (text: string): string[] =>
  [...text].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isControl = (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code < 160);
    const isBidi = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return isControl || isBidi || (code >= 0xd800 && code <= 0xdfff);
  });

const HOSTILE = 'a\u001b]0;title\u0007\u001b[2J\u009b31m\u202eb\r\u0008\u2066\u007f\ud800';

describe('what the command line says', () => {
  it('shows what a terminal would obey, as its code', () => {
    expect(shown('a\u001b[31mb\u202ec\td\ne')).toBe('a<U+001B>[31mb<U+202E>c\td\ne');
    expect(shown('小鹏 Zürich 👩‍👧')).toBe('小鹏 Zürich 👩‍👧');
  });
  it('escapes it in JSON, which means the same', () => {
    const value = { [`k${HOSTILE}`]: [HOSTILE, { a: 1 }] };
    expect(obeyed(jsonOf(value, 2))).toEqual([]);
    expect(JSON.parse(jsonOf(value, 2))).toEqual(value);
  });
  it('shows it in tables and lists of facts', () => {
    expect(obeyed(table(['what'], [[HOSTILE]]))).toEqual([]);
    expect(obeyed(facts([['what', HOSTILE]]))).toEqual([]);
  });
  it('never sends it, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, other) => {
        expect(obeyed(shown(text))).toEqual([]);
        expect(obeyed(table(['a', 'b'], [[text, other]]))).toEqual([]);
        expect(JSON.parse(jsonOf([text, other]))).toEqual([text, other]);
      }),
    );
  });
});
