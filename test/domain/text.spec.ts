import { problemsOfTexts, withNormalTexts } from '../../src/domain/ledger/input-texts.js';
import { identityOf, normalText, storeFault, textFault } from '../../src/domain/ledger/text.js';

describe('the one check of text', () => {
  it.each([
    ['NUL', 'a\u0000b', 'NUL'],
    ['half a character, the first half', 'a\ud800b', 'well-formed'],
    ['half a character, the second half', 'a\udc00', 'well-formed'],
    ['halves in the wrong order', '\udc00\ud800', 'well-formed'],
    ['an escape sequence of terminals', '\u001b[31mred', 'U+001B'],
    ['backspace', 'a\b', 'U+0008'],
    ['delete', 'a\u007f', 'U+007F'],
    ['a C1 control, which terminals obey too', 'a\u009b31m', 'U+009B'],
    ['next line, a C1 control', 'a\u0085b', 'U+0085'],
    ['a form feed', 'a\fb', 'U+000C'],
    ['an override of direction', 'a\u202eb', 'direction'],
    ['an embedding of direction', 'a\u202ab', 'direction'],
    ['an isolate of direction', 'a\u2066b\u2069', 'direction'],
    ['fillers of Hangul alone', '\u3164\u3164', 'nothing that can be seen'],
    ['Braille cells without a dot', '\u2800 \u2800', 'nothing that can be seen'],
    ['marks without a letter', '\u0301'.repeat(150), 'nothing that can be seen'],
    ['tags without a flag', '\u{e0067}\u{e0062}', 'nothing that can be seen'],
  ])('refuses %s', (_, text, told) => {
    expect(textFault(text)).toContain(told);
  });

  it.each([
    '',
    'a',
    'a\tb\nc',
    'a\r\nb',
    '小鹏汽车',
    '👩‍👩‍👧‍👦',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'فارسی‌ها',
    'Zu\u0308rich',
    ' a\u00a0',
    '\ufffd',
  ])('takes %j', (text) => {
    expect(textFault(text)).toBeUndefined();
  });

  it('holds what was recorded before to what a store can keep, and to nothing else', () => {
    for (const text of ['a\u001bb', 'a\u202eb', 'a\u0085', 'Zu\u0308rich'])
      expect(storeFault(text)).toBeUndefined();
    for (const text of ['a\u0000b', 'a\ud800b']) expect(storeFault(text)).toBeDefined();
  });

  it('finds what is wrong in a value wherever it stands, in the names of fields too, and does not repeat such a name', () => {
    const value = { a: [{ b: 'fine' }, { b: '\u0000' }], c: '\u001b', '\u202e': 1, d: { '\ud800': {} } };
    const problems = problemsOfTexts(value, textFault);
    expect(problems.map(({ field }) => field)).toEqual(['a[1].b', 'c', '', 'd']);
    expect(JSON.stringify(problems)).not.toMatch(/\\u202e|\\ud800|\u202e/);
  });

  it('refuses what nests deeper than anything that anybody has to say', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
    expect(problemsOfTexts(deep, textFault)).toEqual([
      expect.objectContaining({ message: 'must not nest deeper than 32 levels' }),
    ]);
  });
});

describe('the form that a text is recorded in', () => {
  it.each([
    ['composed', 'Zu\u0308rich', 'Zürich'],
    ['without blanks around', ' \tZürich\n', 'Zürich'],
    ['with the blanks of a keyboard', 'New\u00a0York\u3000City', 'New York City'],
    ['without what has no width', '\ufeffZü\u200brich\u2060\u00ad', 'Zürich'],
    ['without marks of direction around', '\u200fZürich\u200e', 'Zürich'],
    ['with line feeds', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['with its tabs and lines', 'a\tb\n\nc', 'a\tb\n\nc'],
    ['with joiners, which are part of words and emoji', 'می‌خواهم 👩‍👧', 'می‌خواهم 👩‍👧'],
    ['composed across what has no width', 'u\u200b\u0308', 'ü'],
  ])('is %s', (_, text, normal) => {
    expect(normalText(text)).toBe(normal);
  });

  it('of a value changes its texts alone, and is the very same value where there is nothing to change', () => {
    const value = { a: ['b', 1, null], c: { d: true } };
    expect(withNormalTexts(value)).toBe(value);
    const odd = JSON.parse('{"__proto__": {"b": " u\u0308"}, "n": 1}') as object;
    expect(JSON.stringify(withNormalTexts(odd))).toBe('{"__proto__":{"b":"ü"},"n":1}');
  });
});

it.each([
  ['Zürich', 'ZU\u0308RICH'],
  ['Gießen', 'GIESSEN'],
  // A combining iota subscript, which becomes a letter in upper case, and an accent that belongs before it.
  ['\u0345\u200b\u0301', '\u0301\u0345'],
  ['New  York', 'new\u00a0york'],
  ['Magna\u200b Steyr', ' magna steyr'],
  ['ＢＹＤ', 'byd'],
  ['Ὀδυσσεύς', 'ὈΔΥΣΣΕΎΣ'],
])('%s and %s name the same', (one, other) => {
  expect(identityOf(one)).toBe(identityOf(other));
});

it.each([
  ['Zürich', 'Zurich'],
  ['Graz', 'Graz Süd'],
  ['小鹏', '小朋'],
])('%s and %s do not', (one, other) => {
  expect(identityOf(one)).not.toBe(identityOf(other));
});
