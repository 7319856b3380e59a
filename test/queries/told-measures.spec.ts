import { COMPARABLE } from '../../src/domain/goals/goal-to-compare.js';
import { readingOf } from '../../src/domain/measures/readings.js';
import { toldMeasures, weightOn } from '../../src/queries/automakers/told-measures.js';
import { automakerWith, figure, goal, units } from '../domain/goals/goal.js';
import { proposal } from '../domain/given-when-then.js';

describe('what is told of an automaker in each measure', () => {
  const automaker = automakerWith(
    goal({ deadline: '2030/2033' }),
    units(90_000, '2025'),
    figure({ measure: 'overseas-markets', value: 12, asOf: '2026' }),
    // Only the year of this event is known, so it has certainly happened at the end of that year.
    proposal('ServiceCenterOpened', '2026', { market: 'NO', city: 'Oslo', operator: 'own' }),
  );
  const weighed = (on: string) => {
    const told = toldMeasures(automaker, on);
    return (day: string) => COMPARABLE.map((measure) => weightOn(told[measure], day));
  };

  it.each(['2024-06-30', '2026-06-30', '2027-01-01'])(
    'weighs on %s, and on each later day, as its figures and goals do',
    (on) => {
      const weights = weighed(on);
      for (const day of ['2024-06-30', '2025-12-31', '2026-06-30', '2026-12-31', '2028-01-01'].filter(
        (each) => each >= on,
      ))
        expect([day, weights(day)]).toEqual([
          day,
          COMPARABLE.map(
            (measure) =>
              (readingOf(automaker, measure, {}, day) ? 2 : 0) + (measure === 'overseas-units' ? 1 : 0),
          ),
        ]);
    },
  );

  it('is nothing where neither a figure nor a goal is recorded', () => {
    expect(toldMeasures(automakerWith(), '2026-06-30')).toEqual({});
  });
});
