import { perimeterKey, type Unit } from '../../domain/measures/measures.js';
import { isTwelveMonths, type SeriesPoint } from '../../domain/measures/series.js';
import { markOf } from './point-mark.js';

/**
 * The points that the line joins: those with both bounds and the same perimeter as the newest, over twelve
 * months or on one day. "More than 50" and disputed values are not part of a trend.
 */
export function lineOf(points: readonly SeriesPoint[], unit: Unit): readonly SeriesPoint[] {
  const joined = points.filter(
    (point) => markOf(point, unit).kind === 'dot' && (point.first === point.last || isTwelveMonths(point)),
  );
  const newest = joined.at(-1);
  return joined.filter(
    ({ perimeter }) => newest && perimeterKey(perimeter) === perimeterKey(newest.perimeter),
  );
}
