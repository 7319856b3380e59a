import {
  boundsInWords,
  countedInWords,
  slugInSentence,
  slugInWords,
  targetInWords,
} from '../../../src/pages/design/words.js';

describe('words of pages', () => {
  it.each([
    ['enter-hong-kong', 'HK', 'Enter Hong Kong'],
    ['enter-united-arab-emirates', 'AE', 'Enter United Arab Emirates'],
    ['mx-units-2023', 'MX', 'Mexico units 2023'],
    ['germany-units-2026', 'DE', 'Germany units 2026'],
    ['half-overseas', undefined, 'Half overseas'],
  ])('the target %s of the market %s is called %s', (slug, market, words) => {
    expect(targetInWords(slug, market)).toBe(words);
  });

  it.each([
    ['joint-venture-plant', 'joint venture plant', 'Joint venture plant'],
    ['ckd', 'CKD', 'CKD'],
    ['partner-hhi', 'partner HHI', 'Partner HHI'],
  ])('%s is %s in a sentence, and %s at its beginning', (slug, inSentence, atBeginning) => {
    expect([slugInSentence(slug), slugInWords(slug)]).toEqual([inSentence, atBeginning]);
  });

  it.each([
    [{ value: 60, lo: 60, hi: 60 }, 'markets', '60\u00a0markets'],
    [{ value: 29_000, lo: 28_500, hi: 29_499 }, 'units', '28,500 to 29,499\u00a0units'],
    [{ value: 72, lo: 72 }, 'points', 'at least 72\u00a0points'],
    [{ value: 10.46, lo: 10.46, hi: 10.48 }, 'percent', '10.5\u00a0%'],
  ] as const)('%j in %s is %s', (value, unit, words) => {
    expect(boundsInWords(value, unit)).toBe(words);
  });

  it('says where and of whom', () => {
    expect(countedInWords({ measure: 'market-units', market: 'DE' })).toBe('units sold in Germany');
    expect(countedInWords({ measure: 'overseas-stores', market: 'EU', entity: 'lynk-co' })).toBe(
      'overseas stores in the European Union of Lynk co',
    );
    expect(countedInWords({ measure: 'market-units' })).toBe('units sold in the market');
  });
});
