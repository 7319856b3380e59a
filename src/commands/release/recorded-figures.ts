import { figureDays, perimeterKey } from '../../domain/measures/measures.js';
import type { RecordedFigure } from '../../domain/release/release-sums.js';
import type { FigureRecord } from '../../domain/state/records.js';

/** Finds the recorded figure of a perimeter and period, if its reports agree. */
export function recordedFigures(figures: readonly FigureRecord[]): RecordedFigure {
  const keyOf = ({
    measure,
    first,
    last,
    ...perimeter
  }: Pick<FigureRecord, 'measure' | 'first' | 'last'>): string =>
    `${measure} ${perimeterKey(perimeter)} ${first} ${last}`;
  const known = new Map<string, number | undefined>();
  for (const figure of figures) {
    const values = new Set([...figure.reports].map(({ value }) => value));
    known.set(keyOf(figure), values.size === 1 ? [...values][0] : undefined);
  }
  return (wanted) => known.get(keyOf({ ...wanted, ...figureDays(wanted) }));
}
