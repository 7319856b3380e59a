import { randomLines } from '../../bench/random-ledger.mjs';
import { changedNumbers, shownNumbers } from '../../src/domain/audit/shown-numbers.js';
import { touchedGoals } from '../../src/domain/audit/touched-goals.js';
import { MOST_COUNTED } from '../../src/domain/goals/by-wholes.js';
import { newestVersion } from '../../src/domain/events/versions.js';
import type { StreamEvent } from '../../src/domain/ledger/event.js';
import { automakerOf, type Automaker } from '../../src/domain/state/automaker.js';
import { foldEvents } from '../../src/domain/state/evolve.js';
import { stateAsOf } from '../../src/domain/state/state-as-of.js';
import { differencesBetween } from './differences-between.js';

const STREAM = 'automaker-maker-busiest';
const EVENTS = 4000;
const RECORDED = '2026-01-01T00:00:00.000Z';

interface Line {
  readonly type: string;
  readonly occurredOn: string;
  readonly data: Record<string, unknown>;
  readonly evidence?: object[];
}

/** A goal for one year, which its figures may reach at any time. */
const goalOf = (year: number, revision: number) => ({
  threshold: 1000 * (1 + (revision % 9)),
  deadline: String(year),
  period: String(year),
  kind: 'amount',
  basis: 'deliveries',
  wording: `so many in ${year}`,
});

/** Events of one automaker that counts more things than are set beside each other. Some goals are of what some figures count. */
function* events(): Generator<StreamEvent> {
  let revision = 0;
  for (const line of randomLines(EVENTS, { busiest: EVENTS })) {
    const { type, occurredOn, data, evidence = [] } = line as Line;
    const of = ['unit-a', 'unit-b', undefined][revision % 3];
    const isGoal = type === 'TargetSet';
    const isOfAll = type === 'FigureReported' && revision % 4 === 0;
    const said = {
      ...data,
      ...((isGoal || isOfAll) && { entity: of }),
      ...(isGoal && goalOf(Number(occurredOn.slice(0, 4)) + 2, revision)),
      ...(isGoal && revision % 5 === 0 && { measure: 'overseas-service-centers', basis: undefined }),
    };
    yield {
      id: `event-${String(revision).padStart(5, '0')}`,
      stream: STREAM,
      type,
      version: newestVersion(type),
      occurredOn,
      data: JSON.parse(JSON.stringify(said)) as object,
      evidence,
      recordedBy: 'test',
      recordedAt: RECORDED,
      revision: revision++,
    } as unknown as StreamEvent;
  }
}

describe('the goals that what changed may have touched', () => {
  const state = foldEvents(STREAM, [...events()]);
  const on = (day: string): Automaker | undefined =>
    automakerOf('maker-busiest', stateAsOf(state, { trueOn: day }));

  const days: readonly (readonly [string, string])[] = [
    ['2020-01-01', '2020-01-31'],
    ['2023-05-10', '2023-05-20'],
    ['2020-01-01', '2024-01-01'],
  ];
  it.each(days)('have all numbers that differ between %s and %s', (first, second) => {
    const counted = new Set(on(first)?.figures.map(({ measure, entity }) => `${measure} ${entity}`)).size;
    expect(counted).toBeGreaterThan(MOST_COUNTED);
    const { numbers } = differencesBetween(state, { trueOn: first }, { trueOn: second });
    const all = changedNumbers(shownNumbers(on(first), first), shownNumbers(on(second), second));
    expect(all.some(({ number }) => number.startsWith('targets.'))).toBe(true);
    expect(numbers.map(({ parts: _parts, ...number }) => number)).toEqual(all);
  });

  it('are those of the entity of a figure, and all that look at more than figures', () => {
    const automaker = on('2024-01-01');
    const figure = automaker?.figures.find(({ entity }) => entity === 'unit-a');
    if (!automaker || !figure) throw new Error('there is no figure of unit-a');
    const touchedBy = (...changed: Parameters<typeof touchedGoals>[0]): readonly string[] => {
      const isTouched = touchedGoals(changed, [automaker]);
      const touched = automaker.targets.filter(isTouched).map(({ versions }) => versions.at(-1)?.terms);
      return [...new Set(touched.map((terms) => `${terms?.measure} ${terms?.entity}`))].sort();
    };
    const [units, centers] = ['overseas-units', 'overseas-service-centers'];
    const ofCenters = ['undefined', 'unit-a', 'unit-b'].map((entity) => `${centers} ${entity}`);
    const ofUnits = ['undefined', 'unit-a', 'unit-b'].map((entity) => `${units} ${entity}`);
    expect(touchedBy()).toEqual(ofCenters);
    expect(touchedBy({ kind: 'figure', key: '', after: figure })).toEqual([...ofCenters, `${units} unit-a`]);
    const [report] = figure.reports;
    const restating = { ...figure, reports: report ? [{ ...report, restates: ['event-00001'] }] : [] };
    expect(touchedBy({ kind: 'figure', key: '', before: restating })).toEqual([...ofCenters, ...ofUnits]);
    expect(touchedBy({ kind: 'automaker', key: '' })).toEqual([...ofCenters, ...ofUnits]);
  });
});
