import { dividedBy, minus, scaled, type Bounds } from '../measures/bounds.js';
import type { FlowBounds, FlowModel } from '../measures/flows.js';
import { addDays, addMonths, addYears, type Day } from '../ledger/edtf.js';
import { daysIn, monthsLeft } from './goal-days.js';
import { bandsOf, type BandRange } from './status.js';
import type { Threshold } from './threshold.js';

/** The pace of an amount. 1 is just enough. */
export interface AmountPace extends Bounds {
  readonly middle: number;
  /** Absent until two months are known: the first month says little about a year. */
  readonly bands?: BandRange;
  /**
   * `season-adjusted`: Γ = (Y · P₋) / (Y₋ · R), which compares the rest that is needed with the same part of
   * the year before, so that the season cancels out. `straight-line`: λ = (Y / T) / (fraction of time
   * elapsed), if no earlier year is known; it ignores the season.
   */
  readonly method: 'season-adjusted' | 'straight-line';
  /** Y₋, the same days a year earlier, and P₋, the rest of that year. */
  readonly before?: { readonly same: AmountOfDays; readonly rest: AmountOfDays };
}

/** The units of a range of days, with the sums that prove their bounds. */
export interface AmountOfDays {
  readonly first: Day;
  readonly last: Day;
  readonly bounds: { readonly lo: number; readonly hi: number };
  readonly proof: FlowBounds['proof'];
}

/** The progress of an amount within its period. */
export interface AmountProgress {
  readonly first: Day;
  readonly last: Day;
  /** Y / T, in percent. */
  readonly percent: Bounds;
  /** The elapsed part of the period on the day of the value, in percent of its days. */
  readonly timeGone: number;
  /** T − Y; negative beyond the threshold. */
  readonly toGo: Bounds;
  readonly monthsLeft: number;
  /** T − Y per remaining month; absent in the last month and beyond the threshold. */
  readonly neededAMonth?: Bounds;
  /** The last three known months, and their monthly mean. */
  readonly lastThreeMonths?: AmountOfDays & { readonly aMonth: Bounds };
  readonly pace?: AmountPace;
}

/** The progress of an amount, from the first day of its period to the last covered one. */
export function amountProgress(
  model: FlowModel,
  period: { readonly first: Day; readonly last: Day },
  asOf: Day,
  amount: Bounds,
  threshold: Threshold,
): AmountProgress {
  const { least } = threshold;
  const toGo = minus(least, amount);
  const months = monthsLeft(asOf, period.last);
  const lastThree = knownDays(model, addMonths(addDays(asOf, 1), -3), asOf);
  const timeGone = (100 * daysIn({ first: period.first, last: asOf })) / daysIn(period);
  const pace = asOf < period.last ? paceOf(model, period, asOf, amount, toGo, least, timeGone) : undefined;
  return {
    first: period.first,
    last: asOf,
    percent: scaled(dividedBy(amount, least), 100),
    timeGone,
    toGo,
    monthsLeft: months,
    ...(months >= 1 && toGo.lo > 0 && { neededAMonth: scaled(toGo, 1 / months) }),
    ...(lastThree && { lastThreeMonths: { ...lastThree, aMonth: scaled(lastThree.bounds, 1 / 3) } }),
    ...(pace && { pace }),
  };
}

function paceOf(
  model: FlowModel,
  period: { readonly first: Day; readonly last: Day },
  asOf: Day,
  amount: Bounds,
  toGo: Bounds,
  least: Bounds,
  timeGone: number,
): AmountPace {
  const bands = (ratio: Bounds) =>
    asOf >= addDays(addMonths(period.first, 2), -1) ? { bands: bandsOf(ratio) } : {};
  // If the threshold may already be reached, nothing certain remains to compare with the rest of a year.
  const before = toGo.lo > 0 ? yearBefore(model, period, asOf) : undefined;
  if (before) {
    const [same, rest] = [before.same.bounds, before.rest.bounds];
    // Each end of Y is combined with its own rest, since Γ increases with Y.
    const lo = (amount.lo * rest.lo) / (same.hi * toGo.hi);
    const hi = (amount.hi * rest.hi) / (same.lo * toGo.lo);
    const [y, left] = [(amount.lo + amount.hi) / 2, (toGo.lo + toGo.hi) / 2];
    const middle = (y * (rest.lo + rest.hi)) / ((same.lo + same.hi) * left);
    return { lo, hi, middle, ...bands({ lo, hi }), method: 'season-adjusted', before };
  }
  const ratio = scaled(dividedBy(amount, least), 100 / timeGone);
  const middle = ((amount.lo + amount.hi) / (least.lo + least.hi)) * (100 / timeGone);
  return { ...ratio, middle, ...bands(ratio), method: 'straight-line' };
}

/** The same days a year earlier, and the rest of that year; undefined if either is unknown or zero. */
function yearBefore(
  model: FlowModel,
  period: { readonly first: Day; readonly last: Day },
  asOf: Day,
): AmountPace['before'] | undefined {
  if (period.last > addDays(addYears(period.first, 1), -1)) return undefined;
  const lastOfSame = addDays(addYears(addDays(asOf, 1), -1), -1);
  const same = knownDays(model, addYears(period.first, -1), lastOfSame);
  const rest = knownDays(model, addDays(lastOfSame, 1), addDays(addYears(addDays(period.last, 1), -1), -1));
  return same && rest && same.bounds.lo > 0 && rest.bounds.lo > 0 ? { same, rest } : undefined;
}

/** The units of a range of days; undefined if the reports do not cover it. */
function knownDays(model: FlowModel, first: Day, last: Day): AmountOfDays | undefined {
  if (!model.covers(first, last)) return undefined;
  const { lo, hi, proof } = model.bounds(first, last);
  return Number.isFinite(hi) ? { first, last, bounds: { lo, hi }, proof } : undefined;
}
