import type { Doubt } from './doubts.js';
import { addMonths, dayOf, daysOf, type Day } from './edtf.js';
import { isFarFrom } from './implausible-amounts.js';
import { latestReport } from './told-figures.js';
import { figureKey, type FigureReported } from '../events/figure-reported.js';
import type { TargetSet } from '../events/target-set.js';
import { dividedBy, scaled, type Bounds } from '../measures/bounds.js';
import { BASES, figureDays, MEASURES, perimeterOf, type Basis } from '../measures/measures.js';
import { shareBounds } from '../measures/printed-shares.js';
import { roundingBounds } from '../measures/rounding.js';
import { hasFlows } from '../state/figure-spans.js';
import type { FigureReport } from '../state/records.js';
import type { StreamState } from '../state/stream-state.js';

/**
 * A stated share may differ by this many points, or by this fraction, before confirmation is needed, because
 * sources count differently.
 */
const [POINTS_OFF, PART_OFF] = [2, 0.15];
/** The same limit in points for a growth rate. */
const GROWTH_POINTS_OFF = 5;
/** The longest period whose months are added up. */
const MOST_MONTHS = 60;
/** Equal figures from this size on are hardly a coincidence, unless they are round. */
export const LARGE = 1000;
/** A goal is compared with the results of up to this many years before. */
const YEARS_BACK = 3;

type Flow = {
  readonly [K in 'period' | 'entity' | 'vehicles' | 'countedBy' | 'basis' | 'market']?:
    FigureReported[K] | undefined;
};

/** Doubts a figure for days in the future. */
export function doubtsOfPeriod(data: FigureReported, recordedAt: string): Doubt[] {
  const { last } = figureDays(data);
  const today = dayOf(recordedAt);
  const field = data.period === undefined ? 'data.asOf' : 'data.period';
  const message = `ends on ${last}, which is to come: today is ${today}. Give the days that it covers, or record a plan as a goal`;
  return last > today ? [{ code: 'not-over-yet', field, message }] : [];
}

/**
 * Doubts a share that disagrees with the units of its period, and units that disagree with the stated share.
 */
export function doubtsOfShare(state: StreamState, data: FigureReported): Doubt[] {
  const { measure, market, basis } = data;
  if (data.period === undefined || market !== undefined) return [];
  if (measure === 'overseas-sales-share') {
    const told = claimOf(data, (report) => shareBounds(report, false));
    const found = told && firstOf(basesOf(data), (each) => quotient(state, { ...data, basis: each }));
    if (!found || !isOff(told, found)) return [];
    const message = `is ${amountOf(data)} %, and the figures of its own period come to ${inWords(found)} %`;
    return [{ code: 'far-off', field: fieldOf(data), message }];
  }
  if (measure !== 'overseas-units' && measure !== 'total-units') return [];
  const own = claimOf(data, (report) => roundingBounds({ ...report, approximate: false }));
  const share = firstOf([basis, undefined], (each) => {
    const record = state.record('figure', keyOf({ ...data, basis: each }, 'overseas-sales-share'));
    return record?.reports.last && shareBounds(record.reports.last, false);
  });
  if (!own || !share) return [];
  const other = unitsIn(state, data, measure === 'overseas-units' ? 'total-units' : 'overseas-units');
  if (!other) return [];
  const found = percentOf(
    ...(measure === 'overseas-units' ? ([own, other] as const) : ([other, own] as const)),
  );
  if (!found || !isOff(share, found)) return [];
  const message = `is ${amountOf(data)}, which makes a share of ${inWords(found)} %, where ${inWords(share)} % is told`;
  return [{ code: 'far-off', field: fieldOf(data), message }];
}

/** Doubts a growth rate that disagrees with the figures of its two periods. */
export function doubtsOfGrowth(state: StreamState, data: FigureReported): Doubt[] {
  const { growth, measure } = data;
  const now = claimOf(data, (report) => roundingBounds({ ...report, approximate: false }));
  const before =
    growth &&
    firstOf(basesOf(data), (basis) => unitsIn(state, { ...data, basis, period: growth.on }, measure));
  if (!growth || !now || !before || before.lo <= 0 || !Number.isFinite(now.hi)) return [];
  const { lo, hi } = dividedBy(now, before);
  const found = { lo: 100 * lo - 100, hi: 100 * hi - 100 };
  const slack = Math.max(GROWTH_POINTS_OFF, PART_OFF * (100 + Math.abs(found.lo)));
  if (gapBetween({ lo: growth.percent, hi: growth.percent }, found) <= slack) return [];
  const message = `is ${growth.percent}, and the figures of the two periods come to ${inWords(found)}`;
  return [{ code: 'far-off', field: 'data.growth.percent', message }];
}

/** Doubts a goal below a tenth of what was already reached. */
export function doubtsOfLowGoal(state: StreamState, terms: TargetSet, occurredOn: string): Doubt[] {
  const { measure, threshold, qualifier, period, relativeTo } = terms;
  if (MEASURES[measure].nature === 'share') return doubtsOfLowShare(state, terms, occurredOn);
  if (MEASURES[measure].nature !== 'flow' || relativeTo || !Number.isInteger(threshold)) return [];
  // A goal for a month or a quarter can be much smaller than a year, so it is not checked.
  if (period !== undefined && daysOf(period).last < addMonths(daysOf(period).first, 11)) return [];
  const { basis: own, ...scope } = perimeterOf(terms);
  const told = [own, ...basesOf({})].filter((basis) =>
    hasFlows(state.subjects.figure, { ...scope, measure, ...(basis && { basis }) }),
  );
  const year = Number(daysOf(occurredOn).last.slice(0, 4));
  for (let back = 0; back <= YEARS_BACK && told.length > 0; back++) {
    const period = String(year - back);
    const reached = firstOf(told, (basis) => unitsIn(state, { ...terms, basis, period }, measure))?.lo;
    if (reached === undefined) continue;
    const message = `is ${threshold}, less than a tenth of the ${reached.toLocaleString('en-GB')} of ${year - back}: write thousands out`;
    if (threshold < reached && isFarFrom(threshold, reached))
      return [{ code: 'far-off', field: 'data.threshold', message }];
    if (back === 0) continue;
    return threshold <= reached && qualifier !== 'up-to' ? [reachedAlready(threshold, reached, period)] : [];
  }
  return [];
}

/** Doubts a share that was reached in the newest year before the goal was announced. */
function doubtsOfLowShare(state: StreamState, terms: TargetSet, occurredOn: string): Doubt[] {
  const { threshold, qualifier } = terms;
  if (qualifier === 'up-to') return [];
  const year = Number(daysOf(occurredOn).last.slice(0, 4));
  for (let back = 1; back <= YEARS_BACK; back++) {
    const period = String(year - back);
    const told = latestReport(state, keyOf({ ...perimeterOf(terms), period }, terms.measure));
    if (told) return threshold <= told.value ? [reachedAlready(threshold, told.value, period)] : [];
  }
  return [];
}

/** A goal that promises no more than there was before it was announced. */
export const reachedAlready = (threshold: number, reached: number, when: string): Doubt => ({
  code: 'reached-already',
  field: 'data.threshold',
  message: `is ${threshold}, and ${reached.toLocaleString('en')} is told of ${when}, before the goal was announced`,
});

/**
 * The basis of a recorded figure with exactly the same value for the same days, if the given figure states no
 * basis: most likely it is the same figure.
 */
export function sameElsewhere(state: StreamState, data: FigureReported): Basis | undefined {
  const { measure, value, basis, period } = data;
  if (period === undefined || basis !== undefined || value === undefined) return undefined;
  if (value < LARGE || value % 100 === 0) return undefined;
  return BASES.find(
    (other) => latestReport(state, keyOf({ ...data, basis: other }, measure))?.value === value,
  );
}

/** The stated basis, or all bases: a figure without one may use any. */
const basesOf = ({ basis }: Flow): readonly (Basis | undefined)[] =>
  basis === undefined ? [undefined, ...BASES] : [basis];

/** The recorded value of a period: of the whole period, or the sum of all its months. */
function unitsIn(state: StreamState, figure: Flow, measure: FigureReported['measure']): Bounds | undefined {
  const whole = latestReport(state, keyOf(figure, measure));
  if (whole) return boundsOf(whole);
  const sum = { lo: 0, hi: 0 };
  for (const month of figure.period === undefined ? [] : monthsOf(figure.period)) {
    const report = latestReport(state, keyOf({ ...figure, period: month }, measure));
    if (!report) return undefined;
    const { lo, hi } = boundsOf(report);
    sum.lo += lo;
    sum.hi += hi;
  }
  return sum.hi > 0 ? sum : undefined;
}

/** The months of a period that consists of whole months, up to `MOST_MONTHS`; otherwise none. */
function* monthsOf(period: string): Generator<string> {
  const { first, last } = daysOf(period);
  const isWhole = first.endsWith('-01') && daysOf(last.slice(0, 7)).last === last;
  if (!isWhole || addMonths(first, MOST_MONTHS) <= last) return;
  for (let start: Day = first; start <= last; start = addMonths(start, 1)) yield start.slice(0, 7);
}

const keyOf = (figure: Flow, measure: FigureReported['measure']): string => {
  const { period, entity, vehicles, countedBy, basis, market } = figure;
  return figureKey({
    measure,
    ...(period !== undefined && { period }),
    ...(entity !== undefined && { entity }),
    ...(vehicles !== undefined && { vehicles }),
    ...(countedBy !== undefined && { countedBy }),
    ...(basis !== undefined && { basis }),
    ...(market !== undefined && { market }),
  });
};

const boundsOf = (report: FigureReport): Bounds => roundingBounds({ ...report, approximate: false });

function quotient(state: StreamState, figure: Flow): Bounds | undefined {
  const [overseas, total] = [unitsIn(state, figure, 'overseas-units'), unitsIn(state, figure, 'total-units')];
  return overseas && total && percentOf(overseas, total);
}

function percentOf(part: Bounds, whole: Bounds): Bounds | undefined {
  if (whole.lo <= 0 || !Number.isFinite(part.hi)) return undefined;
  return scaled(dividedBy(part, whole), 100);
}

/** The bounds of a figure's value; undefined if it only states a growth rate. */
function claimOf(data: FigureReported, bounds: (report: FigureReport) => Bounds): Bounds | undefined {
  const { value, from, to, qualifier, plusMinus } = data;
  const amount = value ?? (from !== undefined && to !== undefined ? (from + to) / 2 : undefined);
  if (amount === undefined) return undefined;
  return bounds({
    event: '',
    occurredOn: '',
    revision: 0,
    grade: 'reported',
    value: amount,
    ...(qualifier !== undefined && { qualifier }),
    ...(plusMinus !== undefined && { plusMinus }),
    ...(from !== undefined && to !== undefined && { from, to }),
  });
}

const gapBetween = (a: Bounds, b: Bounds): number => Math.max(a.lo - b.hi, b.lo - a.hi);
const isOff = (told: Bounds, found: Bounds): boolean =>
  gapBetween(told, found) > Math.max(POINTS_OFF, PART_OFF * found.lo);

function firstOf<T, R>(all: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

const fieldOf = ({ value }: FigureReported): string => (value === undefined ? 'data.from' : 'data.value');
const amountOf = ({ value, from, to }: FigureReported): string =>
  value === undefined ? `${from ?? 0} to ${to ?? 0}` : String(value);

/** Bounds rounded to a tenth; a single number if both ends are equal. */
function inWords({ lo, hi }: Bounds): string {
  const [low, high] = [lo, hi].map((end) => String(Math.round(end * 10) / 10));
  return low === high ? String(low) : `${String(low)} to ${String(high)}`;
}
