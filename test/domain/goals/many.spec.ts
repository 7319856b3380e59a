import { progressOf } from '../../../src/domain/goals/progress.js';
import type { Automaker } from '../../../src/domain/state/automaker.js';
import type { FigureRecord } from '../../../src/domain/state/records.js';
import { proposal } from '../given-when-then.js';
import { automakerWith, figure, goal, units } from './goal.js';

const ON = '2026-11-30';
const FIGURES = 500;

/** An automaker with many figures that do not count toward a goal, and a counter of accesses to them. */
function withManyFigures(): { automaker: Automaker; looks: () => number } {
  const automaker = automakerWith(
    goal({ deadline: '2030/2033' }),
    figure({ measure: 'total-units', value: 100_000, period: '2025', entity: 'brand-other' }),
    units(90_000, '2025'),
  );
  const other = automaker.figures.find(({ entity }) => entity !== undefined);
  if (!other) throw new Error('the specification reports no figure of a brand');
  let looks = 0;
  const counting = (record: FigureRecord): FigureRecord =>
    new Proxy(record, {
      get(target, name, receiver): unknown {
        looks += 1;
        return Reflect.get(target, name, receiver);
      },
    });
  const many = Array.from({ length: FIGURES }, (_, index) =>
    counting({ ...other, entity: `brand-other-${index}` }),
  );
  return { automaker: { ...automaker, figures: [...automaker.figures, ...many] }, looks: () => looks };
}

describe('the goals of an automaker of which very much is recorded', () => {
  it('do not each look through the figures of all others', () => {
    const { automaker, looks } = withManyFigures();
    const [record] = automaker.targets;
    if (!record) throw new Error('the specification sets no target');
    progressOf(automaker, record, ON);
    const before = looks();
    const goals = Array.from({ length: 50 }, (_, index) => ({ ...record, target: `goal-${index}` }));
    const found = goals.map((each) => progressOf(automaker, each, ON));
    expect(new Set(found.map(({ value }) => value?.value))).toEqual(new Set([90_000]));
    expect(looks() - before).toBeLessThan(FIGURES);
  });

  it('are judged by what was logged one by one, however much that is', () => {
    const OPENED = 30_000;
    const automaker = automakerWith(
      goal({ measure: 'overseas-service-centers', unit: 'service-centers', threshold: 10 * OPENED }),
      proposal('ServiceCenterOpened', '2025-03-01', { market: 'NO', city: 'Oslo', operator: 'own' }),
    );
    const outlets = automaker.outlets.map((record) => ({
      ...record,
      changes: Array.from({ length: OPENED }, (_, index) =>
        record.changes.map((each) => ({ ...each, event: `e${index}` })),
      ).flat(),
    }));
    const [record] = automaker.targets;
    if (!record) throw new Error('the specification sets no target');
    const started = performance.now();
    const { value } = progressOf({ ...automaker, outlets }, record, ON);
    expect({ lo: value?.lo, events: value?.inputs[0]?.events.length }).toEqual({
      lo: OPENED,
      events: OPENED,
    });
    // A separate list of all earlier events for each level used gigabytes.
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
