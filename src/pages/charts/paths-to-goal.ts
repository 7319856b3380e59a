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
 * The straight ways from the newest value to the goal that would still reach it: to the first and the last day that its deadline can
 * mean. None where the goal is over, or where no point of the line is measured by it.
 */
export function pathsToGoal(
  { x, y }: Pick<PlotScales, 'x' | 'y'>,
  { terms, deadline, value, amount, status }: Progress,
): (readonly [from: Place, to: Place])[] {
  // An amount of one period is no point of the line of twelve months, so no path leads from it.
  if (!deadline || !value || amount || deadline.late <= value.last) return [];
  if (NOWHERE.includes(status)) return [];
  // Nor does one from a part of a year.
  if (value.first !== value.last && !isTwelveMonths(value)) return [];
  const from = { x: x(dayNumber(value.last)), y: y(markOf(value, terms.unit).value) };
  const to = (day: string): Place => ({ x: x(dayNumber(day)), y: y(terms.threshold) });
  const late = [from, to(deadline.late)] as const;
  return deadline.early > value.last && deadline.early !== deadline.late
    ? [[from, to(deadline.early)], late]
    : [late];
}
