import type { Day } from '../ledger/edtf.js';

/** A dated value. A twelve-month flow or share is dated by its last day, a level by its day. */
export interface DatedValue {
  readonly day: Day;
  readonly value: number;
}

export type MethodName = 'persistence' | 'drift' | 'damped-trend' | 'theta' | 'ets' | 'logistic' | 'gompertz';

/** A fitted method: a value for any later day, or the reason why the method does not apply. */
export type Fit =
  | {
      readonly applies: true;
      /** The fitted parameters by name, so that anybody can reproduce the values. */
      readonly parameters: Readonly<Record<string, number>>;
      readonly at: (day: Day) => number;
    }
  | { readonly applies: false; readonly reason: string };

/** A method that extrapolates a series. Pure: the same points and ceiling give the same values. */
export interface ForecastMethod {
  readonly name: MethodName;
  /** Increased with every change that gives different numbers for the same points. */
  readonly version: number;
  readonly formula: string;
  readonly source: string;
  /**
   * True if the method works on logarithms or log-odds. Growth curves have their own scale and work in units.
   */
  readonly isScaled: boolean;
  /** Two or more points in order, on different days; on the series' scale if `isScaled`. */
  readonly fit: (points: readonly DatedValue[], ceiling: number | undefined) => Fit;
}

/** The first and last point of a series. Throws RangeError if it has fewer than two. */
export function endsOf(points: readonly DatedValue[]): { first: DatedValue; last: DatedValue } {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) throw new RangeError('a method needs two points');
  return { first, last };
}
