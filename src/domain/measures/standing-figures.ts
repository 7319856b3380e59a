import { Beside } from '../state/beside.js';
import type { FigureRecord } from '../state/records.js';

const known = new Beside<readonly FigureRecord[], readonly FigureRecord[]>();

/**
 * The figures without reports that a later figure restates. (Before its publication, a restating figure is
 * not among the figures, so the older reports stand.) Returns the same list each time, so that results
 * derived from it stay cached.
 */
export function standingFigures(figures: readonly FigureRecord[]): readonly FigureRecord[] {
  const found = known.get(figures);
  if (found) return found;
  const restated = new Set(
    figures.flatMap(({ reports }) => reports.flatMap(({ restates = [] }) => restates)),
  );
  const standing =
    restated.size === 0
      ? figures
      : figures.flatMap((figure): FigureRecord[] => {
          const reports = figure.reports.filter(({ event }) => !restated.has(event));
          const growths = figure.growths?.filter(({ event }) => !restated.has(event)) ?? [];
          return reports.length + growths.length > 0
            ? [{ ...figure, reports, ...(growths.length > 0 && { growths }) }]
            : [];
        });
  known.set(figures, standing);
  known.set(standing, standing);
  return standing;
}
