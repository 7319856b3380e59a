import { recomputedAmount, type AmountJson } from './amounts.js';
import { bandRange, recomputedGrowth, type Bands, type GrowthJson } from './growth.js';

/**
 * Recomputes every number of a progress answer from the proof in the answer, without any code of the tracker.
 * Its inputs are plain JSON; its formulas are those in DESIGN and the docs.
 */

export interface Check {
  readonly what: string;
  readonly told: number | string | undefined;
  readonly recomputed: number | string | undefined;
}

interface Ends {
  readonly lo?: number;
  readonly hi?: number;
}
interface Term {
  readonly sign: number;
  readonly units: number;
  readonly end: 'lo' | 'hi';
  readonly derived?: {
    readonly percent: number;
    readonly isDivided: boolean;
    readonly proof: readonly Term[];
  };
}
interface Input {
  readonly name: string;
  readonly bounds: Ends;
  readonly proof?: { readonly lo: readonly Term[]; readonly hi: readonly Term[] };
}
interface Value extends Ends {
  readonly value: number;
  readonly last: string;
  readonly isProxy?: true;
  readonly formula: string;
  readonly inputs: readonly Input[];
}
interface Full {
  readonly lo: number;
  readonly hi: number;
}
interface Required {
  readonly by: string;
  readonly years: number;
  readonly perYear: Full;
  readonly logOddsPerYear?: Full;
  readonly ratio?: Full & { readonly middle: number; readonly bands: Bands };
}
/**
 * The least value that meets a goal of "about" a number of countable things: one unit of the last significant
 * digit less.
 */
function leastOf({ threshold, unit, qualifier }: ProgressJson['terms']): number {
  if (qualifier !== 'about' || unit === 'percent') return threshold;
  const digits = String(threshold);
  const padding = /0*$/.exec(digits)?.[0].length ?? 0;
  return threshold - 10 ** Math.min(padding, Math.max(0, digits.length - 2));
}

export interface ProgressJson {
  readonly on: string;
  readonly status: string;
  readonly terms: { readonly threshold: number; readonly unit: string; readonly qualifier?: string };
  readonly value?: Value;
  readonly gap?: Ends & { readonly value: number };
  readonly logged?: { readonly count: number; readonly notLogged?: number };
  readonly pace?: {
    readonly observed?: {
      readonly from: string;
      readonly to: string;
      readonly before: Full;
      readonly perYear: Full;
      readonly formula: string;
      readonly inputs: readonly Input[];
    };
    readonly toEarlyEnd?: Required;
    readonly toLateEnd?: Required;
    readonly lastYear?: GrowthJson;
    readonly sinceSet?: GrowthJson;
    readonly lastYearToEarlyEnd?: GrowthJson;
    readonly sinceSetToEarlyEnd?: GrowthJson;
  };
  readonly amount?: AmountJson;
  readonly bands?: Bands;
  readonly slip?: {
    readonly from: string;
    readonly to: string;
    readonly monthsMoved?: number;
    readonly monthsGone: number;
    readonly rate?: number;
  };
  readonly split?: {
    readonly points: number;
    readonly logOdds: number;
    readonly fromOverseas: Full & { readonly middle: number };
    readonly fromHome: Full & { readonly middle: number };
  };
  readonly calendarYears?: readonly Value[];
  readonly staleness?: { readonly newest: string; readonly ageInDays: number };
}

const days = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const years = (from: string, to: string): number => (days(to) - days(from)) / 365.25;
const middle = ({ lo, hi }: Full): number => (lo + hi) / 2;
const logit = (percent: number): number => Math.log(percent / (100 - percent));
const full = ({ lo = Number.NEGATIVE_INFINITY, hi = Number.POSITIVE_INFINITY }: Ends): Full => ({ lo, hi });
const shownEnd = (end: number): number | undefined => (Number.isFinite(end) ? end : undefined);

/** The units of a term: those of its report, or those derived from another period by a growth rate. */
function unitsOf({ units, end, derived }: Term): number {
  if (!derived) return units;
  const from = derived.proof.reduce((sum, term) => sum + term.sign * unitsOf(term), 0);
  const factor = 1 + derived.percent / 100;
  const value = derived.isDivided ? from / factor : from * factor;
  return end === 'lo' ? Math.ceil(value - 1e-9) : Math.floor(value + 1e-9);
}

/** lo = Σ sign × units of the reports. An input without a proof is a single report, used directly. */
function inputEnds({ bounds, proof }: Input): Full {
  if (!proof) return full(bounds);
  const total = (terms: readonly Term[]) => terms.reduce((sum, term) => sum + term.sign * unitsOf(term), 0);
  return {
    lo: total(proof.lo),
    hi: proof.hi.length === 0 ? Number.POSITIVE_INFINITY : total(proof.hi),
  };
}

/** The minimum or maximum of the means over all 2ⁿ combinations of the weights' ends. */
function meanOf(shares: readonly Full[], weights: readonly Full[], end: 'lo' | 'hi'): number {
  const means = Array.from({ length: 2 ** shares.length }, (_, way) => {
    const at = weights.map(({ lo, hi }, index) => (way & (2 ** index) ? hi : lo));
    const sum = at.reduce((all, weight) => all + weight, 0);
    return shares.reduce((all, share, index) => all + share[end] * (at[index] ?? 0), 0) / sum;
  });
  return end === 'lo' ? Math.min(...means) : Math.max(...means);
}

function valueOf(formula: string, inputs: readonly Input[]): Full {
  const ends = inputs.map(inputEnds);
  const [first = full({}), second] = ends;
  if (formula.endsWith('up to what is logged one by one by then'))
    return { lo: first.lo, hi: second?.lo ?? first.hi };
  if (formula.endsWith('overseas-sales-share of its parts'))
    return { lo: Math.min(...ends.map(({ lo }) => lo)), hi: Math.max(...ends.map(({ hi }) => hi)) };
  if (formula.endsWith('of its parts, weighted with total-units')) {
    const [shares, weights] = [ends.slice(0, ends.length / 2), ends.slice(ends.length / 2)];
    return { lo: meanOf(shares, weights, 'lo'), hi: meanOf(shares, weights, 'hi') };
  }
  if (!formula.startsWith('100 × ') || !second) return first;
  const overseas = { lo: Math.max(0, first.lo), hi: Math.min(first.hi, second.hi) };
  return { lo: (100 * overseas.lo) / second.hi, hi: Math.min(100, (100 * overseas.hi) / second.lo) };
}

/**
 * The only informative end of a value. The other end is trivial: no value is below 0 or, for a percentage,
 * above 100.
 */
function onlyKnownEnd({ lo, hi }: Full, unit: string): number | undefined {
  if (hi === Number.POSITIVE_INFINITY) return lo;
  if (lo === 0) return hi;
  return unit === 'percent' && hi === 100 && lo < 100 ? lo : undefined;
}

const quotients = (a: Full, b: Full): Full => {
  const all = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi];
  return { lo: Math.min(...all), hi: Math.max(...all) };
};

const BANDS = ['deteriorating', 'limited', 'acceleration-needed', 'on-track'];

/** Every number of the answer, compared with the one recomputed from its proof. */
export function recomputed(answer: ProgressJson): Check[] {
  const checks: Check[] = [];
  const check = (what: string, told: Check['told'], again: Check['recomputed']) =>
    checks.push({ what, told, recomputed: again });
  const ends = (what: string, told: Ends, again: Full) => {
    check(`${what}.lo`, told.lo, shownEnd(again.lo));
    check(`${what}.hi`, told.hi, shownEnd(again.hi));
  };
  const shown = (what: string, told: Value): Full => {
    for (const input of told.inputs) ends(`${what} input ${input.name}`, input.bounds, inputEnds(input));
    const bounds = valueOf(told.formula, told.inputs);
    ends(what, told, bounds);
    check(what, told.value, onlyKnownEnd(bounds, terms.unit) ?? middle(bounds));
    return bounds;
  };

  const { value, terms, gap, pace, split, on, amount, slip } = answer;
  for (const year of answer.calendarYears ?? []) shown('calendar year', year);
  if (answer.staleness) check('age', answer.staleness.ageInDays, days(on) - days(answer.staleness.newest));
  if (!value) return checks;
  const now = shown('value', value);
  const least = leastOf(terms);
  if (gap) {
    ends('gap', gap, { lo: terms.threshold - now.hi, hi: terms.threshold - now.lo });
    check('gap', gap.value, terms.threshold - value.value);
  }
  if (answer.logged?.notLogged !== undefined)
    check('not logged', answer.logged.notLogged, middle(now) - answer.logged.count);

  const observed = pace?.observed;
  let observedYearly: Full | undefined;
  if (observed) {
    const before = valueOf(observed.formula, observed.inputs);
    ends('before', observed.before, before);
    const span = years(observed.from, observed.to);
    observedYearly = { lo: (now.lo - before.hi) / span, hi: (now.hi - before.lo) / span };
    ends('observed', observed.perYear, observedYearly);
  }
  for (const [end, required] of [
    ['early', pace?.toEarlyEnd],
    ['late', pace?.toLateEnd],
  ] as const) {
    if (!required) continue;
    const span = years(value.last, required.by);
    check(`years to ${end} end`, required.years, span);
    const yearly = { lo: (least - now.hi) / span, hi: (least - now.lo) / span };
    ends(`required to ${end} end`, required.perYear, yearly);
    if (required.logOddsPerYear)
      ends(`log-odds to ${end} end`, required.logOddsPerYear, {
        lo: (logit(least) - logit(now.hi)) / span,
        hi: (logit(least) - logit(now.lo)) / span,
      });
    if (required.ratio && observedYearly) {
      ends(`ratio to ${end} end`, required.ratio, quotients(observedYearly, yearly));
      const ratio = middle(observedYearly) / middle(yearly);
      check(`ratio to ${end} end`, required.ratio.middle, ratio);
      const bands = bandRange(quotients(observedYearly, yearly));
      check(`lowest band to ${end} end`, required.ratio.bands.lowest, bands.lowest);
      check(`highest band to ${end} end`, required.ratio.bands.highest, bands.highest);
    }
  }
  const growth = [pace?.sinceSet, pace?.lastYear].flatMap((each) => (each ? [each] : []));
  for (const [name, each] of Object.entries({
    sinceSet: pace?.sinceSet,
    lastYear: pace?.lastYear,
    sinceSetToEarlyEnd: pace?.sinceSetToEarlyEnd,
    lastYearToEarlyEnd: pace?.lastYearToEarlyEnd,
  }))
    if (each) checks.push(...recomputedGrowth(name, name.startsWith('sinceSet'), each, now, least));
  if (amount) checks.push(...recomputedAmount(amount, now, terms.threshold));
  const bands = amount?.pace?.bands ? [amount.pace.bands] : growth.map((each) => bandRange(each));
  if (BANDS.includes(answer.status) || answer.status === 'between-bands') {
    const at = bands.flatMap(({ lowest, highest }) => [BANDS.indexOf(lowest), BANDS.indexOf(highest)]);
    const [low, high] = [Math.min(...at), Math.max(...at)];
    check('status', answer.status, low === high ? BANDS[low] : 'between-bands');
    if (low !== high)
      check('bands', `${answer.bands?.lowest} ${answer.bands?.highest}`, `${BANDS[low]} ${BANDS[high]}`);
  }
  if (slip) {
    const isYearsWide = [slip.from, slip.to].some((end) => {
      const [start = '', stop = start] = end.split('/');
      return start.slice(0, 4) !== stop.slice(0, 4);
    });
    const hasRate = slip.monthsGone >= 11.9 && !isYearsWide;
    check('slip', slip.rate, hasRate ? (slip.monthsMoved ?? NaN) / slip.monthsGone : undefined);
  }
  if (split && observed) {
    const [o1 = full({}), t1 = full({})] = value.inputs.map(inputEnds);
    const [o0 = full({}), t0 = full({})] = observed.inputs.map(inputEnds);
    const home = (o: Full, t: Full): Full => ({ lo: Math.max(0, t.lo - o.hi), hi: t.hi - o.lo });
    const [h0, h1] = [home(o0, t0), home(o1, t1)];
    const [abroad, atHome] = [Math.log(middle(o1) / middle(o0)), -Math.log(middle(h1) / middle(h0))];
    check('split from overseas', split.fromOverseas.middle, abroad);
    check('split from home', split.fromHome.middle, atHome);
    check('split', split.logOdds, abroad + atHome);
    ends('split from overseas', split.fromOverseas, {
      lo: Math.log(o1.lo / o0.hi),
      hi: Math.log(o1.hi / o0.lo),
    });
    ends('split from home', split.fromHome, { lo: -Math.log(h1.hi / h0.lo), hi: -Math.log(h1.lo / h0.hi) });
    const share = (o: Full, h: Full): number => (100 * middle(o)) / (middle(o) + middle(h));
    check('points', split.points, share(o1, h1) - share(o0, h0));
  }
  return checks;
}
