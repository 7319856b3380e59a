import type { Progress } from '../../domain/goals/progress.js';
import { dayNumber } from '../../domain/ledger/edtf.js';
import { middle } from '../../domain/measures/bounds.js';

/**
 * The value that a goal requires by the day of its newest figure. For an amount: the threshold in proportion
 * to the time gone. For growth: the value on the path from its level when the goal was set. Undefined if that
 * level is unknown.
 */
export function expectedByNow({ amount, pace, terms, status }: Progress): number | undefined {
  if (['achieved', 'missed', 'withdrawn', 'met-when-set'].includes(status)) return undefined;
  if (amount) return (terms.threshold * amount.timeGone) / 100;
  const growth = pace?.sinceSet;
  if (!growth) return undefined;
  const { scale, before, from, to, by } = growth;
  const on = (value: number): number => (scale === 'log' ? Math.log(value) : Math.log(value / (100 - value)));
  const off = (place: number): number =>
    scale === 'log' ? Math.exp(place) : (100 * Math.exp(place)) / (1 + Math.exp(place));
  const gone = (dayNumber(to) - dayNumber(from)) / (dayNumber(by) - dayNumber(from));
  const start = on(middle(before));
  const expected = off(start + gone * (on(terms.threshold) - start));
  return Number.isFinite(expected) ? expected : undefined;
}
