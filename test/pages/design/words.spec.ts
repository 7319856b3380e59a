import { dateInWords, deadlineInWords, whenInWords } from '../../../src/domain/words/dates.js';
import { flatFields } from '../../../src/pages/design/fields.js';
import { readingFormula } from '../../../src/pages/design/reading-words.js';
import {
  boundsInWords,
  countedAfterAmount,
  countedInWords,
  numberInWords,
} from '../../../src/pages/design/words.js';

describe('when something was', () => {
  it.each([
    ['../2023-03', 'Mar 2023 or earlier', 'by Mar 2023'],
    ['../2023-03-14', '14 Mar 2023 or earlier', 'by 14 Mar 2023'],
    ['../2023~', 'about 2023 or earlier', 'by about 2023'],
    ['2023-03', 'Mar 2023', 'in Mar 2023'],
    ['2025-02-22/2025-02-22', '22 Feb 2025', 'on 22 Feb 2025'],
  ])('%s', (date, words, when) => {
    expect([dateInWords(date), whenInWords(date)]).toEqual([words, when]);
  });
});

describe('a deadline', () => {
  it.each([
    ['2030', 'by 2030'],
    ['2029/2036', 'between 2029 and 2036'],
    ['../2030', 'by 2030'],
    ['2030/2030', 'by 2030'],
  ])('%s', (date, words) => {
    expect(deadlineInWords(date)).toBe(words);
  });
});

describe('words of pages', () => {
  it.each([
    [{ value: 60, lo: 60, hi: 60 }, 'markets', '60\u00a0markets'],
    [{ value: 29_000, lo: 28_500, hi: 29_499 }, 'units', '28,500 to 29,499\u00a0vehicles'],
    [{ value: 350_000, lo: 349_500, hi: 350_500 }, 'units', 'about 350,000\u00a0vehicles'],
    [{ value: 420_100, lo: 420_050, hi: 420_150 }, 'units', 'about 420,100\u00a0vehicles'],
    [{ value: 13, lo: 12.5, hi: 13.5 }, 'percent', 'about 13\u00a0%'],
    // These bounds do not come from rounding.
    [{ value: 60, lo: 55, hi: 65 }, 'markets', '55 to 65\u00a0markets'],
    [{ value: 105_000, lo: 100_000, hi: 110_000 }, 'units', '100,000 to 110,000\u00a0vehicles'],
    [{ value: 22_963, lo: 22_905, hi: 23_021 }, 'units', '22,905 to 23,021\u00a0vehicles'],
    [{ value: 72, lo: 72 }, 'points', 'at least 72\u00a0points'],
    [{ value: 10.46, lo: 10.46, hi: 10.48 }, 'percent', '10.5\u00a0%'],
  ] as const)('%j in %s is %s', (value, unit, words) => {
    expect(boundsInWords(value, unit)).toBe(words);
  });

  it('tells no fraction of thousands', () => {
    expect([22_670.5, 999.5, 10.46, 0.123].map(numberInWords)).toEqual(['22,671', '999.5', '10.5', '0.12']);
  });

  it('puts a minus sign before what is below zero, and no hyphen', () => {
    expect([-26.4, -141_000, -0.93].map(numberInWords)).toEqual([
      '\u221226.4',
      '\u2212141,000',
      '\u22120.93',
    ]);
  });

  it.each([
    ['level', 'overseas-stores', 'stores', ' in Austria'],
    ['amount', 'market-units', 'units', ' sold in Austria'],
    ['level', 'overseas-sales-and-service-points', 'points', ', sales and service points in Austria'],
  ] as const)('says once what a goal of %s counts (%s)', (kind, measure, unit, words) => {
    expect(
      countedAfterAmount({
        kind,
        measure,
        unit,
        threshold: 20,
        market: 'AT',
        wording: 'Twenty',
        deadline: '2026',
      }),
    ).toBe(words);
  });

  it('tells how the bounds of a reading come about, without the names of programs', () => {
    expect(readingFormula('10,000 / hhi')).toBe('10,000 / Herfindahl index');
    expect(readingFormula('Σ units of a market; lo: spread over all; hi: as one')).toBe(
      'Σ units of a market; the lower bound: spread over all; the upper bound: as one',
    );
  });

  it('tells fields of an event as people would', () => {
    expect(
      flatFields({ roles: ['importer', 'equity-investor'], rate: 17.4, growth: { percent: -25 } }),
    ).toEqual([
      ['roles', 'importer and shareholding'],
      ['rate', '17.4\u00a0%'],
      ['growth.percent', '\u221225\u00a0%'],
    ]);
  });

  it('says where and of whom', () => {
    expect(countedInWords({ measure: 'market-units', market: 'DE' })).toBe('vehicles sold in Germany');
    expect(countedInWords({ measure: 'overseas-stores', market: 'EU', entity: 'brand-lynkco' })).toBe(
      'stores in the European Union of Lynk & Co',
    );
    expect(countedInWords({ measure: 'market-units' })).toBe('vehicles sold in the market');
  });
});
