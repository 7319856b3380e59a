import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { automakerFrom } from '../../../src/domain/automaker.js';
import type { StreamEvent } from '../../../src/domain/event.js';
import { Fold } from '../../../src/domain/fold.js';
import { bandsOf, errorsAhead } from '../../../src/domain/forecast/bands.js';
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
import { addDays, yearsBetween } from '../../../src/domain/occurred-on.js';
import { seriesOf } from '../../../src/domain/series.js';
import { quarterEnd, randomFrom } from './growing-ledger.js';

const METHODS: readonly ForecastMethod[] = [drift, dampedTrend, logistic, gompertz];
const QUARTERS = 52;
const SERIES_OF_A_PROCESS = 5;
/** A quarter and a year ahead. */
const AHEAD = [1, 4];

interface Tally {
  readonly origins: Set<string>;
  readonly held: Map<number, number>;
  readonly given: Map<number, number>;
}

/** At every point of a series, as if it had been recorded twenty days later: the bands given then, and what came. */
function replay(name: string, points: readonly DatedValue[], most: number, tally: Tally): void {
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
          tally.origins.add(`${name} ${day}`);
          tally.given.set(percent, (tally.given.get(percent) ?? 0) + 1);
          if (lo <= outcome.value && outcome.value <= hi)
            tally.held.set(percent, (tally.held.get(percent) ?? 0) + 1);
        }
      }
    }
  }
}

const emptyTally = (): Tally => ({ origins: new Set(), held: new Map(), given: new Map() });

/** Percent of the bands of a level that held what came. */
const covered = ({ held, given }: Tally, percent: number): number =>
  (100 * (held.get(percent) ?? 0)) / (given.get(percent) ?? 0);

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
    const fold = Fold.of(`automaker-${id}`);
    const lines = readFileSync(join('data', 'ledger', `automaker-${id}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    for (const [revision, line] of lines.entries())
      fold.apply({ ...(JSON.parse(line) as StreamEvent), revision, recordedAt: '2026-11-01T00:00:00.000Z' });
    const automaker = automakerFrom(id, fold);
    if (!automaker) throw new Error(`${id} is not registered`);
    return (['total-units', 'overseas-units'] as const).map((measure): [string, DatedValue[]] => [
      `${id} ${measure}`,
      seriesOf(automaker, measure, {}, '2026-11-01').map(({ last, value }) => ({ day: last, value })),
    ]);
  });
}

describe('the bands of forecasts on what was known then', () => {
  it('hold what they say within five points, over simulated and real series', () => {
    const tally = emptyTally();
    for (const [name, process] of Object.entries(PROCESSES))
      for (let seed = 1; seed <= SERIES_OF_A_PROCESS; seed++) {
        const points = process(randomFrom(seed * 7919)).map((value, i) => ({ day: quarterEnd(i), value }));
        replay(`${name} ${seed}`, points, 100, tally);
      }
    const simulated = tally.origins.size;
    for (const [name, points] of realSeries()) replay(name, points, 5_000_000, tally);
    expect(simulated).toBeGreaterThanOrEqual(200);
    expect(tally.origins.size).toBeGreaterThan(simulated);
    for (const percent of [50, 80, 95]) {
      expect(tally.given.get(percent) ?? 0).toBeGreaterThan(200);
      expect(Math.abs(covered(tally, percent) - percent)).toBeLessThan(5);
    }
  });
});
