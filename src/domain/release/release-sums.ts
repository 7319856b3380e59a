import { monthsLater, monthsOf } from './months.js';
import { scopeKey } from '../measures/measures.js';
import { perimeterOfFigure, type Cell, type ReleaseFigure } from './release-figure.js';

/** The kinds of checks among the figures of a release and recorded figures. */
export type SumKind =
  | 'twice'
  | 'brands'
  | 'powertrains'
  | 'home-and-overseas'
  | 'part-above-whole'
  | 'months'
  | 'growth'
  | 'year-to-date';

/** A relation that must hold among figures of a release, or between them and recorded figures. */
export interface SumCheck {
  readonly kind: SumKind;
  /** The stated value, and the value that follows from the other figures. */
  readonly told: number;
  readonly expected: number;
  readonly period: string;
  /** The cells involved, the total first. */
  readonly cells: readonly Cell[];
  readonly holds: boolean;
  /** The check fails to the unit, but holds within the rounding of figures printed in thousands. */
  readonly isRounding?: true;
}

/** A check that does not hold. */
export type SumFault = Omit<SumCheck, 'holds'>;

/** The recorded figure of a perimeter and period; undefined if there is none, or if reports differ. */
export type RecordedFigure = (figure: Omit<ReleaseFigure, 'cell' | 'value'>) => number | undefined;

/** The figures of a release, indexed by perimeter and period, and by period. */
interface Figures {
  readonly byKey: ReadonlyMap<string, readonly ReleaseFigure[]>;
  readonly byPeriod: ReadonlyMap<string, readonly ReleaseFigure[]>;
}

/** Checks every sum, part and rate of a release. O(figures × figures of one period). */
export function sumChecks(
  figures: readonly ReleaseFigure[],
  recorded: RecordedFigure = () => undefined,
): SumCheck[] {
  const indexed = {
    byKey: figuresBy(figures, keyOf),
    byPeriod: figuresBy(figures, ({ period }) => period),
  };
  return [
    ...toldTwice(indexed),
    ...figures.flatMap((figure) => [
      ...ofBrands(figure, indexed),
      ...ofPowertrains(figure, indexed),
      ...ofHomeAndOverseas(figure, indexed),
      ...ofParts(figure, indexed),
      ...ofMonths(figure, indexed, recorded),
      ...ofGrowth(figure, indexed, recorded),
    ]),
  ];
}

/** The checks that fail. */
export const faultsOfSums = (figures: readonly ReleaseFigure[], recorded?: RecordedFigure): SumFault[] =>
  sumChecks(figures, recorded).flatMap(({ holds, ...fault }) => (holds ? [] : [fault]));

const keyOf = (figure: Omit<ReleaseFigure, 'cell' | 'value'>): string =>
  `${perimeterOfFigure(figure)} ${figure.period}`;

function figuresBy(
  figures: readonly ReleaseFigure[],
  key: (figure: ReleaseFigure) => string,
): ReadonlyMap<string, readonly ReleaseFigure[]> {
  const found = new Map<string, ReleaseFigure[]>();
  for (const figure of figures) {
    const same = found.get(key(figure));
    if (same) same.push(figure);
    else found.set(key(figure), [figure]);
  }
  return found;
}

const sumOf = (figures: readonly ReleaseFigure[]): number =>
  figures.reduce((sum, { value }) => sum + value, 0);

/** Compares a total with the sum of its parts. With fewer than two parts there is nothing to check. */
function sum(kind: SumKind, whole: ReleaseFigure, parts: readonly ReleaseFigure[]): SumCheck[] {
  if (parts.length < 2) return [];
  const expected = sumOf(parts);
  const rounding = [whole, ...parts].reduce((total, { plusMinus = 0 }) => total + plusMinus, 0);
  const holds = expected === whole.value;
  return [
    {
      kind,
      told: whole.value,
      expected,
      period: whole.period,
      cells: [whole.cell, ...parts.map(({ cell }) => cell)],
      holds,
      ...(!holds && Math.abs(expected - whole.value) <= rounding && { isRounding: true as const }),
    },
  ];
}

/** The first figure that differs from `whole` only in the given fields. */
const besides = (whole: ReleaseFigure, { byKey }: Figures, change: Partial<ReleaseFigure>): ReleaseFigure[] =>
  (byKey.get(keyOf({ ...whole, ...change })) ?? []).slice(0, 1);

/** Figures that count the same thing must be equal. */
const toldTwice = ({ byKey }: Figures): SumCheck[] =>
  [...byKey.values()].flatMap(([first, ...others]) =>
    first
      ? others.map((other): SumCheck => ({
          kind: 'twice',
          told: first.value,
          expected: other.value,
          period: first.period,
          cells: [first.cell, other.cell],
          holds: first.value === other.value,
        }))
      : [],
  );

/** The total of all brands must be the sum of the brands, if the release has at least two. */
function ofBrands(whole: ReleaseFigure, { byPeriod }: Figures): SumCheck[] {
  if (whole.entity !== undefined || whole.rest) return [];
  const key = perimeterOfFigure(whole);
  const parts = (byPeriod.get(whole.period) ?? []).filter(({ entity, rest, ...other }) =>
    entity === undefined
      ? rest?.of === 'brands' && perimeterOfFigure(other) === key
      : !rest && perimeterOfFigure(other) === key,
  );
  return parts.some(({ entity }) => entity !== undefined) ? sum('brands', whole, parts) : [];
}

/**
 * New energy is battery-electric plus plug-in hybrid. The total is passenger plus commercial vehicles, and
 * also vehicles with a plug plus those without.
 */
function ofPowertrains(whole: ReleaseFigure, figures: Figures): SumCheck[] {
  if (whole.rest) return [];
  const of = (kinds: readonly ReleaseFigure['vehicles'][]): ReleaseFigure[] =>
    kinds.flatMap((vehicles) => (vehicles ? besides(whole, figures, { vehicles }) : []));
  if (whole.vehicles === 'new-energy')
    return sum('powertrains', whole, of(['battery-electric', 'plug-in-hybrid']));
  if (whole.vehicles !== undefined) return [];
  const key = perimeterOfFigure(whole);
  const noPlug = (figures.byPeriod.get(whole.period) ?? []).filter(
    ({ rest, ...other }) => rest?.of === 'powertrains' && perimeterOfFigure(other) === key,
  );
  const newEnergy = of(['new-energy']);
  const withPlug = newEnergy.length > 0 ? newEnergy : of(['battery-electric', 'plug-in-hybrid']);
  return [
    ...sum('powertrains', whole, of(['passenger', 'commercial'])),
    ...(noPlug.length > 0 && withPlug.length > 0 ? sum('powertrains', whole, [...withPlug, ...noPlug]) : []),
  ];
}

/** The total must be home plus overseas sales, if there is exactly one market beside overseas. */
function ofHomeAndOverseas(whole: ReleaseFigure, { byPeriod }: Figures): SumCheck[] {
  if (whole.measure !== 'total-units' || whole.rest) return [];
  const same = (byPeriod.get(whole.period) ?? []).filter(
    (each) =>
      !each.rest &&
      each.entity === whole.entity &&
      each.vehicles === whole.vehicles &&
      (each.basis === whole.basis || each.measure === 'overseas-units'),
  );
  const home = same.filter(({ measure, market }) => measure === 'market-units' && market !== undefined);
  const abroad = same.filter(({ measure }) => measure === 'overseas-units');
  // Several markets may be parts of the overseas sales.
  return home.length === 1 && abroad.length === 1
    ? sum('home-and-overseas', whole, [...home, ...abroad])
    : [];
}

/** A part must not exceed its whole. */
function ofParts(whole: ReleaseFigure, { byPeriod }: Figures): SumCheck[] {
  if (whole.measure !== 'total-units' || whole.rest) return [];
  const isInScope = (part: ReleaseFigure): boolean => scopeKey(part) === scopeKey(whole);
  const { market: _ofWhole, ...anywhere } = whole;
  const isOfMarket = ({ market: _market, ...part }: ReleaseFigure): boolean =>
    scopeKey(part) === scopeKey(anywhere);
  return (byPeriod.get(whole.period) ?? [])
    .filter(
      (part) =>
        !part.rest &&
        ((part.measure === 'overseas-units' && isInScope(part)) ||
          (part.measure === 'market-units' && isOfMarket(part)) ||
          (part.measure === 'total-units' &&
            part.vehicles !== undefined &&
            whole.vehicles === undefined &&
            part.entity === whole.entity &&
            part.basis === whole.basis)),
    )
    .map((part) => ({
      kind: 'part-above-whole',
      told: part.value,
      expected: whole.value,
      period: part.period,
      cells: [part.cell, whole.cell],
      holds: part.value <= whole.value,
    }));
}

/** The year to date must be the sum of its months, in the table or as recorded before. */
function ofMonths(whole: ReleaseFigure, figures: Figures, recorded: RecordedFigure): SumCheck[] {
  const months = monthsOf(whole.period);
  const last = months.at(-1);
  if (months.length < 2 || last === undefined) return [];
  const parts = months.flatMap((period) => besides(whole, figures, { period }));
  if (parts.length === months.length) return sum('months', whole, parts);
  const [month] = besides(whole, figures, { period: last });
  const first = months[0] ?? '';
  const period = months.length === 2 ? first : `${first}/${monthsLater(last, -1)}`;
  const [before] = besides(whole, figures, { period });
  if (month && before) return sum('months', whole, [before, month]);
  const known = recorded({ ...whole, period });
  if (!month || known === undefined) return [];
  const expected = known + month.value;
  return [
    {
      kind: 'year-to-date',
      told: whole.value,
      expected,
      period: whole.period,
      cells: [whole.cell, month.cell],
      holds: expected === whole.value,
      ...(expected !== whole.value &&
        Math.abs(expected - whole.value) <= 2 * ((whole.plusMinus ?? 0) + (month.plusMinus ?? 0)) && {
          isRounding: true as const,
        }),
    },
  ];
}

/** A growth rate must match the figure and that of the year before. */
function ofGrowth(figure: ReleaseFigure, figures: Figures, recorded: RecordedFigure): SumCheck[] {
  const { growth, plusMinus = 0 } = figure;
  if (!growth) return [];
  const [told] = besides(figure, figures, { period: growth.on });
  const before = told?.value ?? recorded({ ...figure, period: growth.on });
  if (before === undefined || before === 0) return [];
  const rate = (figure.value / before - 1) * 100;
  const rounding = (100 * (plusMinus + (told?.plusMinus ?? 0) * (figure.value / before))) / before;
  return [
    {
      kind: 'growth',
      told: growth.percent,
      expected: Math.round(rate * 100) / 100,
      period: figure.period,
      cells: [growth.cell, figure.cell, ...(told ? [told.cell] : [])],
      // Releases may truncate the last digit instead of rounding it.
      holds: Math.abs(rate - growth.percent) <= 2 * growth.plusMinus + rounding + 1e-9,
    },
  ];
}
