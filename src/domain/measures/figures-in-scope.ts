import { Beside } from '../state/beside.js';
import type { FigureRecord } from '../state/records.js';
import { scopeKey, type Measure, type Perimeter } from './measures.js';

const known = new Beside<readonly FigureRecord[], ReadonlyMap<string, readonly FigureRecord[]>>();

/**
 * The figures of a measure that differ from what is wanted only in how, or by whom, they count, in their order. O(n) for figures
 * that are asked first, then O(1): each of many goals asks for its own.
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
