import { monthsLater, monthsOf } from './months.js';
import { scopeKey } from '../measures/measures.js';
import { perimeterOfFigure, type Cell, type ReleaseFigure } from './release-figure.js';

/** What figures of a release are held against: each other, or what was recorded before. */
export type SumKind =
  | 'twice'
  | 'brands'
  | 'powertrains'
  | 'home-and-overseas'
  | 'part-above-whole'
  | 'months'
  | 'growth'
  | 'year-to-date';

/** Something that has to hold among figures: within the release, or beside what was recorded before. */
export interface SumCheck {
  readonly kind: SumKind;
  /** What was told, and what the others come to. */
  readonly told: number;
  readonly expected: number;
  readonly period: string;
  /** The cells that take part, the total first. */
  readonly cells: readonly Cell[];
  readonly holds: boolean;
  /** It does not hold to the unit, and does within the rounding of figures that are printed in thousands. */
  readonly isRounding?: true;
}

/** A check that does not hold. */
export type SumFault = Omit<SumCheck, 'holds'>;

/** The figure that was recorded before of a perimeter and period; undefined where none was, or reports differ. */
export type RecordedFigure = (figure: Omit<ReleaseFigure, 'cell' | 'value'>) => number | undefined;

/** The figures of a release by what they count and when. */
interface Figures {
  readonly byKey: ReadonlyMap<string, readonly ReleaseFigure[]>;
  readonly byPeriod: ReadonlyMap<string, readonly ReleaseFigure[]>;
}

/** Every sum, part and rate of a release that can be checked. O(figures × figures of one period). */
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

/** Every sum, part and rate of a release that does not hold. */
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

/** A total and what it has to come to; where there are no two parts there is nothing to check. */
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

/** The first figure that differs from one in these respects alone. */
const besides = (whole: ReleaseFigure, { byKey }: Figures, change: Partial<ReleaseFigure>): ReleaseFigure[] =>
  (byKey.get(keyOf({ ...whole, ...change })) ?? []).slice(0, 1);

/** What counts the same is told once, or told the same. */
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

/** The total of all brands is what they come to, where two or more are told. */
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
 * New energy is battery-electric and plug-in hybrid; all are passenger and commercial cars, and all are what has a plug
 * and what has none.
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

/** All is what is sold at home and what is sold abroad, where one market stands beside what is sold abroad. */
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
  // Several markets may be parts of what is abroad.
  return home.length === 1 && abroad.length === 1
    ? sum('home-and-overseas', whole, [...home, ...abroad])
    : [];
}

/** Nothing of something is more than all of it. */
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

/** The year to date is its months: those of the table, or its last one and what was recorded of the others. */
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

/** A rate of growth is what the figure and the one of the year before come to. */
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
      // The last digit may have been cut as well as rounded.
      holds: Math.abs(rate - growth.percent) <= 2 * growth.plusMinus + rounding + 1e-9,
    },
  ];
}
