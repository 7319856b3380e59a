import { STATUSES } from '../../../src/domain/goals/status.js';
import { judged, madeUpBy } from '../../../src/domain/methods/made-up-ledger.js';
import { VERDICT_METHODS } from '../../../src/domain/methods/verdict-methods.js';
import { NAMING } from '../../../src/queries/names.js';

const exampleOf = (status: (typeof STATUSES)[number]) => {
  const { facts, on } = VERDICT_METHODS[status];
  return judged(facts, on, NAMING);
};

describe('the worked examples of the verdicts', () => {
  it.each(STATUSES)('%s is what the formulas give for its example', (status) => {
    const { told, progress } = exampleOf(status);
    expect(progress.status).toBe(status);
    expect(told).toHaveLength(VERDICT_METHODS[status].facts.length);
    for (const sentence of told) expect(sentence).toMatch(/^Example Motors[ ,]/);
  });

  it('say what they say: nothing in them is typed in', () => {
    expect(STATUSES.map((status) => `${status}: ${exampleOf(status).progress.summary}`))
      .toMatchInlineSnapshot(`
     [
       "achieved: 91,204 vehicles in 2026, against a goal of 90,000. Achieved by 31 Dec 2026.",
       "met-when-set: 64 markets on 31 Dec 2024, against a goal of 60. It was met already when it was set.",
       "on-track: 44,016 of 90,000 vehicles by 30 Jun 2026: 48.9 % after 49.6 % of the time. On track.",
       "acceleration-needed: 36,512 of 90,000 vehicles by 30 Jun 2026: 40.6 % after 49.6 % of the time. Acceleration needed.",
       "limited: 25,018 of 90,000 vehicles by 30 Jun 2026: 27.8 % after 49.6 % of the time. Limited.",
       "deteriorating: 27 of 60 markets on 31 Dec 2025. Deteriorating.",
       "between-bands: 37,000 to 39,000 of 90,000 vehicles by 30 Jun 2026: 41.1 to 43.3 % after 49.6 % of the time. Between acceleration needed and on track.",
       "missed: 88,012 of 90,000 vehicles in 2026: 97.8 %. Missed.",
       "withdrawn: No figure bears on the goal of 90,000 vehicles in 2026. Withdrawn.",
       "not-comparable: Counted another way, it was 45,211 vehicles in 2025. It is not compared with the goal.",
       "not-enough-evidence: No figure bears on the goal of 90,000 vehicles in 2026.",
     ]
    `);
  });

  it('are held against the season of the year before where that is known', () => {
    const { pace } = exampleOf('on-track').progress.amount ?? {};
    expect(pace?.method).toBe('season-adjusted');
    // 44,016 so far, 45,984 to go; the year before, 20,137 and then 25,074.
    expect(pace?.middle).toBeCloseTo((44_016 * 25_074) / (20_137 * 45_984), 6);
  });

  it('refuse events that contradict each other', () => {
    const goal = VERDICT_METHODS.achieved.facts[0];
    expect(() => judged(goal ? [goal, goal] : [], '2027-02-15', NAMING)).toThrow('refused');
    expect(() => judged([], '2027-02-15', NAMING)).toThrow('no goal');
    expect(madeUpBy([], NAMING).told).toEqual([]);
  });
});
