import type { Entry } from './growing-ledger.js';
import {
  forecastAsOf,
  goal,
  levels,
  opening,
  quarterEnd,
  randomFrom,
  recordedFrom,
} from './growing-ledger.js';
import { LEAST_RECORD } from '../../../src/domain/forecast/bands.js';
import { METHOD_WORDS } from '../../../src/domain/forecast/forecast-words.js';
import { proposal } from '../given-when-then.js';

/** A number of markets that grows by about two per quarter, for `quarters` quarters. */
function growing(quarters: number, seed = 1): number[] {
  const { normal } = randomFrom(seed);
  let markets = 5;
  return Array.from(
    { length: quarters },
    () => (markets = Math.max(1, Math.round(markets + 1.5 + normal()))),
  );
}

const ledger = (values: readonly number[], lag?: number) =>
  recordedFrom([...opening(), ...levels(values, lag)]);

describe('a forecast of a series that was recorded as it went', () => {
  // 48 quarters, to the end of 2021; the question is asked a month later.
  const events = ledger(growing(48));
  const forecast = forecastAsOf(events, { trueOn: '2022-01-31' }, 200);
  const shown = forecast.methods.filter(({ values }) => values.length > 0);

  it('is made from the points, and judged by what was forecast when each became known', () => {
    expect(forecast.status).toBe('forecast');
    expect([forecast.points.length, forecast.vintages]).toEqual([48, 48]);
    // The first forecast needs eight points; the last one has no later point to compare with.
    expect(forecast.origins.map(({ newest }) => newest)).toEqual(
      Array.from({ length: 40 }, (_, i) => quarterEnd(7 + i)).filter((day) => day < quarterEnd(47)),
    );
    const [first] = forecast.origins;
    expect(first?.points.map(({ day }) => day)).toEqual(Array.from({ length: 8 }, (_, i) => quarterEnd(i)));
    expect(first?.outcomes[0]).toMatchObject({ day: quarterEnd(8) });
  });

  it('shows the methods that beat persistence, and persistence beside them', () => {
    expect(shown.map(({ method }) => method)).toEqual(
      expect.arrayContaining(['persistence', 'damped-trend', 'theta']),
    );
    for (const { method, score } of shown)
      if (method !== 'persistence') expect(score?.meanError).toBeLessThan(score?.persistence ?? 0);
  });

  it('gives each its own value, and never a mean of them', () => {
    for (const { method, values } of shown.slice(1)) {
      expect(forecast.words.join(' ')).toContain(METHOD_WORDS[method]);
      expect(values.at(-1)?.value).toBeGreaterThan(0);
    }
    expect(JSON.stringify(forecast)).not.toMatch(/average|consensus|ensemble/i);
  });

  it('goes to the end of the deadline, with bands as far ahead as forecasts were checked', () => {
    const trend = shown.find(({ method }) => method === 'damped-trend');
    expect(trend?.values.map(({ on }) => on)).toEqual(
      [2022, 2023, 2024, 2025, 2026, 2027].map((year) => `${year}-12-31`),
    );
    const [near] = trend?.values ?? [];
    // Ten one-year forecasts do not overlap. This is enough for a band of 80 %, but not for 95 %, so no 95 %
    // band was scored.
    expect(near?.independent).toBe(10);
    const [half, most, nearlyAll] = near?.accuracy.coverage ?? [];
    expect(half?.given).toBeGreaterThan(LEAST_RECORD);
    expect(most?.given).toBeGreaterThan(0);
    expect(nearlyAll?.given).toBe(0);
    for (const { percent, lo, hi } of near?.bands ?? []) {
      expect(percent).toBeLessThan(95);
      expect(lo).toBeLessThan(hi);
    }
    expect(trend?.values.at(-1)).toMatchObject({ inDeadline: true, bands: [] });
    expect(forecast.words.join(' ')).toMatch(/No bands of damped trend for .*2027/);
  });

  it('carries what it takes to be made again', () => {
    expect(forecast).toMatchObject({ rule: 'least-repair', version: 2, ceiling: { value: 200 } });
    for (const { events: ids } of forecast.points) expect(ids.length).toBeGreaterThan(0);
    for (const { events: ids } of forecast.origins) expect(ids.length).toBeGreaterThan(0);
    expect(JSON.stringify(forecastAsOf(events, { trueOn: '2022-01-31' }, 200))).toBe(
      JSON.stringify(forecast),
    );
  });

  it('gives a chance for each year of the deadline that can be reached by checked forecasts', () => {
    const soon = goal({ deadline: '2022/2023', threshold: 81 });
    const asked = forecastAsOf(
      recordedFrom([...opening(soon), ...levels(growing(48))]),
      { trueOn: '2022-01-31' },
      200,
    );
    const years = asked.methods.flatMap(({ values }) => values);
    expect(years[0]).toMatchObject({ on: '2022-12-31', inDeadline: true });
    const told = years.filter(({ chance }) => chance);
    // A chance appears only if the 50 % band has a track record.
    expect(told).toEqual(years.filter(({ bands }) => bands.some(({ percent }) => percent === 50)));
    for (const { chance, independent } of told) {
      const { lo = -1, hi = -1 } = chance ?? {};
      // With n non-overlapping forecasts, the errors leave a range of 1 / (n + 1).
      expect(hi - lo).toBeCloseTo(1 / (independent + 1), 12);
      expect([lo >= 0, hi <= 1]).toEqual([true, true]);
    }
  });
});

describe('there is not enough evidence', () => {
  const asked = (entries: readonly Entry[], trueOn = '2022-01-31', target = goal()) =>
    forecastAsOf(recordedFrom([...opening(target), ...entries]), { trueOn });

  it('under eight points', () => {
    const forecast = asked(levels([1, 2, 3, 4, 5, 6, 7]));
    expect(forecast).toMatchObject({ status: 'not-enough-evidence', methods: [], words: [] });
    expect(forecast.reasons).toEqual([
      'A forecast takes 8 points that can be compared, and the figures of markets abroad give 7.',
    ]);
    expect(forecast.pace?.toLateEnd).toBeDefined();
  });

  it('where all was recorded in one go: there is one vintage, and published on is not known on', () => {
    const once = levels(growing(40)).map((entry) => ({ ...entry, recordedAt: '2021-12-31T09:00:00.000Z' }));
    const forecast = asked(once);
    expect(forecast).toMatchObject({ status: 'not-enough-evidence', vintages: 1, origins: [] });
    expect(forecast.reasons.slice(1)).toEqual([
      'The figures were recorded on one day: that gives none.',
      'The figures were published on no day: that gives none.',
    ]);
  });

  it('where history was recorded after the fact, a quarter a day: what came of it was known already', () => {
    const late = levels(growing(40)).map((entry, index) => ({
      ...entry,
      recordedAt: new Date(Date.parse('2021-06-01T09:00:00Z') + index * 86_400_000).toISOString(),
    }));
    expect(asked(late)).toMatchObject({ status: 'not-enough-evidence', vintages: 40, origins: [] });
  });

  it('where too few forecasts have come due', () => {
    const forecast = asked(levels(growing(16)));
    expect(forecast.origins).toHaveLength(8);
    expect(forecast.reasons[1]).toMatch(/that gives only 8\.$/);
  });

  it('where no method beats persistence', () => {
    // A random walk: the last change says nothing about the next one.
    const { uniform } = randomFrom(5);
    let markets = 40;
    const wandering = Array.from({ length: 40 }, () => (markets += uniform() < 0.5 ? -1 : 1));
    const forecast = asked(levels(wandering));
    expect(forecast.status).toBe('not-enough-evidence');
    expect(forecast.reasons[0]).toMatch(/no method was nearer than “nothing changes” by a tenth/);
    expect(forecast.methods.flatMap(({ values }) => values)).toEqual([]);
  });

  it.each([
    ['constant', Array.from({ length: 30 }, () => 12)],
    ['zeros', Array.from({ length: 30 }, () => 0)],
  ])('of a series of %s', (_, values) => {
    const forecast = asked(levels(values));
    expect(forecast).toMatchObject({ status: 'not-enough-evidence', methods: expect.any(Array) });
    expect(forecast.methods.flatMap((method) => method.values)).toEqual([]);
    expect(JSON.stringify(forecast)).not.toMatch(/null|NaN/);
  });
});

describe('nothing is to be forecast', () => {
  const events = (target = goal()) => recordedFrom([...opening(target), ...levels(growing(20))]);

  it('where the deadline is over', () => {
    const forecast = forecastAsOf(events(goal({ deadline: '2014' })), { trueOn: '2015-06-30' });
    expect(forecast).toMatchObject({ status: 'not-applicable', methods: [] });
    expect(forecast.reasons).toEqual([
      'The deadline is over: whether the target was reached follows from the figures.',
    ]);
  });

  it('where the target is withdrawn', () => {
    const withdrawn = proposal('TargetWithdrawn', '2015-05-01', { target: 'goal', reason: 'No more.' });
    const all = recordedFrom([
      ...opening(),
      ...levels(growing(20)),
      { recordedAt: '2015-05-02T09:00:00.000Z', what: withdrawn },
    ]);
    expect(forecastAsOf(all, { trueOn: '2015-06-30' }).reasons).toEqual(['The target is withdrawn.']);
  });
});

describe('a ceiling', () => {
  const events = ledger(growing(48));

  it('has to be given for what is not a share', () => {
    const forecast = forecastAsOf(events, { trueOn: '2022-01-31' });
    const logistic = forecast.methods.find(({ method }) => method === 'logistic');
    expect(forecast.ceiling).toBeUndefined();
    expect(logistic).toMatchObject({ values: [], pastErrors: [] });
    expect(logistic?.inapplicable).toMatch(/needs a ceiling, and none was stated/);
  });

  it('is told with who states it', () => {
    expect(forecastAsOf(events, { trueOn: '2022-01-31' }, 195).ceiling).toEqual({
      value: 195,
      stated: 'by the question',
    });
  });
});

describe('what was known then', () => {
  it('is used as it was known then, and corrected figures are what came of it', () => {
    const values = growing(40);
    const wrong = levels(values);
    const [at, said] = [20, wrong[20]];
    if (!said) throw new Error('there are forty');
    const corrected: Entry = {
      recordedAt: '2021-01-15T09:00:00.000Z',
      what: proposal('EventCorrected', undefined, {
        event: `00000000-0000-4000-8000-${String(at + 2).padStart(12, '0')}`,
        occurredOn: quarterEnd(at),
        data: { measure: 'overseas-markets', value: 500, asOf: quarterEnd(at) },
        reason: 'A misprint.',
      }),
    };
    const forecast = forecastAsOf(recordedFrom([...opening(), ...wrong, corrected]), {
      trueOn: '2021-01-31',
    });
    expect(forecast.points[at]?.value).toBe(500);
    const before = forecast.origins.find(({ newest }) => newest === quarterEnd(at - 1));
    expect(before?.outcomes[0]).toMatchObject({ day: quarterEnd(at), value: 500 });
    const then = forecast.origins.find(({ newest }) => newest === quarterEnd(at));
    expect(then?.points.at(-1)?.value).toBe(values[at]);
    // The correction did not change which point is the newest, so it is no origin of its own.
    expect(forecast.origins).toHaveLength(32);
  });
});
