import fc from 'fast-check';
import { randomLines } from '../../bench/random-ledger.mjs';
import { newestVersion } from '../../src/domain/events/versions.js';
import { headlineGoalOf, headlineOf, urgencyOf } from '../../src/domain/goals/headline.js';
import { progressOf } from '../../src/domain/goals/progress.js';
import { NO_GOALS, tallyOf } from '../../src/domain/goals/tally.js';
import { addDays } from '../../src/domain/ledger/edtf.js';
import type { StreamEvent } from '../../src/domain/ledger/event.js';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { foldEvents } from '../../src/domain/state/evolve.js';
import { stateAsOf } from '../../src/domain/state/state-as-of.js';
import { finish } from '../../src/domain/state/steps.js';
import type { StreamState } from '../../src/domain/state/stream-state.js';
import {
  headlineThen,
  pastOutlineInSteps,
  presenceThen,
  tallyThen,
} from '../../src/queries/automakers/past-outline.js';
import type { PastOutline } from '../../src/queries/automakers/past-days.js';
import { presenceOf } from '../../src/queries/markets/market-presence.js';
import { randomHistory, RUNS } from '../domain/random-history.js';
import { record } from '../domain/recording.js';

const ID = 'xpeng';
const STREAM = `automaker-${ID}`;

const pastOf = (state: StreamState): PastOutline | undefined => finish(pastOutlineInSteps(ID, state));

/** What a past says of a day, as it is written in a row. */
function told(past: PastOutline, on: string) {
  const stored = JSON.parse(JSON.stringify(past)) as PastOutline;
  return {
    on,
    urgency: urgencyOf(headlineThen(stored, on)),
    goals: tallyThen(stored, on) ?? NO_GOALS,
    presence: Object.fromEntries(presenceThen(stored, on)),
  };
}

/** The same, from all records as of the day. */
function folded(state: StreamState, on: string) {
  const automaker = automakerOf(ID, stateAsOf(state, { trueOn: on }));
  if (!automaker) throw new Error('it is registered on every day');
  const progress = automaker.targets.map((target) => progressOf(automaker, target, on));
  const headline = headlineOf(progress);
  return {
    on,
    urgency: urgencyOf(headline && headlineGoalOf(headline)),
    goals: tallyOf(progress),
    presence: Object.fromEntries(presenceOf(automaker)),
  };
}

/** The days of all events, the days around them, and days on which no event happened. */
function daysOf(state: StreamState): string[] {
  const days = new Set(Array.from(state.effectiveEvents(), ({ day }) => day));
  return [...days]
    .flatMap((day) => [addDays(day, -1), day, addDays(day, 1)])
    .concat('1990-01-01', '2050-01-01');
}

const GOALS = ['TargetSet', 'TargetRevised'];
const FIGURES = [...GOALS, 'FigureReported'];

describe('the past of an automaker', () => {
  const flows = fc.constantFrom('overseas-units', 'total-units');
  const history = fc.tuple(randomHistory, fc.boolean(), fc.array(flows, { minLength: 1, maxLength: 4 }));

  it('says of every day what its records as of that day say', () => {
    fc.assert(
      fc.property(history, ([proposals, countsUnits, measures]) => {
        // Half of the histories have goals that count units alone: they are judged only when figures change.
        const changed = proposals.map((each, index) => {
          if (!countsUnits || !FIGURES.includes(each.type)) return each;
          const measure = measures[index % measures.length];
          const isGoal = GOALS.includes(each.type);
          const entity = index % 3 === 0 ? { entity: `unit-${index % 2}` } : {};
          const by = isGoal ? { unit: 'units', deadline: ['2022', '2023/2024', '2025'][index % 3] } : {};
          return { ...each, data: { ...each.data, measure, ...by, ...entity } };
        });
        const { events } = record(STREAM, changed);
        const state = foldEvents(STREAM, events);
        const past = pastOf(state);
        if (!state.automaker) {
          expect(past).toBeUndefined();
          return;
        }
        expect(past).toBeDefined();
        for (const on of daysOf(state)) expect(past && told(past, on)).toEqual(folded(state, on));
      }),
      { numRuns: RUNS },
    );
  });

  /** Events of a large automaker, with other data for some of them. */
  const eventsOf = (count: number, other: (type: string, index: number) => object): StreamEvent[] =>
    Array.from(randomLines(count, { busiest: count }), (line, revision) => {
      const { type, occurredOn, data, evidence = [] } = line;
      return {
        id: `event-${String(revision).padStart(5, '0')}`,
        stream: STREAM,
        type,
        version: newestVersion(type),
        occurredOn,
        data: { ...data, ...other(type, revision) },
        evidence,
        recordedBy: 'test',
        recordedAt: '2026-01-01T00:00:00.000Z',
        revision,
      } as unknown as StreamEvent;
    });
  /** For a goal of a year, figures that may reach it. */
  const ofYear = (index: number) => ({
    threshold: 1000 * (1 + (index % 9)),
    deadline: String(2012 + (index % 12)),
    period: String(2012 + (index % 12)),
    kind: 'amount',
    basis: 'deliveries',
  });
  const entity = (index: number) => ({ entity: ['unit-a', 'unit-b', 'unit-c'][index % 3] });

  it.each([
    ['figures that no goal counts', 400, () => ({})],
    [
      'figures of what goals count',
      400,
      (type: string, index: number) =>
        type === 'TargetSet'
          ? { ...ofYear(index), ...entity(index) }
          : type === 'FigureReported' && index % 4 === 0
            ? entity(index)
            : {},
    ],
    [
      'figures of the whole',
      400,
      (type: string, index: number) =>
        type === 'TargetSet'
          ? ofYear(index)
          : type === 'FigureReported' && index % 9 === 0
            ? { entity: undefined }
            : {},
    ],
    [
      'goals of outlets too',
      150,
      (type: string, index: number) =>
        type === 'TargetSet' && index % 5 === 0
          ? {
              measure: 'overseas-service-centers',
              threshold: 1 + (index % 90),
              deadline: '2022',
              unit: 'service-centers',
            }
          : {},
    ],
  ])('says the same of one with %s', (_, count, other) => {
    const state = foldEvents(STREAM, eventsOf(count, other));
    const past = pastOf(state);
    expect(past).toBeDefined();
    const days = daysOf(state).filter((__, index) => index % 7 === 0);
    for (const on of days) expect(past && told(past, on)).toEqual(folded(state, on));
  });

  it('is not worked out where that would take too long', () => {
    const other = (type: string) =>
      type === 'TargetSet' ? { measure: 'overseas-service-centers', unit: 'service-centers' } : {};
    expect(pastOf(foldEvents(STREAM, eventsOf(6000, other)))).toBeUndefined();
  });
});
