import { perimeterKey } from '../../domain/measures/measures.js';
import type { SeriesPoint } from '../../domain/measures/series.js';

/** The points that a line may join: those of the same perimeter as the newest. */
export function lineOf(points: readonly SeriesPoint[]): readonly SeriesPoint[] {
  const newest = points.at(-1);
  return points.filter(
    ({ perimeter }) => newest && perimeterKey(perimeter) === perimeterKey(newest.perimeter),
  );
}
