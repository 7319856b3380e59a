import edtf from 'edtf';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  dayNumber,
  daySpan,
  daysOf,
  overlap,
  yearsBetween,
} from '../../src/domain/ledger/edtf.js';
import { RUNS } from './random-history.js';

interface Oracle {
  readonly type: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** For 29 February in a year without one, the parser returns 1 March. Such a date is invalid. */
const rollsOver = (end: string): boolean =>
  end.includes('-02-29') && new Date(Number(edtf(end))).toISOString().slice(5, 10) === '03-01';

/** Earlier than every date that we write. The parser gives no first day for an open start. */
const FIRST_OF_ALL = '0001-01-01';

/** How the published parser reads a text: its first and last day, and its type. */
function published(text: string): { type: string; first?: string; last?: string } | undefined {
  let date: Oracle;
  try {
    date = edtf(text) as Oracle;
    if (text.split('/').some(rollsOver)) return undefined;
  } catch {
    return undefined;
  }
  const { type, min, max } = date;
  const isDay = (ms: number | null): ms is number => ms !== null && Number.isFinite(ms);
  if (!isDay(max)) return { type };
  const last = new Date(max).toISOString().slice(0, 10);
  // Such an interval may end before the first possible day, because there is no year 0.
  if (text.startsWith('../')) return last < FIRST_OF_ALL ? undefined : { type, first: FIRST_OF_ALL, last };
  return isDay(min) ? { type, first: new Date(min).toISOString().slice(0, 10), last } : { type };
}

describe('what is read', () => {
  it.each([
    ['2025', '2025-01-01', '2025-12-31', false],
    ['2025~', '2025-01-01', '2025-12-31', true],
    ['2025-02', '2025-02-01', '2025-02-28', false],
    ['2024-02?', '2024-02-01', '2024-02-29', true],
    ['2024-02-29', '2024-02-29', '2024-02-29', false],
    ['2000-02-29', '2000-02-29', '2000-02-29', false],
    ['2025-09-14%', '2025-09-14', '2025-09-14', true],
    ['203X', '2030-01-01', '2039-12-31', false],
    ['203X~', '2030-01-01', '2039-12-31', true],
    ['2030/2033', '2030-01-01', '2033-12-31', false],
    ['2025-01-01/2025-09-30', '2025-01-01', '2025-09-30', false],
    ['2025~/2026', '2025-01-01', '2026-12-31', true],
    ['2025/2026?', '2025-01-01', '2026-12-31', true],
    ['203X/204X', '2030-01-01', '2049-12-31', false],
    ['2025/2025', '2025-01-01', '2025-12-31', false],
    ['2025-06/2025', '2025-06-01', '2025-12-31', false],
    ['../2023-03', '0001-01-01', '2023-03-31', false],
    ['../2023~', '0001-01-01', '2023-12-31', true],
    ['0000-02-29', '0000-02-29', '0000-02-29', false],
    ['9999-12-31', '9999-12-31', '9999-12-31', false],
  ])('%s', (text, first, last, vague) => {
    expect(daySpan(text)).toEqual({ first, last, vague });
  });
});

/**
 * EDTF forms that we refuse on purpose: they do not allow ordering events or deadlines, or they only
 * duplicate another form.
 */
const REFUSED_ON_PURPOSE: readonly [why: string, shape: RegExp, examples: readonly string[]][] = [
  ['open ends, and unknown ones', /^\/|\/(\.\.)?$/, ['2025/..', '2025/', '/2025', '../..']],
  ['seasons and quarters', /-(2[1-9]|3\d|4[01])/, ['2025-21', '2025-33', '2025-41']],
  ['lists and sets', /[[\]{}]/, ['[2025,2026]', '{2025,2026}', '[..2025]', '{2025..2027}']],
  ['times of day', /T|\d:/, ['2025-09-14T10:00:00Z', '2025-09-14T10:00:00']],
  ['long years and exponents', /Y|E/, ['Y20250', 'Y2E4']],
  ['significant digits', /S/, ['1950S2']],
  ['years before 0', /(^|\/)-/, ['-0044', '-0044/2025']],
  ['decades and centuries by their digits', /(^|\/)\d{2,3}[~?%]?($|\/)/, ['19', '199']],
  ['more than the year unspecified', /X-|-\d?X|-X\d|XX|X\d|X\dX/, ['20XX', 'XXXX', '2025-XX', '2025-09-XX']],
  ['qualified parts of a date', /[~?%]-|[~?%]\d/, ['2025~-09', '2025-09~-14', '2025-~09']],
  ['numbers, which the parser takes for time stamps', /^-?\d{5,}$/, ['20250', '202509']],
];

describe('what EDTF has and is refused on purpose', () => {
  it.each(REFUSED_ON_PURPOSE)('%s', (_, shape, examples) => {
    for (const text of examples) {
      expect(daySpan(text)).toBeUndefined();
      expect(published(text)).toBeDefined();
      expect(text).toMatch(shape);
    }
  });
});

describe('what is no date', () => {
  it.each([
    ['nothing', ['', ' ', '/', '-', '~']],
    [
      'what the calendar does not have',
      ['2025-00', '2025-13', '2025-02-29', '2100-02-29', '2025-04-31', '2025-01-00'],
    ],
    ['an interval that ends before it begins', ['2033/2030', '2025-02/2025-01', '2026/2025-12-31']],
    ['more than two ends', ['2025/2026/2027', '2025//2026']],
    [
      'other ways to write a date',
      ['14.09.2025', '9/2025', '2025/9', '2025-9', '2025-09-1', '25-09-14', 'Q3 2025'],
    ],
    ['space and line ends around it', [' 2025', '2025 ', '2025\n', '2025\u0000', '2025 / 2026']],
    ['other digits', ['２０２５', '٢٠٢٥', '2025–09', '2025−09']],
    ['qualifiers on their own or twice', ['~2025', '2025~~', '2025?~', '2025#', '203X-01', '203x']],
  ])('%s', (_, texts) => {
    for (const text of texts) expect(daySpan(text)).toBeUndefined();
  });
  it('throws where a text was promised to be one', () => {
    expect(() => daysOf('2025-13')).toThrow(RangeError);
  });
});

const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const year = fc.oneof(
  fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0')),
  fc.constantFrom('2024', '2025', '1900', '2000'),
);
const qualifier = fc.constantFrom('', '', '~', '?', '%');
const oneDate = fc.oneof(
  year,
  fc.tuple(year, two(13)).map((parts) => parts.join('-')),
  fc.tuple(year, two(13), two(32)).map((parts) => parts.join('-')),
);
const oneEnd = fc.oneof(
  fc.tuple(oneDate, qualifier).map((parts) => parts.join('')),
  year.map((text) => `${text.slice(0, 3)}X`),
);
const oneText = fc.oneof(
  oneEnd,
  fc.tuple(oneEnd, oneEnd).map((ends) => ends.join('/')),
  oneEnd.map((end) => `../${end}`),
);

describe('held against the published parser', () => {
  it('the same texts of the subset are dates, and they mean the same days', () => {
    fc.assert(
      fc.property(oneText, (text) => {
        const [ours, theirs] = [daySpan(text), published(text)];
        // The package rejects an interval that starts or ends within its other end, and one that combines a
        // decade with an uncertain date. We accept them, because each end is clear.
        const ends = text.split('/').map((end) => daySpan(end));
        const [from, to] = ends;
        const isWithin = ends.length === 2 && from && to && from.first >= to.first && from.first <= to.last;
        const isMixed = ends.length === 2 && from && to && /X/.test(text) && /[~?%]/.test(text);
        if (!theirs && (isWithin || (isMixed && from.first <= to.last)))
          expect(ours).toMatchObject({ first: from.first, last: to.last });
        else expect(ours && [ours.first, ours.last]).toEqual(theirs && [theirs.first, theirs.last]);
      }),
      { numRuns: RUNS },
    );
  });

  it('whatever else it reads is refused on purpose', () => {
    const anyText = fc
      .array(fc.constantFrom(...'0123459-/~?%XTYSE.[],{}:Z ', '2025', '20', '-09', '-14', '/20'), {
        minLength: 1,
        maxLength: 10,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyText, (text) => {
        const [ours, theirs] = [daySpan(text), published(text)];
        if (ours && theirs) expect([ours.first, ours.last]).toEqual([theirs.first, theirs.last]);
        const why = REFUSED_ON_PURPOSE.filter(([, shape]) => shape.test(text)).map(([reason]) => reason);
        if (theirs && !ours) expect([text, why]).not.toEqual([text, []]);
        if (ours) expect([text, why]).toEqual([text, []]);
      }),
      { numRuns: RUNS * 4 },
    );
  });
});

describe('reckoning with days', () => {
  it('dates overlap where they could mean the same day', () => {
    expect(overlap('2025', '2025-12-31')).toBe(true);
    expect(overlap('2025-09', '2025-10')).toBe(false);
    expect(overlap('2030/2033', '2033-12')).toBe(true);
    expect(overlap('2030/2033', '2034')).toBe(false);
    expect(overlap('203X', '2039-12-31')).toBe(true);
  });
  it('adds days, months and years as the calendar has them', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(addMonths('2024-11-30', 3)).toBe('2025-02-28');
    expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
    expect(addMonths('2025-01-15', -13)).toBe('2023-12-15');
    expect(yearsBetween('2024-01-01', '2028-01-01')).toBeCloseTo(4, 10);
    expect(yearsBetween('2028-01-01', '2024-01-01')).toBeCloseTo(-4, 10);
  });
  it('days and their numbers lead to each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -700_000, max: 2_900_000 }),
        fc.integer({ min: -400, max: 400 }),
        (n, by) => {
          const day = addDays('1970-01-01', n);
          fc.pre(/^\d{4}-/.test(day) && /^\d{4}-/.test(addDays(day, by)));
          expect(dayNumber(day)).toBe(n);
          expect(daySpan(day)).toEqual({ first: day, last: day, vague: false });
          expect(dayNumber(addDays(day, by))).toBe(n + by);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
