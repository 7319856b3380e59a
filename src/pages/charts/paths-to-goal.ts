import { dayNumber } from '../../domain/ledger/edtf.js';
import type { Progress } from '../../domain/goals/progress.js';
import { isTwelveMonths } from '../../domain/measures/series.js';
import type { Status } from '../../domain/goals/status.js';
import type { PlotScales } from './plot.js';
import { markOf } from './point-mark.js';

const NOWHERE: readonly Status[] = ['achieved', 'met-when-set', 'withdrawn', 'not-comparable'];

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * The straight lines from the newest value that would still reach the goal, by the first and the last day of
 * its deadline. Empty if the goal is over, or if the value is not a point of the line.
 */
export function pathsToGoal(
  { x, y }: Pick<PlotScales, 'x' | 'y'>,
  { terms, deadline, value, amount, status }: Progress,
): (readonly [from: Place, to: Place])[] {
  // An amount of one period is not a point of the twelve-month line, so no path starts from it.
  if (!deadline || !value || amount || deadline.late <= value.last) return [];
  if (NOWHERE.includes(status)) return [];
  // The same applies to a value for part of a year.
  if (value.first !== value.last && !isTwelveMonths(value)) return [];
  const from = { x: x(dayNumber(value.last)), y: y(markOf(value, terms.unit).value) };
  const to = (day: string): Place => ({ x: x(dayNumber(day)), y: y(terms.threshold) });
  const late = [from, to(deadline.late)] as const;
  return deadline.early > value.last && deadline.early !== deadline.late
    ? [[from, to(deadline.early)], late]
    : [late];
}
