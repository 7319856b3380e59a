import { createRequire } from 'node:module';
import fc from 'fast-check';
import { canonicalJson } from '../../src/formats/canonical-json.js';

// The package is CommonJS, but its types describe the default export of an ES module.
const reference = createRequire(import.meta.url)('canonicalize') as (value: unknown) => string;

/** Names and texts that need escapes, astral characters, lone surrogates, and numbers of every form. */
const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
const oneOfSome = fc.dictionary(fc.constantFrom('a', 'b', 'B', 'é', '"', '😀', 'ﬀ', '__proto__', '1'), json);

describe('canonical JSON', () => {
  it('is the text that another implementation of RFC 8785 gives', () => {
    const given = fc.oneof(
      fc.dictionary(fc.string({ unit: 'binary', maxLength: 120 }), json),
      oneOfSome,
      fc.array(json),
    );
    fc.assert(
      fc.property(given, (value) => expect(canonicalJson(value)).toBe(reference(value))),
      { numRuns: 2000 },
    );
  });

  it('is the same for fields in any order', () => {
    const given = oneOfSome.chain((value) =>
      fc.record({
        value: fc.constant(value),
        turned: fc.shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length }),
      }),
    );
    fc.assert(
      fc.property(given, ({ value, turned }) =>
        expect(canonicalJson(Object.fromEntries(turned))).toBe(canonicalJson(value)),
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ unit: 1e21, small: 1e-7, zero: -0 }, '{"small":1e-7,"unit":1e+21,"zero":0}'],
    [
      { '€': 'Euro', '\r': 'CR', '\ufb33': 'Hebrew', '1': 'One', '😀': 'Smiley', '\u0080': 'C', ö: 'o' },
      '{"\\r":"CR","1":"One","\u0080":"C","ö":"o","€":"Euro","😀":"Smiley","\ufb33":"Hebrew"}',
    ],
    [{ left: undefined, list: [undefined, null] }, '{"list":[null,null]}'],
  ])('of %j is %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([[{ a: NaN }], [{ a: [Infinity] }], [{ a: () => 1 }]])('refuses what is no JSON: %p', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
