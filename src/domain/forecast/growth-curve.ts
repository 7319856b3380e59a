import { yearsBetween } from '../ledger/edtf.js';
import { leastSquaresSlope } from './least-squares.js';
import { endsOf, type DatedValue, type Fit } from './method.js';

/** A curve toward a ceiling that is a straight line in time after a transformation of value / ceiling. */
export interface GrowthCurve {
  /** Of value / ceiling, between 0 and 1. */
  readonly straighten: (portion: number) => number;
  readonly bend: (straight: number) => number;
}

/**
 * From the last point on along the curve, at the slope of the line through the straightened points with the least sum of
 * squares. The line itself lies above or below the last point as the series happened to lie about it, for many points in a
 * row: forecasts from it carry that error on. The ceiling is given, never fitted: early data cannot tell it. Without one, or
 * with points that no such curve goes through, it does not apply.
 */
export function fitCurve(
  { straighten, bend }: GrowthCurve,
  points: readonly DatedValue[],
  ceiling: number | undefined,
): Fit {
  if (ceiling === undefined)
    return { applies: false, reason: 'It needs a ceiling, and none was stated: ask with `ceiling`.' };
  const outside = points.find(({ value }) => !(value > 0 && value < ceiling));
  if (outside)
    return {
      applies: false,
      reason: `It stays between 0 and the ceiling of ${ceiling}, and the value of ${outside.day} is ${outside.value}.`,
    };
  const { first, last } = endsOf(points);
  const slopePerYear = leastSquaresSlope(
    points.map(({ day, value }) => ({ x: yearsBetween(first.day, day), y: straighten(value / ceiling) })),
  );
  const start = straighten(last.value / ceiling);
  return {
    applies: true,
    parameters: { ceiling, start, slopePerYear },
    at: (day) => ceiling * bend(start + slopePerYear * yearsBetween(last.day, day)),
  };
}
