import { FlowModel, type FlowReport } from '../../../src/domain/measures/flows.js';

/**
 * Overseas units of XPeng: nine months as rounded by the press, and the year as reported (domain.md §0.1,
 * §C).
 */
const nineMonths: FlowReport = {
  event: 'nine-months',
  value: 29_000,
  approximate: false,
  first: '2025-01-01',
  last: '2025-09-30',
  grade: 'reported',
  publishedOn: '2025-10-01',
  position: 1,
};
const year: FlowReport = {
  event: 'year',
  value: 45_008,
  approximate: false,
  first: '2025-01-01',
  last: '2025-12-31',
  grade: 'confirmed',
  publishedOn: '2026-01-01',
  position: 2,
};
const firstHalf: FlowReport = {
  event: 'first-half',
  value: 18_701,
  approximate: false,
  first: '2025-01-01',
  last: '2025-06-30',
  grade: 'confirmed',
  publishedOn: '2025-07-01',
  position: 3,
};

describe('XPeng abroad in 2025: nine months "29,000", the year 45,008', () => {
  const model = FlowModel.of([nineMonths, year]);

  it('leaves 15,508 to 16,508 for the fourth quarter, by subtraction', () => {
    expect(model.bounds('2025-10-01', '2025-12-31')).toEqual({
      lo: 15_508,
      hi: 16_508,
      proof: {
        lo: [
          { event: 'year', sign: 1, end: 'lo', units: 45_008 },
          { event: 'nine-months', sign: -1, end: 'hi', units: 29_500 },
        ],
        hi: [
          { event: 'nine-months', sign: -1, end: 'lo', units: 28_500 },
          { event: 'year', sign: 1, end: 'hi', units: 45_008 },
        ],
      },
    });
  });

  it('gives the half-year no more than bounds by inclusion, until it is reported', () => {
    expect(model.bounds('2025-01-01', '2025-06-30')).toMatchObject({ lo: 0, hi: 29_500 });
    expect(model.covers('2025-01-01', '2025-06-30')).toBe(false);

    const told = model.add(firstHalf);
    expect(told.bounds('2025-01-01', '2025-06-30')).toMatchObject({ lo: 18_701, hi: 18_701 });
    expect(told.bounds('2025-07-01', '2025-09-30')).toMatchObject({ lo: 9_799, hi: 10_799 });
    expect(told.bounds('2025-07-01', '2025-12-31')).toMatchObject({ lo: 26_307, hi: 26_307 });
    expect(told.covers('2025-07-01', '2025-09-30')).toBe(true);
  });

  it('has the calendar year as its trailing twelve months, and as its one complete year', () => {
    expect(model.trailingTwelveMonths()).toMatchObject({
      first: '2025-01-01',
      last: '2025-12-31',
      lo: 45_008,
      hi: 45_008,
    });
    expect(model.trailingTwelveMonths('2025-12-30')).toBeUndefined();
    expect(model.completeYears()).toEqual([2025]);
  });

  it('keeps a wrong fourth quarter as a conflict that names the reports against it', () => {
    const wrong: FlowReport = {
      ...nineMonths,
      event: 'fourth-quarter',
      value: 20_123,
      first: '2025-10-01',
      last: '2025-12-31',
      grade: 'rumoured',
      position: 4,
    };
    const { conflicts, used } = model.add(wrong);
    expect(used).toEqual(['nine-months', 'year']);
    expect(conflicts).toEqual([
      {
        event: 'fourth-quarter',
        claims: { lo: 20_123, hi: 20_123 },
        against: 'hi',
        proven: 16_508,
        proof: [
          { event: 'nine-months', sign: -1, end: 'lo', units: 28_500 },
          { event: 'year', sign: 1, end: 'hi', units: 45_008 },
        ],
        excess: 3_615,
        cycle: ['fourth-quarter', 'nine-months', 'year'],
      },
    ]);
  });
});
