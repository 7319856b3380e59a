import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { automakerFrom } from '../../../src/domain/state/automaker.js';
import type { StreamEvent } from '../../../src/domain/ledger/event.js';
import { bandsOf, errorsAhead, LEVELS } from '../../../src/domain/forecast/bands.js';
import { dampedTrend } from '../../../src/domain/forecast/damped-trend.js';
import { drift } from '../../../src/domain/forecast/drift.js';
import { gompertz } from '../../../src/domain/forecast/gompertz.js';
import { logistic } from '../../../src/domain/forecast/logistic.js';
import type { DatedValue, ForecastMethod } from '../../../src/domain/forecast/method.js';
import {
  changePerYearOf,
  errorsOf,
  LEAST_POINTS,
  originsOf,
  scoreOf,
} from '../../../src/domain/forecast/past-errors.js';
import { persistence } from '../../../src/domain/forecast/persistence.js';
import { addDays, yearsBetween } from '../../../src/domain/ledger/edtf.js';
import { seriesOf } from '../../../src/domain/measures/series.js';
import { inTodaysVersion } from '../../../src/domain/events/versions.js';
import { evolve } from '../../../src/domain/state/evolve.js';
import { StreamState } from '../../../src/domain/state/stream-state.js';
import { quarterEnd, randomFrom } from './growing-ledger.js';

const METHODS: readonly ForecastMethod[] = [drift, dampedTrend, logistic, gompertz];
const QUARTERS = 52;
/** So many that each method gives bands of 95 % at enough origins: a series of thirteen years has five of them. */
const SERIES_OF_A_PROCESS = 12;
/** A quarter and a year ahead. */
const AHEAD = [1, 4];

/** The bands of one method and level: how many were given, how many held what came, and at which moments of which series. */
interface Tally {
  readonly origins: Set<string>;
  given: number;
  held: number;
}

/** By method, then by level. */
type Tallies = ReadonlyMap<string, ReadonlyMap<number, Tally>>;

const emptyTallies = (): Tallies =>
  new Map(
    METHODS.map(({ name }) => [
      name,
      new Map(LEVELS.map((percent): [number, Tally] => [percent, { origins: new Set(), given: 0, held: 0 }])),
    ]),
  );

/** At every point of a series, as if it had been recorded twenty days later: the bands given then, and what came. */
function replay(name: string, points: readonly DatedValue[], most: number, tallies: Tallies): void {
  const within = (value: number) => Math.min(most, Math.max(0, value));
  const whole = points.map((point) => ({ ...point, lo: point.value, hi: point.value, events: [] }));
  const origins = originsOf(
    whole.map(({ day }, i) => ({
      knownOn: `${addDays(day, 20)}T00:00:00.000Z`,
      points: whole.slice(0, i + 1),
    })),
    whole,
  );
  const ofPersistence = errorsOf(persistence, origins, most, within);
  for (const method of METHODS) {
    const all = errorsOf(method, origins, most, within);
    for (const [i, { day }] of points.entries()) {
      if (i + 1 < LEAST_POINTS) continue;
      const cameDue = <T extends { day: string }>(errors: readonly T[]) =>
        errors.filter((error) => error.day <= day);
      const errors = cameDue(all);
      if (!scoreOf(errors, cameDue(ofPersistence))?.beatsPersistence) continue;
      const known = points.slice(0, i + 1);
      const fit = method.fit(known, most);
      for (const steps of AHEAD) {
        const outcome = points[i + steps];
        if (!fit.applies || !outcome) continue;
        const alike = errorsAhead(errors, yearsBetween(day, outcome.day));
        const bands = bandsOf(within(fit.at(outcome.day)), alike, changePerYearOf(known), within);
        for (const { percent, lo, hi } of bands) {
          const tally = tallies.get(method.name)?.get(percent);
          if (!tally) throw new Error(`${method.name} is not tallied at ${percent} %`);
          tally.origins.add(`${name} ${day}`);
          tally.given += 1;
          if (lo <= outcome.value && outcome.value <= hi) tally.held += 1;
        }
      }
    }
  }
}

/** How the bands of one level did, of one method or of all. */
interface Coverage {
  readonly method: string;
  readonly percent: number;
  readonly origins: number;
  readonly given: number;
  /** Percent of the bands that held what came. */
  readonly covered: number;
}

function coverageOf(method: string, percent: number, tallies: readonly Tally[]): Coverage {
  const origins = new Set(tallies.flatMap((tally) => [...tally.origins])).size;
  const given = tallies.reduce((sum, tally) => sum + tally.given, 0);
  const held = tallies.reduce((sum, tally) => sum + tally.held, 0);
  return { method, percent, origins, given, covered: Math.round((1000 * held) / given) / 10 };
}

type Random = ReturnType<typeof randomFrom>;
const share = (value: number): number => Math.min(95, Math.max(0.5, value));
const quarterly = (of: (index: number) => number): number[] =>
  Array.from({ length: QUARTERS }, (_, i) => of(i));

/** Ways in which a share may go: each a hidden process and its noise. */
const PROCESSES: Readonly<Record<string, (random: Random) => number[]>> = {
  'a random walk with drift': ({ normal }) => {
    let value = 10;
    return quarterly(() => (value = share(value + 0.4 + 0.8 * normal())));
  },
  'logistic growth at a rate that wavers': ({ normal }) => {
    let odds = -3;
    return quarterly(() => 100 / (1 + Math.exp(0 - (odds += 0.08 + 0.05 * normal()))));
  },
  'logistic growth seen through noise': ({ normal }) =>
    quarterly((i) => share(100 / (1 + Math.exp(3 - 0.09 * i)) + 0.4 * normal())),
  'twelve months that end each quarter, of growth by 6 % a quarter': ({ normal }) => {
    const quarters = Array.from({ length: QUARTERS + 3 }, (_, i) => Math.exp(0.06 * i + 0.12 * normal()));
    return quarterly((i) => share(quarters.slice(i, i + 4).reduce((sum, each) => sum + each) / 8));
  },
  'a random walk': ({ normal }) => {
    let value = 20;
    return quarterly(() => (value = share(value + 0.8 * normal())));
  },
};

/** Of the shipped ledger: how units went, in twelve months, by automaker. Replayed as if recorded twenty days after their last day. */
function realSeries(): [string, DatedValue[]][] {
  return ['xpeng', 'geely', 'saic', 'nio', 'gwm', 'changan', 'gac'].flatMap((id) => {
    let state = StreamState.of(`automaker-${id}`);
    const lines = readFileSync(join('data', 'ledger', `automaker-${id}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    for (const [revision, line] of lines.entries()) {
      const event = {
        ...(JSON.parse(line) as StreamEvent),
        revision,
        recordedAt: '2026-11-01T00:00:00.000Z',
      };
      ({ state } = evolve(state, inTodaysVersion(event)));
    }
    const automaker = automakerFrom(id, state);
    if (!automaker) throw new Error(`${id} is not registered`);
    return (['total-units', 'overseas-units'] as const).map((measure): [string, DatedValue[]] => [
      `${id} ${measure}`,
      seriesOf(automaker, measure, {}, '2026-11-01').map(({ last, value }) => ({ day: last, value })),
    ]);
  });
}

/** Percent points by which a band may hold more or less than it says. */
const TOLERANCE = 5;
/**
 * Origins that a verdict takes. As the bands of n origins were independent, what they cover would scatter about what is
 * true by √(p(1 − p)/n): 3.5 points at 50 % and 200 origins, 1.5 at 95 %. Of fewer a miss of five would say nothing. (Those
 * of one series overlap, and so scatter more; there are many series.)
 */
const ENOUGH = 200;

describe('the bands of forecasts on what was known then, over simulated and real series', () => {
  const tallies = emptyTallies();
  let ofSimulated = 0;
  const originsOfAll = () =>
    new Set([...tallies.values()].flatMap((levels) => [...levels.values()].flatMap((t) => [...t.origins])))
      .size;

  beforeAll(() => {
    for (const [name, process] of Object.entries(PROCESSES))
      for (let seed = 1; seed <= SERIES_OF_A_PROCESS; seed++) {
        const points = process(randomFrom(seed * 7919)).map((value, i) => ({ day: quarterEnd(i), value }));
        replay(`${name} ${seed}`, points, 100, tallies);
      }
    ofSimulated = originsOfAll();
    for (const [name, points] of realSeries()) replay(name, points, 5_000_000, tallies);
  }, 600_000);

  it('are given of real series too', () => {
    expect(originsOfAll()).toBeGreaterThan(ofSimulated);
  });

  it.each(['all methods', ...METHODS.map(({ name }) => name)])(
    'hold what they say within five points: %s',
    (method) => {
      const coverage = LEVELS.map((percent) =>
        coverageOf(
          method,
          percent,
          [...tallies].flatMap(([name, levels]) => {
            const tally = levels.get(percent);
            return tally && (name === method || method === 'all methods') ? [tally] : [];
          }),
        ),
      );
      process.stdout.write(`${coverage.map(lineOf).join('\n')}\n`);
      expect(coverage.filter(({ origins }) => origins < ENOUGH)).toEqual([]);
      expect(coverage.filter(({ covered, percent }) => Math.abs(covered - percent) >= TOLERANCE)).toEqual([]);
    },
  );
});

const lineOf = ({ method, percent, covered, given, origins }: Coverage): string =>
  `${method}, ${percent} %: ${covered.toFixed(1)} % of ${given} bands at ${origins} origins held`;
