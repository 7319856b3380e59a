import { Beside } from '../state/beside.js';
import { grouped } from '../state/grouped.js';
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
  return byKey(standingFigures(figures)).get(keyOf(measure, perimeter)) ?? NONE;
}

/** A single empty list, so that results derived from it stay cached. */
const NONE: readonly FigureRecord[] = [];

const keyOf = (measure: Measure, perimeter: Perimeter): string => `${measure} ${perimeterKey(perimeter)}`;

const byKey = (figures: readonly FigureRecord[]): ReadonlyMap<string, readonly FigureRecord[]> =>
  known.of(figures, () => grouped(figures, (figure) => keyOf(figure.measure, figure)));
