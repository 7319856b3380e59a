import { exactly } from '../../../src/domain/measures/bounds.js';
import { shareOf, shareSplit } from '../../../src/domain/measures/share.js';

const parts = (overseas: number, home: number) => ({
  overseas: exactly(overseas),
  total: exactly(overseas + home),
});

describe('a share of overseas sales', () => {
  it('of XPeng in 2025: 45,008 of 429,445 is 10.48 %', () => {
    // 45,008 / 429,445 = 0.104805…
    const share = shareOf({ overseas: exactly(45_008), total: exactly(429_445) });
    expect(share?.lo).toBeCloseTo(10.4805, 4);
    expect(share?.hi).toBe(share?.lo);
  });

  it('takes the widest of what rounded parts allow', () => {
    // Overseas 28,500 to 29,500 of 200,000 to 210,000: 28,500 / 210,000 = 13.571 %, 29,500 / 200,000 = 14.75 %.
    const share = shareOf({ overseas: { lo: 28_500, hi: 29_500 }, total: { lo: 200_000, hi: 210_000 } });
    expect(share?.lo).toBeCloseTo(13.5714, 4);
    expect(share?.hi).toBeCloseTo(14.75, 6);
  });

  it('is not known where the total may be zero', () => {
    expect(shareOf({ overseas: exactly(0), total: { lo: 0, hi: 10 } })).toBeUndefined();
  });
});

describe('the split of its change', () => {
  it('gives a doubling abroad and a growth of a third at home their parts in log-odds', () => {
    // Δln O = ln 2 = 0.6931; Δln H = ln(1.327) = 0.2829; Δlogit S = 0.4102.
    const split = shareSplit(parts(1000, 9000), parts(2000, 9000 * 1.327));
    expect(split?.fromOverseas.middle).toBeCloseTo(Math.LN2, 12);
    expect(split?.fromHome.middle).toBeCloseTo(-Math.log(1.327), 12);
    expect(split?.logOdds).toBeCloseTo(Math.LN2 - Math.log(1.327), 12);
    expect(split?.words).toMatch(/ points, all came from selling more abroad\.$/);
  });

  it('reports a home slump of a third with flat sales abroad as no progress abroad', () => {
    // Share before: 1,000 / 10,000 = 10 %; after: 1,000 / (1,000 + 6,030) = 14.2 %. −ln(0.67) = 0.4005.
    const split = shareSplit(parts(1000, 9000), parts(1000, 6030));
    expect(split?.fromOverseas.middle).toBe(0);
    expect(split?.fromHome.middle).toBeCloseTo(0.4005, 4);
    expect(split?.words).toBe(
      'The share rose 4.2 points: overseas units did not change, home units fell 33.0 %. Of the 4.2 points, none came from selling more abroad: the share rose because home sales fell.',
    );
  });

  it('divides the points as the log-odds where both parts pull the same way', () => {
    // ln(1,500/1,000) = 0.4055 and −ln(8,000/9,000) = 0.1178: 77.5 % of the change came from abroad. 10 % to
    // 1,500 / 9,500 = 15.789 %: 5.789 points, of which 4.486 are from abroad.
    const split = shareSplit(parts(1000, 9000), parts(1500, 8000));
    expect(split?.words).toContain(
      'Of the 5.8 points, 4.5 came from selling more abroad and 1.3 from selling less at home.',
    );
  });

  it('holds the bounds of the units', () => {
    const split = shareSplit(
      { overseas: { lo: 950, hi: 1050 }, total: exactly(10_000) },
      { overseas: { lo: 1450, hi: 1550 }, total: exactly(10_000) },
    );
    // Minimum: ln(1,450/1,050); maximum: ln(1,550/950).
    expect(split?.fromOverseas.lo).toBeCloseTo(Math.log(1450 / 1050), 12);
    expect(split?.fromOverseas.hi).toBeCloseTo(Math.log(1550 / 950), 12);
    // Home sales from 8,950–9,050 to 8,450–8,550.
    expect(split?.fromHome.lo).toBeCloseTo(-Math.log(8550 / 8950), 12);
    expect(split?.fromHome.hi).toBeCloseTo(-Math.log(8450 / 9050), 12);
  });

  it('is not given where a part may be zero', () => {
    expect(shareSplit({ overseas: { lo: 0, hi: 5 }, total: exactly(100) }, parts(10, 90))).toBeUndefined();
  });
});
