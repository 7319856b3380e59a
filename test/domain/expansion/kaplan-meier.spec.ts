import fc from 'fast-check';
import { kaplanMeier, medianDays } from '../../../src/domain/expansion/kaplan-meier.js';

describe('Kaplan–Meier', () => {
  // Freireich et al. 1963: weeks of remission under 6-MP; + marks censored cases. The worked example of most
  // textbooks.
  const weeks = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'.split(' ');
  const steps = kaplanMeier(
    weeks.map((week) => ({ days: Number.parseInt(week, 10), happened: !week.endsWith('+') })),
  );

  it('gives the published estimate for 6-MP', () => {
    expect(steps.map(({ days, atRisk, survival }) => [days, atRisk, Number(survival.toFixed(3))])).toEqual([
      [6, 21, 0.857],
      [7, 17, 0.807],
      [10, 15, 0.753],
      [13, 12, 0.69],
      [16, 11, 0.627],
      [22, 7, 0.538],
      [23, 6, 0.448],
    ]);
    expect(medianDays(steps)).toBe(23);
  });

  it('has no median where more than half are still open', () => {
    expect(
      medianDays(
        kaplanMeier([
          { days: 10, happened: true },
          { days: 20, happened: false },
          { days: 30, happened: false },
        ]),
      ),
    ).toBeUndefined();
  });

  it('is the plain distribution without open cases: two of four by day 20', () => {
    const all = [10, 20, 30, 40].map((days) => ({ days, happened: true }));
    expect(medianDays(kaplanMeier(all))).toBe(20);
  });

  it('says nothing of no cases', () => {
    expect(kaplanMeier([])).toEqual([]);
  });

  it('follows the formula time by time, whatever the cases', () => {
    const watched = fc.array(fc.record({ days: fc.integer({ min: 0, max: 30 }), happened: fc.boolean() }));
    fc.assert(
      fc.property(watched, (cases) => {
        const times = [...new Set(cases.flatMap(({ days, happened }) => (happened ? [days] : [])))];
        let survival = 1;
        const expected = times
          .sort((a, b) => a - b)
          .map((days) => {
            const atRisk = cases.filter((each) => each.days >= days).length;
            const happened = cases.filter((each) => each.happened && each.days === days).length;
            survival *= 1 - happened / atRisk;
            return { days, atRisk, happened, survival };
          });
        expect(kaplanMeier(cases)).toEqual(expected);
      }),
    );
  });
});
