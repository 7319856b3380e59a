import { Beside } from '../state/beside.js';
import type { FigureRecord } from '../state/records.js';

const known = new Beside<readonly FigureRecord[], readonly FigureRecord[]>();

/**
 * The figures without the reports that a later figure puts right. Before that one was published it is not among the
 * figures, and the older ones stand. The same list each time, so that what follows from it is kept.
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
