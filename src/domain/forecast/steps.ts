import { dayNumber } from '../ledger/edtf.js';
import type { DatedValue } from './method.js';

/** The distances between the points of a series, in steps of the median distance. */
export interface PointSteps {
  readonly stepDays: number;
  /** From each point to the next. */
  readonly steps: readonly number[];
}

export function stepsOf(points: readonly DatedValue[]): PointSteps {
  const numbers = points.map(({ day }) => dayNumber(day));
  const days = numbers.slice(1).map((number, index) => number - (numbers[index] ?? number));
  const sorted = [...days].sort((a, b) => a - b);
  const stepDays = sorted[Math.floor((sorted.length - 1) / 2)] ?? 1;
  return { stepDays, steps: days.map((each) => each / stepDays) };
}
