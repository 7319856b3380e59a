import { Beside } from '../state/beside.js';
import type { FigureRecord } from '../state/records.js';
import { perimeterKey, type Measure, type Perimeter } from './measures.js';
import { standingFigures } from './standing-figures.js';

const known = new Beside<readonly FigureRecord[], ReadonlyMap<string, readonly FigureRecord[]>>();

/** The standing figures of a measure in one perimeter, in order. First call O(n), later ones O(1). */
export function figuresIn(
  figures: readonly FigureRecord[],
  measure: Measure,
  perimeter: Perimeter,
): readonly FigureRecord[] {
  return grouped(standingFigures(figures)).get(keyOf(measure, perimeter)) ?? NONE;
}

/** A single empty list, so that results derived from it stay cached. */
const NONE: readonly FigureRecord[] = [];

const keyOf = (measure: Measure, perimeter: Perimeter): string => `${measure} ${perimeterKey(perimeter)}`;

function grouped(figures: readonly FigureRecord[]): ReadonlyMap<string, readonly FigureRecord[]> {
  const found = known.get(figures);
  if (found) return found;
  const groups = new Map<string, FigureRecord[]>();
  for (const figure of figures) {
    const key = keyOf(figure.measure, figure);
    const group = groups.get(key);
    if (group) group.push(figure);
    else groups.set(key, [figure]);
  }
  known.set(figures, groups);
  return groups;
}
