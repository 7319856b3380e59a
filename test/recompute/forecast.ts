import type { Check } from './progress.js';

/** Works out every number of a forecast again from the points and origins that it carries, with no code of the tracker. */

interface Point {
  readonly day: string;
  readonly value: number;
}
interface PastError {
  readonly knownOn: string;
  readonly from: string;
  readonly day: string;
  readonly yearsAhead: number;
  readonly forecast: number;
  readonly error: number;
}
export interface ForecastJson {
  readonly status: string;
  readonly unit: string;
  readonly threshold: number;
  readonly ceiling?: { readonly value: number };
  readonly points: readonly (Point & { readonly lo: number; readonly hi: number })[];
  readonly changePerYear: number;
  readonly origins: readonly {
    readonly knownOn: string;
    readonly newest: string;
    readonly points: readonly Point[];
    readonly changePerYear: number;
    readonly outcomes: readonly (Point & { readonly yearsAhead: number })[];
  }[];
  readonly methods: readonly {
    readonly method: string;
    readonly inapplicable?: string;
    readonly score?: Readonly<Record<'origins' | 'meanError' | 'persistence' | 'nearer', number>>;
    readonly values: readonly {
      readonly on: string;
      readonly yearsAhead: number;
      readonly value: number;
      readonly errors: number;
      readonly independent: number;
      readonly bands: readonly Readonly<Record<'percent' | 'lo' | 'hi' | 'given' | 'held', number>>[];
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

/** Mean absolute change a year of the newest eight. */
function change(points: readonly Point[]): number {
  const newest = points.slice(-8);
  if (newest.length < 2) return 0;
  const moves = newest.slice(1).map(({ value }, i) => Math.abs(value - (newest[i]?.value ?? value)));
  return total(moves) / years((newest[0] ?? NOTHING).day, lastOf(newest).day);
}

function curve(
  points: readonly Point[],
  day: string,
  to: (p: number) => number,
  back: (z: number) => number,
) {
  const start = points[0]?.day ?? '';
  const x = points.map((point) => years(start, point.day));
  const y = points.map((point) => to(point.value));
  const slope =
    total(x.map((each, i) => (each - mean(x)) * ((y[i] ?? 0) - mean(y)))) /
    total(x.map((each) => (each - mean(x)) ** 2));
  const last = lastOf(points);
  return back(to(last.value) + slope * years(last.day, day));
}

function damped(points: readonly Point[], day: string): number {
  const gaps = points.slice(1).map((point, i) => dayNumber(point.day) - dayNumber(points[i]?.day ?? ''));
  const unit = [...gaps].sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 1;
  const fading = (phi: number, k: number) => (phi * (1 - phi ** k)) / (1 - phi);
  let least = Number.POSITIVE_INFINITY;
  let found = Number.NaN;
  for (const alpha of [0.2, 0.4, 0.6, 0.8, 1])
    for (const beta of [0.1, 0.2, 0.4, 0.6, 0.8])
      for (const phi of [0.8, 0.86, 0.92, 0.98]) {
        let level = points[1]?.value ?? 0;
        let trend = (level - (points[0]?.value ?? 0)) / ((gaps[0] ?? 1) / unit);
        let squares = 0;
        for (let i = 2; i < points.length; i++) {
          const k = (gaps[i - 1] ?? 1) / unit;
          const expected = level + trend * fading(phi, k);
          const value = points[i]?.value ?? 0;
          squares += (value - expected) ** 2;
          const next = alpha * value + (1 - alpha) * expected;
          trend = (beta * (next - level)) / k + (1 - beta) * phi ** k * trend;
          level = next;
        }
        if (squares >= least) continue;
        least = squares;
        found = level + trend * fading(phi, (dayNumber(day) - dayNumber(lastOf(points).day)) / unit);
      }
  return found;
}

function forecast(method: string, points: readonly Point[], day: string, ceiling: number): number {
  const [first, last] = [points[0] ?? NOTHING, lastOf(points)];
  switch (method) {
    case 'persistence':
      return last.value;
    case 'drift':
      return last.value + ((last.value - first.value) / years(first.day, last.day)) * years(last.day, day);
    case 'damped-trend':
      return damped(points, day);
    case 'logistic':
      return curve(
        points,
        day,
        (v) => Math.log(v / (ceiling - v)),
        (z) => ceiling / (1 + Math.exp(-z)),
      );
    case 'gompertz':
      return curve(
        points,
        day,
        (v) => -Math.log(-Math.log(v / ceiling)),
        (z) => ceiling * Math.exp(-Math.exp(-z)),
      );
    default:
      throw new Error(`no formula is known for ${method}`);
  }
}

/** Of each origin the error nearest to so far ahead, up to a quarter off. */
function ahead(errors: readonly PastError[], far: number): PastError[] {
  const off = ({ yearsAhead }: PastError) => Math.abs(yearsAhead - far);
  return [...new Set(errors.map(({ knownOn }) => knownOn))].flatMap((origin) => {
    const near = errors.filter((each) => each.knownOn === origin && off(each) <= 0.25 * far);
    const [first, ...rest] = near;
    return first ? [rest.reduce((best, each) => (off(each) < off(best) ? each : best), first)] : [];
  });
}

function apart(errors: readonly PastError[]): number {
  let [count, until] = [0, ''];
  for (const { from, day } of [...errors].sort((a, b) => (a.day < b.day ? -1 : 1)))
    if (from >= until) [count, until] = [count + 1, day];
  return count;
}

function rank(sorted: readonly number[], p: number): number {
  const at = Math.min(Math.max(p * (sorted.length + 1), 1), sorted.length);
  const lo = sorted[Math.floor(at) - 1] ?? Number.NaN;
  return lo + (at - Math.floor(at)) * ((sorted[Math.floor(at)] ?? lo) - lo);
}

/** Half of what the level leaves out, moved by a tenth of each past band's miss or hold. */
function tailOf(
  past: readonly { readonly error: PastError; readonly held: boolean }[],
  level: number,
): number {
  const moved = total(past.map(({ held }) => 0.1 * (1 - level - (held ? 0 : 1))));
  return Math.min(1, Math.max(0, 1 - level + moved)) / 2;
}

function bandRecord(errors: readonly PastError[], level: number) {
  const past: { error: PastError; held: boolean }[] = [];
  for (const error of errors) {
    const before = errors.filter(({ day }) => day <= error.from);
    if (before.length < 9 || ((1 - level) / 2) * (apart(before) + 1) < 1 - 1e-9) continue;
    const known = past.filter((band) => band.error.day <= error.from);
    const sorted = before.map((each) => each.error).sort((a, b) => a - b);
    const tail = tailOf(known, level);
    const held = rank(sorted, tail) <= error.error && error.error <= rank(sorted, 1 - tail);
    past.push({ error, held });
  }
  return past;
}

/** Every number of the answer beside what its points and origins give. */
export function recomputedForecast(answer: ForecastJson): Check[] {
  const checks: Check[] = [];
  const check = (what: string, told: Check['told'], again: Check['recomputed']) =>
    checks.push({ what, told, recomputed: again });
  const { points, origins, methods, threshold, unit, ceiling } = answer;
  const most = unit === 'percent' ? 100 : Number.MAX_VALUE;
  const within = (value: number) => Math.max(0, Math.min(most, value));
  const say = (method: string, from: readonly Point[], day: string) =>
    within(forecast(method, from, day, ceiling?.value ?? Number.NaN));
  for (const { day, value, lo, hi } of points) check(`point ${day}`, value, (lo + hi) / 2);
  check('change', answer.changePerYear, change(points));
  for (const origin of origins) {
    check(`change at ${origin.newest}`, origin.changePerYear, change(origin.points));
    for (const { day, value, yearsAhead } of origin.outcomes) {
      check(`outcome ${day}`, value, points.find((point) => point.day === day)?.value);
      check(`years from ${origin.newest} to ${day}`, yearsAhead, years(origin.newest, day));
    }
  }
  const errorsByMethod = new Map<string, PastError[]>();
  for (const { method, pastErrors } of methods) {
    const again = pastErrors.map((error) => {
      const origin = origins.find(({ knownOn }) => knownOn === error.knownOn);
      const outcome = origin?.outcomes.find(({ day }) => day === error.day);
      const said = say(method, origin?.points ?? [], error.day);
      const off = ((outcome?.value ?? Number.NaN) - said) / (origin?.changePerYear ?? Number.NaN);
      check(`${method} at ${error.from} of ${error.day}`, error.forecast, said);
      check(`${method} error at ${error.from} of ${error.day}`, error.error, off);
      return { ...error, error: off };
    });
    errorsByMethod.set(method, again);
  }
  const meanAt = (method: string, knownOn: string) =>
    mean(
      (errorsByMethod.get(method) ?? [])
        .filter((error) => error.knownOn === knownOn)
        .map(({ error }) => Math.abs(error)),
    );
  for (const { method, score, values } of methods) {
    const errors = errorsByMethod.get(method) ?? [];
    const judged = [...new Set(errors.map(({ knownOn }) => knownOn))];
    if (score) {
      const [own, naive] = [method, 'persistence'].map((of) => judged.map((each) => meanAt(of, each)));
      check(`${method} origins`, score.origins, judged.length);
      check(`${method} mean error`, score.meanError, mean(own ?? []));
      check(`${method} persistence`, score.persistence, mean(naive ?? []));
      check(`${method} nearer`, score.nearer, own?.filter((each, i) => each < (naive?.[i] ?? 0)).length);
    }
    for (const { on, yearsAhead, value, bands, chance, ...counts } of values) {
      const name = `${method} on ${on}`;
      const far = years(lastOf(points).day, on);
      const said = say(method, points, on);
      check(`${name} years`, yearsAhead, far);
      check(name, value, said);
      const alike = ahead(errors, far);
      const sorted = alike.map(({ error }) => error).sort((a, b) => a - b);
      check(`${name} errors`, counts.errors, alike.length);
      check(`${name} independent`, counts.independent, apart(alike));
      const inTime = [...alike].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
      for (const { percent, lo, hi, given, held } of bands) {
        const past = bandRecord(inTime, percent / 100);
        const tail = tailOf(past, percent / 100);
        check(`${name} ${percent} given`, given, past.length);
        check(`${name} ${percent} held`, held, past.filter((band) => band.held).length);
        check(`${name} ${percent} lo`, lo, within(said + rank(sorted, tail) * change(points)));
        check(`${name} ${percent} hi`, hi, within(said + rank(sorted, 1 - tail) * change(points)));
      }
      if (!chance) continue;
      const reach = sorted.filter((error) => said + error * change(points) >= threshold).length;
      const expected = (reach / sorted.length) * apart(alike);
      check(`${name} chance lo`, chance.lo, expected / (apart(alike) + 1));
      check(`${name} chance hi`, chance.hi, (expected + 1) / (apart(alike) + 1));
    }
  }
  return checks;
}
