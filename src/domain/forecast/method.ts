import type { Day } from '../ledger/edtf.js';

/** A value on a day: a twelve-month flow or share by its last day, a level by the day that it was reported for. */
export interface DatedValue {
  readonly day: Day;
  readonly value: number;
}

export type MethodName = 'persistence' | 'drift' | 'damped-trend' | 'theta' | 'ets' | 'logistic' | 'gompertz';

/** What a method makes of a series: a value for any later day, or why it says nothing. */
export type Fit =
  | {
      readonly applies: true;
      /** What was fitted, by name, so that anybody can work the values out again. */
      readonly parameters: Readonly<Record<string, number>>;
      readonly at: (day: Day) => number;
    }
  | { readonly applies: false; readonly reason: string };

/** A way to go on from a series. Pure: the same points and ceiling give the same values. */
export interface ForecastMethod {
  readonly name: MethodName;
  /** Goes up with every change that gives another number for the same points. */
  readonly version: number;
  readonly formula: string;
  readonly source: string;
  /** Whether it goes on in logarithms or log-odds; a growth curve has its own scale, and goes on in units. */
  readonly isScaled: boolean;
  /** Points are in order, on different days, two or more; on the scale of the series where the method is. */
  readonly fit: (points: readonly DatedValue[], ceiling: number | undefined) => Fit;
}

/** The first and the last of a series, which has two points or more. */
export function endsOf(points: readonly DatedValue[]): { first: DatedValue; last: DatedValue } {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) throw new RangeError('a method needs two points');
  return { first, last };
}
