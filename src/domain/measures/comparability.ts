import { Beside } from '../state/beside.js';
import type { FigureRecord } from '../state/records.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import { figuresInScope } from './figures-in-scope.js';
import { perimeterKey, perimeterOf, type Basis, type Measure, type Perimeter } from './measures.js';

/** Whether figures on one basis compare with a goal on another: yes, perhaps (not stated), or no. */
export type Comparability = 'same' | 'not stated' | 'other';

/** Bases that do not count sold cars. */
const NO_UNITS: readonly Basis[] = ['revenue', 'sales-and-cooperation'];
/** The ways to count a car as sold. */
const SOLD: readonly Basis[] = ['sales', 'deliveries', 'wholesale', 'registrations'];

/**
 * Figures are comparable with a goal on the same basis. A goal of "sales", or without a stated basis, is
 * about sold cars, however a source counts them, and never about money. A goal on any other basis is
 * comparable only with figures on that basis.
 */
export function comparability(
  measure: Measure,
  wanted: Basis | undefined,
  found: Basis | undefined,
): Comparability {
  if (found === wanted) return 'same';
  if (found === undefined) return wanted !== undefined && NO_UNITS.includes(wanted) ? 'other' : 'not stated';
  if (wanted === undefined) {
    if (NO_UNITS.includes(found)) return 'other';
    return found === 'production' && measure !== 'local-production-units' ? 'other' : 'same';
  }
  return wanted === 'sales' && SOLD.includes(found) ? 'same' : 'other';
}

/**
 * A perimeter in which all the given measures have figures, and whether it is comparable with the wanted one.
 */
export interface FoundPerimeter {
  readonly perimeter: Perimeter;
  readonly comparability: Comparability;
  /** The number of figures of the measure that has the fewest. */
  readonly figures: number;
}

const found = new PerObjectMemo<readonly FigureRecord[], readonly FoundPerimeter[]>();

/**
 * The perimeters in which all the given measures have figures, for the wanted entity, market and vehicles and
 * on any basis. The wanted basis comes first, then comparable ones, then those with the most figures.
 */
export function perimetersWith(
  figures: readonly FigureRecord[],
  measures: readonly [Measure, ...Measure[]],
  wanted: Perimeter,
): readonly FoundPerimeter[] {
  return found.of(figures, `${measures.join('+')} ${perimeterKey(wanted)}`, () => {
    const isPart = exportsArePart(figures, measures, wanted);
    const counts = new Map<string, { perimeter: Perimeter; counts: number[] }>();
    for (const [index, measure] of measures.entries())
      for (const figure of figuresInScope(figures, measure, wanted)) {
        const key = perimeterKey(figure);
        const one = counts.get(key) ?? { perimeter: perimeterOf(figure), counts: measures.map(() => 0) };
        one.counts[index] = (one.counts[index] ?? 0) + 1;
        counts.set(key, one);
      }
    return [...counts.values()]
      .filter((one) => one.counts.every((count) => count > 0))
      .map((one): FoundPerimeter => ({
        perimeter: one.perimeter,
        comparability:
          isPart && one.perimeter.basis === 'exports'
            ? 'other'
            : comparability(measures[0], wanted.basis, one.perimeter.basis),
        figures: Math.min(...one.counts),
      }))
      .sort(
        (a, b) =>
          rank(a, wanted) - rank(b, wanted) ||
          b.figures - a.figures ||
          (perimeterKey(a.perimeter) < perimeterKey(b.perimeter) ? -1 : 1),
      );
  });
}

/** Whether a source adds exports and production abroad: then exports are only a part. */
const exportsArePart = (
  figures: readonly FigureRecord[],
  measures: readonly Measure[],
  wanted: Perimeter,
): boolean =>
  wanted.basis !== 'exports' &&
  measures.some((measure) =>
    figuresInScope(figures, measure, wanted).some(({ reports }) =>
      reports.some(({ sumOf }) => sumOf !== undefined),
    ),
  );

/** Why exports that fall short do not mean that a sales goal was missed. */
export const EXPORTS_ALONE =
  'Exports alone fall short; what was built abroad is told beside them, and no source adds the two up.';

/**
 * Whether the figures count only exports although cars sold abroad are wanted, and production abroad is
 * reported for some of the same days. The shortfall may then have been built abroad.
 */
export const isWithoutBuiltAbroad = (
  figures: readonly FigureRecord[],
  counted: Perimeter,
  wanted: Perimeter,
  { first, last }: { readonly first: string; readonly last: string },
): boolean =>
  counted.basis === 'exports' &&
  wanted.basis !== 'exports' &&
  builtAbroad(figures, counted.entity).some((figure) => figure.first <= last && figure.last >= first);

const built = new PerObjectMemo<readonly FigureRecord[], readonly FigureRecord[]>();

/** An entity's reported production abroad, in any market. */
const builtAbroad = (figures: readonly FigureRecord[], entity: string | undefined): readonly FigureRecord[] =>
  built.of(figures, entity ?? '', () =>
    figures.filter((figure) => figure.measure === 'local-production-units' && figure.entity === entity),
  );

function rank({ perimeter, comparability: its }: FoundPerimeter, wanted: Perimeter): number {
  if (perimeter.basis === wanted.basis) return 0;
  return its === 'same' ? 1 : its === 'not stated' ? 2 : 3;
}

const solid = new Beside<readonly FigureRecord[], readonly FigureRecord[]>();

/**
 * The figures without rumours. Returns the same list each time, so that results derived from it stay cached.
 */
export function solidFigures(figures: readonly FigureRecord[]): readonly FigureRecord[] {
  const known = solid.get(figures);
  if (known) return known;
  const isRumour = figures.some(({ reports }) => reports.some(({ grade }) => grade === 'rumoured'));
  const kept = isRumour
    ? figures.flatMap((figure): FigureRecord[] => {
        const reports = figure.reports.filter(({ grade }) => grade !== 'rumoured');
        const growths = figure.growths?.filter(({ grade }) => grade !== 'rumoured') ?? [];
        return reports.length + growths.length > 0
          ? [{ ...figure, reports, ...(growths.length > 0 && { growths }) }]
          : [];
      })
    : figures;
  solid.set(figures, kept);
  solid.set(kept, kept);
  return kept;
}
