import type { Check } from './progress.js';

/**
 * Recomputes every number of a forecast from the points and origins in the answer, without any code of the
 * tracker.
 */

interface Point {
  readonly day: string;
  readonly value: number;
}
interface PastError {
  readonly at: string;
  readonly from: string;
  readonly day: string;
  readonly yearsAhead: number;
  readonly forecast: number;
  readonly outcome: number;
  readonly error: number;
  readonly scaledError?: number;
}
export interface ForecastJson {
  readonly status: string;
  readonly unit: string;
  readonly threshold?: number;
  readonly ceiling?: { readonly value: number };
  readonly scale: string;
  readonly points: readonly (Point & { readonly lo: number; readonly hi: number })[];
  readonly origins: readonly {
    readonly at: string;
    readonly newest: string;
    readonly points: readonly Point[];
    readonly meanChange: number;
    readonly outcomes: readonly (Point & { readonly yearsAhead: number })[];
  }[];
  readonly methods: readonly {
    readonly method: string;
    readonly inapplicable?: string;
    readonly score?: Readonly<Record<'origins' | 'meanError' | 'persistence' | 'nearer', number>> & {
      readonly beatsPersistence: boolean;
    };
    readonly values: readonly {
      readonly on: string;
      readonly yearsAhead: number;
      readonly value: number;
      readonly errors: number;
      readonly independent: number;
      readonly accuracy: {
        readonly mase?: number;
        readonly crps?: number;
        readonly crpsScored: number;
        readonly coverage: readonly Readonly<Record<'percent' | 'given' | 'held', number>>[];
      };
      readonly bands: readonly Readonly<Record<'percent' | 'lo' | 'hi', number>>[];
      readonly chance?: { readonly lo: number; readonly hi: number };
    }[];
    readonly pastErrors: readonly PastError[];
  }[];
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const years = (from: string, to: string): number => (dayNumber(to) - dayNumber(from)) / 365.25;
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const mean = (numbers: readonly number[]): number => total(numbers) / numbers.length;
const NOTHING: Point = { day: '1970-01-01', value: Number.NaN };
const lastOf = (points: readonly Point[]): Point => points.at(-1) ?? NOTHING;

/** A transformation and its inverse, for logarithms or log-odds of percentages. */
interface Transformation {
  readonly to: (value: number) => number;
  readonly back: (z: number) => number;
}
const SCALES: Readonly<Record<string, Transformation>> = {
  logarithms: { to: Math.log, back: (z) => Math.exp(Math.min(700, z)) },
  'log-odds': {
    to: (p) => {
      const inside = Math.max(1e-9, Math.min(100 - 1e-9, p));
      return Math.log(inside) - Math.log(100 - inside);
    },
    back: (z) => 100 / (1 + Math.exp(-z)),
  },
};

function slopeOf(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  return (
    total(x.map((each, i) => (each - mx) * ((y[i] ?? 0) - my))) / total(x.map((each) => (each - mx) ** 2))
  );
}

function curve(points: readonly Point[], day: string, { to, back }: Transformation): number {
  const start = points[0]?.day ?? '';
  const slope = slopeOf(
    points.map((point) => years(start, point.day)),
    points.map((point) => to(point.value)),
  );
  const last = lastOf(points);
  return back(to(last.value) + slope * years(last.day, day));
}

/**
 * The points' values, the gaps between them in units of the median gap, and the distance of a day from the
 * last point.
 */
function inSteps(points: readonly Point[], day: string) {
  const gaps = points.slice(1).map((point, i) => dayNumber(point.day) - dayNumber(points[i]?.day ?? ''));
  const unit = [...gaps].sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 1;
  return {
    z: points.map(({ value }) => value),
    gaps: gaps.map((gap) => gap / unit),
    far: (dayNumber(day) - dayNumber(lastOf(points).day)) / unit,
  };
}

const fading = (phi: number, k: number): number => (phi === 1 ? k : (phi * (1 - phi ** k)) / (1 - phi));

interface Smoothing {
  readonly squares: number;
  readonly says: number;
}

/** Level and trend for the given weights, and the value that they forecast `far` steps ahead. */
function holt(
  { z, gaps, far }: ReturnType<typeof inSteps>,
  [alpha, beta, phi]: readonly [number, number, number],
): Smoothing {
  let level = z[1] ?? 0;
  let trend = (level - (z[0] ?? 0)) / (gaps[0] ?? 1);
  let squares = 0;
  for (let i = 2; i < z.length; i++) {
    const k = gaps[i - 1] ?? 1;
    const expected = level + trend * fading(phi, k);
    const value = z[i] ?? 0;
    squares += (value - expected) ** 2;
    const next = alpha * value + (1 - alpha) * expected;
    trend = (beta * (next - level)) / k + (1 - beta) * phi ** k * trend;
    level = next;
  }
  return { squares, says: level + trend * fading(phi, far) };
}

const ALPHAS = [0.2, 0.4, 0.6, 0.8, 1];
const BETAS = [0.1, 0.2, 0.4, 0.6, 0.8];
const least = (runs: readonly Smoothing[]): Smoothing =>
  runs.reduce((best, each) => (each.squares < best.squares ? each : best));

function trended(series: ReturnType<typeof inSteps>, phis: readonly number[]): Smoothing {
  return least(
    ALPHAS.flatMap((alpha) => BETAS.flatMap((beta) => phis.map((phi) => holt(series, [alpha, beta, phi])))),
  );
}
const FADING = [0.8, 0.86, 0.92, 0.98];

function levelOnly({ z, gaps }: ReturnType<typeof inSteps>): Smoothing {
  return least(
    ALPHAS.map((alpha) => {
      let level = z[0] ?? 0;
      let squares = 0;
      for (let i = 1; i < z.length; i++) {
        const off = (z[i] ?? 0) - level;
        if (i > 1) squares += off ** 2;
        level += (1 - (1 - alpha) ** (gaps[i - 1] ?? 1)) * off;
      }
      return { squares, says: level };
    }),
  );
}

function ets(series: ReturnType<typeof inSteps>): number {
  const n = series.z.length - 2;
  const models = [
    { p: 2, ...levelOnly(series) },
    { p: 4, ...trended(series, [1]) },
    { p: 5, ...trended(series, FADING) },
  ].flatMap(({ p, squares, says }) =>
    n - p - 1 > 0
      ? [
          {
            says,
            aicc: n * Math.log(Math.max(squares, 1e-18) / n) + 2 * p + (2 * p * (p + 1)) / (n - p - 1),
          },
        ]
      : [],
  );
  return models.reduce((best, each) => (each.aicc < best.aicc ? each : best)).says;
}

function theta(points: readonly Point[], series: ReturnType<typeof inSteps>): number {
  const { z, gaps, far } = series;
  let at = 0;
  const x = points.map((_, i) => (i === 0 ? 0 : (at += gaps[i - 1] ?? 0)));
  const drift = slopeOf(x, z) / 2;
  const runs = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((alpha): Smoothing => {
    let level = z[0] ?? 0;
    let squares = 0;
    for (let i = 1; i < z.length; i++) {
      const k = gaps[i - 1] ?? 1;
      const off = (z[i] ?? 0) - (level + drift * k);
      squares += off ** 2;
      level += drift * k + (1 - (1 - alpha) ** k) * off;
    }
    return { squares, says: level + drift * far };
  });
  return least(runs).says;
}

/** The forecast of a method in original units; methods on a scale transform and transform back. */
function forecast(
  method: string,
  points: readonly Point[],
  day: string,
  { to, back }: Transformation,
  ceiling: number,
): number {
  const there = points.map((point) => ({ day: point.day, value: to(point.value) }));
  const [first, last] = [there[0] ?? NOTHING, lastOf(there)];
  switch (method) {
    case 'persistence':
      return back(last.value);
    case 'drift':
      return back(
        last.value + ((last.value - first.value) / years(first.day, last.day)) * years(last.day, day),
      );
    case 'damped-trend':
      return back(trended(inSteps(there, day), FADING).says);
    case 'theta':
      return back(theta(there, inSteps(there, day)));
    case 'ets':
      return back(ets(inSteps(there, day)));
    case 'logistic':
      return curve(points, day, {
        to: (v) => Math.log(v / (ceiling - v)),
        back: (z) => ceiling / (1 + Math.exp(-z)),
      });
    case 'gompertz':
      return curve(points, day, {
        to: (v) => -Math.log(-Math.log(v / ceiling)),
        back: (z) => ceiling * Math.exp(-Math.exp(-z)),
      });
    default:
      throw new Error(`no formula is known for ${method}`);
  }
}

/**
 * For each origin, the error closest to `far` ahead, at most a quarter off, in the order in which they came
 * due.
 */
function ahead(errors: readonly PastError[], far: number): PastError[] {
  const off = ({ yearsAhead }: PastError) => Math.abs(yearsAhead - far);
  return [...new Set(errors.map(({ at }) => at))]
    .flatMap((origin) => {
      const near = errors.filter((each) => each.at === origin && off(each) <= 0.25 * far);
      const [first, ...rest] = near;
      return first ? [rest.reduce((best, each) => (off(each) < off(best) ? each : best), first)] : [];
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function apart(errors: readonly PastError[]): number {
  let [count, until] = [0, ''];
  for (const { from, day } of errors) if (from >= until) [count, until] = [count + 1, day];
  return count;
}

/**
 * The bounds that exclude the share `tail` on each side. They count as draws twice as many as the
 * non-overlapping errors.
 */
function bounds(errors: readonly PastError[], tail: number): [number, number] {
  const sorted = errors.map(({ error }) => error).sort((a, b) => a - b);
  const n = sorted.length;
  const draws = Math.min(n, 2 * apart(errors));
  const rank = (n * (tail * (draws + 1) - 0.5)) / draws + 0.5;
  const at = (wanted: number): number => {
    const r = Math.min(Math.max(wanted, 1), n);
    const lo = sorted[Math.floor(r) - 1] ?? Number.NaN;
    return lo + (r - Math.floor(r)) * ((sorted[Math.floor(r)] ?? lo) - lo);
  };
  return [at(rank), at(n + 1 - rank)];
}

/** Half of the share outside the level, adjusted by three tenths for each past band's miss or hit. */
function tailOf(
  past: readonly { readonly error: PastError; readonly held: boolean }[],
  level: number,
): number {
  const moved = total(past.map(({ held }) => 0.3 * (1 - level - (held ? 0 : 1))));
  return Math.min(1, Math.max(0, 1 - level + moved)) / 2;
}

function bandRecord(errors: readonly PastError[], level: number) {
  const past: { error: PastError; held: boolean }[] = [];
  for (const error of errors) {
    const before = errors.filter(({ day }) => day <= error.from);
    if (before.length < 9 || ((1 - level) / 2) * (apart(before) + 1) < 1 - 1e-9) continue;
    const known = past.filter((band) => band.error.day <= error.from);
    const [lo, hi] = bounds(before, tailOf(known, level));
    past.push({ error, held: lo - 1e-9 <= error.error && error.error <= hi + 1e-9 });
  }
  return past;
}

/**
 * Mean |x − outcome| minus half of the mean |x − x′|, where x is the forecast shifted by each error that had
 * come due.
 */
function crpsOf(error: PastError, errors: readonly PastError[], { to, back }: Transformation): number[] {
  const before = errors.filter(({ day }) => day <= error.from);
  if (before.length < 9) return [];
  const spread = before.map((each) => back(to(error.forecast) + each.error));
  const between = spread.flatMap((x) => spread.map((other) => Math.abs(x - other)));
  return [mean(spread.map((x) => Math.abs(x - error.outcome))) - mean(between) / 2];
}

/** Every number of the answer, compared with the one recomputed from its points and origins. */
export function recomputedForecast(answer: ForecastJson): Check[] {
  const checks: Check[] = [];
  const check = (what: string, told: Check['told'], again: Check['recomputed']) =>
    checks.push({ what, told, recomputed: again });
  const { points, origins, methods, threshold, ceiling } = answer;
  const scale = SCALES[answer.scale];
  if (!scale) throw new Error(`no scale is known as ${answer.scale}`);
  const say = (method: string, from: readonly Point[], day: string) =>
    forecast(method, from, day, scale, ceiling?.value ?? Number.NaN);
  for (const { day, value, lo, hi } of points) check(`point ${day}`, value, (lo + hi) / 2);
  for (const origin of origins) {
    const moves = origin.points
      .slice(1)
      .map(({ value }, i) => Math.abs(value - (origin.points[i]?.value ?? Number.NaN)));
    check(`change at ${origin.newest}`, origin.meanChange, mean(moves));
    for (const { day, value, yearsAhead } of origin.outcomes) {
      check(`outcome ${day}`, value, points.find((point) => point.day === day)?.value);
      check(`years from ${origin.newest} to ${day}`, yearsAhead, years(origin.newest, day));
    }
  }
  const errorsByMethod = new Map<string, PastError[]>();
  for (const { method, pastErrors } of methods) {
    const again = pastErrors.map((error) => {
      const origin = origins.find(({ at }) => at === error.at);
      const outcome = origin?.outcomes.find(({ day }) => day === error.day)?.value ?? Number.NaN;
      const said = say(method, origin?.points ?? [], error.day);
      const off = scale.to(outcome) - scale.to(said);
      const name = `${method} at ${error.from} of ${error.day}`;
      check(name, error.forecast, said);
      check(`${name}: outcome`, error.outcome, outcome);
      check(`${name}: error`, error.error, off);
      const change = origin?.meanChange ?? Number.NaN;
      if (change > 0) check(`${name}: scaled`, error.scaledError, Math.abs(outcome - said) / change);
      return { ...error, error: off, forecast: said };
    });
    errorsByMethod.set(method, again);
  }
  const meanAt = (method: string, moment: string) =>
    mean(
      (errorsByMethod.get(method) ?? [])
        .filter(({ at }) => at === moment)
        .map(({ error }) => Math.abs(error)),
    );
  for (const { method, score, values } of methods) {
    const errors = errorsByMethod.get(method) ?? [];
    const judged = [...new Set(errors.map(({ at }) => at))];
    if (score) {
      const [own = [], naive = []] = [method, 'persistence'].map((of) => judged.map((at) => meanAt(of, at)));
      const nearer = own.filter((each, i) => each < (naive[i] ?? 0)).length;
      check(`${method} origins`, score.origins, judged.length);
      check(`${method} mean error`, score.meanError, mean(own));
      check(`${method} persistence`, score.persistence, mean(naive));
      check(`${method} nearer`, score.nearer, nearer);
      const beats = judged.length >= 9 && mean(own) < 0.9 * mean(naive) && nearer > judged.length / 2;
      check(`${method} beats persistence`, Number(score.beatsPersistence), Number(beats));
    }
    for (const { on, yearsAhead, value, bands, chance, accuracy, ...counts } of values) {
      const name = `${method} on ${on}`;
      const far = years(lastOf(points).day, on);
      const said = say(method, points, on);
      check(`${name} years`, yearsAhead, far);
      check(name, value, said);
      const alike = ahead(errors, far);
      check(`${name} errors`, counts.errors, alike.length);
      check(`${name} independent`, counts.independent, apart(alike));
      const scaled = alike.flatMap(({ scaledError }) => scaledError ?? []);
      if (scaled.length > 0) check(`${name} MASE`, accuracy.mase, mean(scaled));
      const scores = alike.flatMap((error) => crpsOf(error, alike, scale));
      check(`${name} CRPS of`, accuracy.crpsScored, scores.length);
      if (scores.length > 0) check(`${name} CRPS`, accuracy.crps, mean(scores));
      for (const { percent, given, held } of accuracy.coverage) {
        const past = bandRecord(alike, percent / 100);
        check(`${name} ${percent} given`, given, past.length);
        check(`${name} ${percent} held`, held, past.filter((band) => band.held).length);
      }
      for (const { percent, lo, hi } of bands) {
        const past = bandRecord(alike, percent / 100);
        const [low, high] = bounds(alike, tailOf(past, percent / 100));
        check(`${name} ${percent} lo`, lo, scale.back(scale.to(said) + low));
        check(`${name} ${percent} hi`, hi, scale.back(scale.to(said) + high));
      }
      if (!chance || threshold === undefined) continue;
      const reach = alike.filter(({ error }) => scale.to(said) + error >= scale.to(threshold)).length;
      const expected = (reach / alike.length) * apart(alike);
      check(`${name} chance lo`, chance.lo, expected / (apart(alike) + 1));
      check(`${name} chance hi`, chance.hi, (expected + 1) / (apart(alike) + 1));
    }
  }
  return checks;
}
