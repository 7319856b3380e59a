import { yearsBetween } from '../ledger/edtf.js';
import { leastSquaresSlope } from './least-squares.js';
import { endsOf, type DatedValue, type Fit } from './method.js';

/** A growth curve towards a ceiling. Transforming value / ceiling turns it into a straight line in time. */
export interface GrowthCurve {
  /** Takes value / ceiling, between 0 and 1. */
  readonly straighten: (portion: number) => number;
  readonly bend: (straight: number) => number;
}

/**
 * Continues from the last point along the curve, with the least-squares slope of the straightened points. It
 * does not start from the fitted line itself: that line may lie above or below many recent points in a row,
 * and the forecast would carry that error on. The ceiling is given, never fitted: early data cannot determine
 * it. The curve does not apply without a ceiling, or if a point is not between 0 and the ceiling.
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
