import { monthsLater, monthsOf } from './months.js';
import { perimeterOfFigure, type Cell, type ReleaseFigure } from './release-figures.js';

/** Figures that do not add up: within the release, or with what was recorded before. */
export interface SumFault {
  readonly kind: 'brands' | 'powertrains' | 'part-above-whole' | 'months' | 'growth' | 'year-to-date';
  /** What was told, and what the others come to. */
  readonly told: number;
  readonly expected: number;
  readonly period: string;
  /** The cells that take part, the total first. */
  readonly cells: readonly Cell[];
}

/** The figure that was recorded before of a perimeter and period; undefined where none was, or reports differ. */
export type RecordedFigure = (figure: Omit<ReleaseFigure, 'cell' | 'value'>) => number | undefined;

/** Every sum, part and rate of a release that does not hold. O(n²) in its figures, of which there are some hundreds. */
export function faultsOfSums(
  figures: readonly ReleaseFigure[],
  recorded: RecordedFigure = () => undefined,
): SumFault[] {
  return figures.flatMap((figure) => [
    ...ofBrands(figure, figures),
    ...ofPowertrains(figure, figures),
    ...ofParts(figure, figures),
    ...ofMonths(figure, figures, recorded),
    ...ofGrowth(figure, figures, recorded),
  ]);
}

const fault = (
  kind: SumFault['kind'],
  whole: ReleaseFigure,
  expected: number,
  parts: readonly ReleaseFigure[],
): SumFault[] => [
  {
    kind,
    told: whole.value,
    expected,
    period: whole.period,
    cells: [whole.cell, ...parts.map(({ cell }) => cell)],
  },
];

const sumOf = (figures: readonly ReleaseFigure[]): number =>
  figures.reduce((sum, { value }) => sum + value, 0);

/** Figures that differ from one in a single respect. */
const besides = (
  whole: ReleaseFigure,
  figures: readonly ReleaseFigure[],
  change: Partial<ReleaseFigure>,
): ReleaseFigure[] => {
  const wanted = `${perimeterOfFigure({ ...whole, ...change })} ${change.period ?? whole.period}`;
  return figures.filter((each) => `${perimeterOfFigure(each)} ${each.period}` === wanted);
};

/** The total of all brands is what they come to, where two or more are told. */
function ofBrands(whole: ReleaseFigure, figures: readonly ReleaseFigure[]): SumFault[] {
  if (whole.entity !== undefined) return [];
  const { entity: _entity, ...rest } = whole;
  const key = perimeterOfFigure(rest);
  const parts = figures.filter((each) => {
    const { entity, ...other } = each;
    return entity !== undefined && each.period === whole.period && perimeterOfFigure(other) === key;
  });
  const sum = sumOf(parts);
  return parts.length < 2 || sum === whole.value ? [] : fault('brands', whole, sum, parts);
}

/** New energy is battery-electric and plug-in hybrid; passenger and commercial cars are all. */
function ofPowertrains(whole: ReleaseFigure, figures: readonly ReleaseFigure[]): SumFault[] {
  const kinds =
    whole.vehicles === 'new-energy'
      ? (['battery-electric', 'plug-in-hybrid'] as const)
      : whole.vehicles === undefined
        ? (['passenger', 'commercial'] as const)
        : [];
  const parts = kinds.flatMap((vehicles) => besides(whole, figures, { vehicles }).slice(0, 1));
  const sum = sumOf(parts);
  return parts.length < 2 || sum === whole.value ? [] : fault('powertrains', whole, sum, parts);
}

/** Nothing of something is more than all of it. */
function ofParts(whole: ReleaseFigure, figures: readonly ReleaseFigure[]): SumFault[] {
  if (whole.measure !== 'total-units') return [];
  const scope = ({ entity, vehicles, market }: ReleaseFigure): string =>
    `${entity ?? ''}|${vehicles ?? ''}|${market ?? ''}`;
  return figures
    .filter(
      (part) =>
        part.period === whole.period &&
        ((part.measure === 'overseas-units' && scope(part) === scope(whole)) ||
          (part.measure === 'total-units' &&
            part.vehicles !== undefined &&
            whole.vehicles === undefined &&
            part.entity === whole.entity &&
            part.basis === whole.basis)) &&
        part.value > whole.value,
    )
    .flatMap((part) => fault('part-above-whole', part, whole.value, [whole]));
}

/** The year to date is its months: those of the table, or its last one and what was recorded of the others. */
function ofMonths(
  whole: ReleaseFigure,
  figures: readonly ReleaseFigure[],
  recorded: RecordedFigure,
): SumFault[] {
  const months = monthsOf(whole.period);
  const last = months.at(-1);
  if (months.length < 2 || last === undefined) return [];
  const parts = months.flatMap((period) => besides(whole, figures, { period }).slice(0, 1));
  if (parts.length === months.length) {
    const sum = sumOf(parts);
    return sum === whole.value ? [] : fault('months', whole, sum, parts);
  }
  const [month] = besides(whole, figures, { period: last });
  const first = months[0] ?? '';
  const rest = months.length === 2 ? first : `${first}/${monthsLater(last, -1)}`;
  const before = recorded({ ...whole, period: rest });
  if (!month || before === undefined || before + month.value === whole.value) return [];
  return fault('year-to-date', whole, before + month.value, [month]);
}

/** A rate of growth is what the figure and the one of the year before come to. */
function ofGrowth(
  figure: ReleaseFigure,
  figures: readonly ReleaseFigure[],
  recorded: RecordedFigure,
): SumFault[] {
  const { growth } = figure;
  if (!growth) return [];
  const [told] = besides(figure, figures, { period: growth.on });
  const before = told?.value ?? recorded({ ...figure, period: growth.on });
  if (before === undefined || before === 0) return [];
  const rate = (figure.value / before - 1) * 100;
  // The last digit may have been cut as well as rounded.
  if (Math.abs(rate - growth.percent) <= 2 * growth.plusMinus + 1e-9) return [];
  return [
    {
      kind: 'growth',
      told: growth.percent,
      expected: Math.round(rate * 100) / 100,
      period: figure.period,
      cells: [growth.cell, figure.cell, ...(told ? [told.cell] : [])],
    },
  ];
}
