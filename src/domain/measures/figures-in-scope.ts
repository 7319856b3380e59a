import { Beside } from '../state/beside.js';
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
): readonly FigureRecord[] => grouped(figures).get(keyOf(measure, wanted)) ?? [];

const keyOf = (measure: Measure, perimeter: Perimeter): string => `${measure} ${scopeKey(perimeter)}`;

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
