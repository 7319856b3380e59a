import { isFinite, middle } from '../measures/bounds.js';
import { MEASURES, perimeterKey } from '../measures/measures.js';
import type { Reading } from '../measures/readings.js';
import { addYears, dayNumber, type Day } from '../ledger/edtf.js';
import type { GoalContext, Pace } from './finding.js';
import { growthRatio, type GrowthRatio } from './growth.js';
import { isYearAhead, observedPace, paceRatio, requiredPace } from './pace.js';
import { spanOfBands, type BandRange } from './status.js';
import type { Threshold } from './threshold.js';

/**
 * The tolerance in days for a value a year earlier: figures of a level rarely fall on the same day each year.
 */
const NEAR_A_YEAR_DAYS = 46;

/** A figure counts as of about the day on which a goal was set if it is at most a year older. */
const MOST_DAYS_BEFORE_SET = 366;

/** The note if nothing shows the development since the goal was set. */
export const NONE_NEWER = 'No figure is newer than the goal: how it went since it was set is not known.';

/** A figure for a day by which the goal may not have been set says nothing about its progress. */
export const isNewerThanGoal = ({ said }: GoalContext, { last }: Reading): boolean => last > said.last;

/**
 * Observed and required pace, from the day of the value and in its perimeter: over the last year and since
 * the goal was set, to both ends of the deadline. If the value is no newer than the goal, there is no growth
 * since; growth that ended before the promise is no verdict on it. `history` must be oldest first and contain
 * the value.
 */
export function paceOf(
  context: GoalContext,
  history: readonly Reading[],
  value: Reading,
  threshold: Threshold,
  deadline: { readonly first: Day; readonly last: Day },
): Pace | undefined {
  if (!isFinite(value.bounds)) return undefined;
  const { terms, said } = context;
  const isShare = MEASURES[terms.measure].nature === 'share';
  const same = history.filter(
    (each) =>
      each.last < value.last &&
      isFinite(each.bounds) &&
      perimeterKey(each.perimeter) === perimeterKey(value.perimeter),
  );
  const yearEarlier = nearest(same, addYears(value.last, -1));
  const atSet = same.findLast(
    ({ last }) => last <= said.last && dayNumber(said.first) - dayNumber(last) <= MOST_DAYS_BEFORE_SET,
  );
  const seen = yearEarlier && observedPace(yearEarlier.bounds, yearEarlier.last, value.bounds, value.last);
  const observed = seen && { ...seen, reading: yearEarlier };
  const required = (by: Day) => {
    const pace = requiredPace(value.bounds, value.last, middle(threshold.least), by, isShare);
    const ratio = pace && observed && paceRatio(observed, pace);
    return pace && { ...pace, ...(ratio && { ratio }) };
  };
  const growth = (from: 'since-set' | 'last-year', by: Day): GrowthRatio | undefined => {
    const before = from === 'since-set' ? atSet : yearEarlier;
    if (!isNewerThanGoal(context, value)) return undefined;
    return (
      before &&
      growthRatio(
        from,
        { bounds: before.bounds, on: before.last },
        { bounds: value.bounds, on: value.last },
        threshold.least,
        by,
        isShare ? 'log-odds' : 'log',
      )
    );
  };
  const isWindow = deadline.first < deadline.last && deadline.first > value.last;
  const parts = {
    observed,
    toEarlyEnd: isWindow ? required(deadline.first) : undefined,
    toLateEnd: required(deadline.last),
    lastYear: growth('last-year', deadline.last),
    sinceSet: growth('since-set', deadline.last),
    lastYearToEarlyEnd:
      isWindow && isYearAhead(value.last, deadline.first) ? growth('last-year', deadline.first) : undefined,
    sinceSetToEarlyEnd: isWindow ? growth('since-set', deadline.first) : undefined,
  };
  const known = Object.entries(parts).filter(([, part]) => part !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** The bands of the two paces to the late end. */
export function bandsOfPace({ lastYear, sinceSet }: Pace): BandRange | undefined {
  const [first, ...rest] = [sinceSet, lastYear].flatMap((ratio) => (ratio ? [ratio.bands] : []));
  return first && spanOfBands(first, ...rest);
}

function nearest(history: readonly Reading[], day: Day): Reading | undefined {
  const off = ({ last }: Reading): number => Math.abs(dayNumber(last) - dayNumber(day));
  const [first, ...rest] = history;
  const best = first && rest.reduce((near, each) => (off(each) <= off(near) ? each : near), first);
  return best && off(best) <= NEAR_A_YEAR_DAYS ? best : undefined;
}
