import { Beside } from '../state/beside.js';
import { grouped } from '../state/grouped.js';
import type { FigureRecord } from '../state/records.js';
import { scopeKey, type Measure, type Perimeter } from './measures.js';

const known = new Beside<readonly FigureRecord[], ReadonlyMap<string, readonly FigureRecord[]>>();

/**
 * The figures of a measure whose perimeter differs from the wanted one at most in the basis or in who
 * counted, in order. The first call for a list of figures takes O(n), later ones O(1), since each of many
 * goals asks for its own.
 */
export const figuresInScope = (
  figures: readonly FigureRecord[],
  measure: Measure,
  wanted: Perimeter,
): readonly FigureRecord[] => byKey(figures).get(keyOf(measure, wanted)) ?? [];

const keyOf = (measure: Measure, perimeter: Perimeter): string => `${measure} ${scopeKey(perimeter)}`;

const byKey = (figures: readonly FigureRecord[]): ReadonlyMap<string, readonly FigureRecord[]> =>
  known.of(figures, () => grouped(figures, (figure) => keyOf(figure.measure, figure)));
