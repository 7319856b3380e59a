import { countriesIn, liesIn, overlap, REGIONS } from '../ledger/regions.js';
import type { Day } from '../ledger/edtf.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import type { FigureRecord } from '../state/records.js';
import { brandsIn } from './brands-together.js';
import {
  perimeterKey,
  perimeterOf,
  type Measure,
  type PartsOfPerimeter,
  type Perimeter,
  type Vehicles,
} from './measures.js';
import { standingFigures } from './standing-figures.js';

/** Something counted over a period. It may be a part or a whole of other items. */
export interface Counted {
  readonly measure: Measure;
  readonly perimeter: Perimeter;
}

/** The same with its key, which is asked for so often that it is made once. */
export interface Keyed extends Counted {
  readonly key: string;
}

/** whole ≥ Σ parts, where no two parts share a vehicle; or whole = Σ parts. */
export interface Inequality<C extends Counted> {
  readonly whole: C;
  readonly parts: readonly [C, ...C[]];
  readonly isEqual: boolean;
}

/** The context of the inequalities. */
export interface WholeOf {
  readonly figures: readonly FigureRecord[];
  /** Sales in this market are not overseas sales. */
  readonly homeMarket: string;
}

/** Whether an entity, or the first of several together, is a brand or a model: a part of the automaker. */
export const isBrandOrModel = (entity: string): boolean => /^(?:brand|model)-/.test(entity);

type Part<C> = readonly [C, ...C[]];

/**
 * The inequalities between items counted from `first` to `last`: markets ≤ their region ≤ overseas; overseas
 * + home market = total; a brand ≤ its group; brands together = Σ brands; battery-electric + plug-in hybrid =
 * new-energy ≤ all; and exports + built abroad = overseas if a source says so for a period that contains
 * these days. Except in the last one, items with a different basis, counter or kind of vehicle are never
 * combined.
 */
export function inequalitiesOf<C extends Keyed>(
  of: WholeOf,
  counted: readonly C[],
  first: Day,
  last: Day,
): readonly Inequality<C>[] {
  const among = new Neighbours(counted);
  return counted.flatMap((whole) => [
    ...ofTotal(whole, among, of.homeMarket),
    ...ofMarkets(whole, among, of.homeMarket),
    ...ofBrands(whole, among),
    ...ofBrandsTogether(whole, among),
    ...ofVehicles(whole, among),
    ...ofSum(whole, among, of.figures, first, last),
  ]);
}

/**
 * The counted items and everything that they are part of, whether counted or not: a market is part of
 * overseas and of the total, a powertrain of new-energy, a brand of its group. This connects reports of the
 * smallest items with those of the largest.
 */
export function withWholes(counted: readonly Counted[], homeMarket: string): readonly Keyed[] {
  const found = new Map<string, Keyed>();
  const open = [...counted];
  for (let each = open.pop(); each; each = open.pop()) {
    const { measure, perimeter } = each;
    const key = countedKey(each);
    if (found.has(key)) continue;
    found.set(key, { measure, perimeter, key });
    open.push(...wholesAround(each, homeMarket));
  }
  return [...found.values()];
}

function wholesAround({ measure, perimeter }: Counted, homeMarket: string): Counted[] {
  const { market, vehicles, entity, ...rest } = perimeter;
  const same = { ...rest, ...(vehicles && { vehicles }), ...(entity !== undefined && { entity }) };
  const whole = (to: Measure, within: Perimeter): Counted => ({ measure: to, perimeter: within });
  const around: Counted[] = [];
  if (measure === 'market-units' && market !== undefined) {
    if (market === homeMarket) around.push(whole('total-units', same));
    else if (!liesIn(homeMarket, market)) around.push(whole('overseas-units', same));
  }
  if (measure === 'overseas-units' && market === undefined) around.push(whole('total-units', same));
  const wider = widerVehicles(vehicles);
  if (wider) around.push(whole(measure, { ...perimeter, vehicles: wider }));
  if (entity !== undefined && isBrandOrModel(entity)) {
    const { entity: _, ...ofGroup } = perimeter;
    around.push(whole(measure, ofGroup));
  }
  return around.map(({ measure: of, perimeter: within }) => whole(of, perimeterOf(within)));
}

/** The next wider kind of vehicles, which includes a kind; undefined if that is all. */
export function widerVehicles(vehicles: Vehicles | undefined): Vehicles | undefined {
  switch (vehicles) {
    case 'battery-electric':
    case 'plug-in-hybrid':
      return 'new-energy';
    case 'new-energy':
    case 'passenger':
    case 'commercial':
      return 'all';
    case 'all':
    case undefined:
      return undefined;
  }
}

/** Finds counted items by perimeter, or by perimeter with any market or any entity. */
class Neighbours<C extends Keyed> {
  private readonly known: ReadonlyMap<string, C>;
  private readonly byMarket = new Map<string, C[]>();
  private readonly byEntity = new Map<string, C[]>();

  constructor(counted: readonly C[]) {
    this.known = new Map(counted.map((each) => [each.key, each]));
    for (const each of counted) {
      if (each.measure === 'market-units') push(this.byMarket, ofAnyMarket(each.perimeter), each);
      if (isBrandOrModel(each.perimeter.entity ?? '')) push(this.byEntity, ofAnyEntity(each), each);
    }
  }

  /** The item that counts in a perimeter, or in one that differs from it in some parts. */
  at(measure: Measure, perimeter: Perimeter, other: Perimeter = {}): C | undefined {
    return this.known.get(countedKey({ measure, perimeter: differing(perimeter, other) }));
  }

  /** The items of the same perimeter in any market. */
  markets(perimeter: Perimeter): readonly C[] {
    return this.byMarket.get(ofAnyMarket(perimeter)) ?? [];
  }

  brands(group: C): readonly C[] {
    return this.byEntity.get(ofAnyEntity(group)) ?? [];
  }
}

const ofAnyMarket = (perimeter: Perimeter): string => perimeterKey(differing(perimeter, { market: '' }));
const ofAnyEntity = ({ measure, perimeter }: Counted): string =>
  countedKey({ measure, perimeter: differing(perimeter, { entity: '' }) });

/** A perimeter with other parts. All its parts are named, which takes a fraction of the time of copying what is there. */
const differing = (
  { entity, market, basis, vehicles, countedBy }: Perimeter,
  other: Perimeter,
): PartsOfPerimeter => ({
  entity: other.entity ?? entity,
  market: other.market ?? market,
  basis: other.basis ?? basis,
  vehicles: other.vehicles ?? vehicles,
  countedBy: other.countedBy ?? countedBy,
});

function push<C>(into: Map<string, C[]>, key: string, each: C): void {
  const found = into.get(key);
  if (found) found.push(each);
  else into.set(key, [each]);
}

const atLeast = <C extends Counted>(whole: C, parts: readonly C[]): Inequality<C>[] =>
  isAny(parts) ? [{ whole, parts, isEqual: false }] : [];
const equals = <C extends Counted>(whole: C, parts: Part<C>): Inequality<C>[] => [
  { whole, parts, isEqual: true },
];
const isAny = <C>(parts: readonly C[]): parts is Part<C> => parts.length > 0;

function ofTotal<C extends Keyed>(whole: C, among: Neighbours<C>, homeMarket: string): Inequality<C>[] {
  const { measure, perimeter } = whole;
  if (measure !== 'total-units' || perimeter.market !== undefined) return [];
  const overseas = among.at('overseas-units', perimeter);
  const home = among.at('market-units', perimeter, { market: homeMarket });
  if (overseas && home) return equals(whole, [overseas, home]);
  return atLeast(
    whole,
    [overseas, home].filter((part) => part !== undefined),
  );
}

function ofMarkets<C extends Keyed>(whole: C, among: Neighbours<C>, homeMarket: string): Inequality<C>[] {
  const { measure, perimeter } = whole;
  const area = measure === 'market-units' ? perimeter.market : undefined;
  const isAbroad = measure === 'overseas-units' && perimeter.market === undefined;
  if (!isAbroad && (area === undefined || !REGIONS.has(area))) return [];
  const isInside = (market: string): boolean =>
    isAbroad ? !liesIn(homeMarket, market) : area !== undefined && market !== area && liesIn(market, area);
  const markets = among.markets(perimeter).flatMap((node) => {
    const { market } = node.perimeter;
    return market !== undefined && isInside(market) ? [{ node, market }] : [];
  });
  return apart(markets).flatMap((parts) => atLeast(whole, parts));
}

interface InMarket<C> {
  readonly node: C;
  readonly market: string;
}

/**
 * Sets of markets that do not overlap and can be added up: the countries alone; and for each region, the
 * region with the largest other regions and countries that overlap neither it nor each other.
 */
function apart<C>(markets: readonly InMarket<C>[]): readonly (readonly C[])[] {
  const regions = markets
    .filter(({ market }) => REGIONS.has(market))
    .sort((a, b) => countriesIn(b.market) - countriesIn(a.market) || (a.market < b.market ? -1 : 1));
  const countries = markets.filter(({ market }) => !REGIONS.has(market));
  const sets = [countries, ...regions.map((region) => [region, ...regions, ...countries])].map((wanted) => {
    const chosen: InMarket<C>[] = [];
    for (const each of wanted)
      if (!chosen.some(({ market }) => overlap(market, each.market))) chosen.push(each);
    return chosen;
  });
  const distinct = new Map(
    sets.map((set) => [
      set
        .map(({ market }) => market)
        .sort()
        .join(' '),
      set,
    ]),
  );
  return Array.from(distinct.values(), (set) => set.map(({ node }) => node));
}

function ofBrands<C extends Keyed>(whole: C, among: Neighbours<C>): Inequality<C>[] {
  if (whole.perimeter.entity !== undefined) return [];
  return among.brands(whole).flatMap((brand) => atLeast(whole, [brand]));
}

/**
 * Several brands together are the sum of the brands. If a part is a model, it may belong to one of the
 * brands, so each part is only a lower bound.
 */
function ofBrandsTogether<C extends Keyed>(whole: C, among: Neighbours<C>): Inequality<C>[] {
  const { measure, perimeter } = whole;
  const brands = brandsIn(perimeter.entity ?? '');
  if (brands.length < 2) return [];
  const parts = brands.flatMap((entity) => among.at(measure, perimeter, { entity }) ?? []);
  if (brands.some((brand) => brand.startsWith('model-')))
    return parts.flatMap((part) => atLeast(whole, [part]));
  return parts.length === brands.length && isAny(parts) ? equals(whole, parts) : atLeast(whole, parts);
}

function ofVehicles<C extends Keyed>(whole: C, among: Neighbours<C>): Inequality<C>[] {
  const { measure, perimeter } = whole;
  const ofKinds = (...kinds: Vehicles[]): readonly C[] =>
    kinds.flatMap((vehicles) => among.at(measure, perimeter, { vehicles }) ?? []);
  const halves = ofKinds('battery-electric', 'plug-in-hybrid');
  if (perimeter.vehicles === 'new-energy')
    return halves.length === 2 && isAny(halves) ? equals(whole, halves) : atLeast(whole, halves);
  if (perimeter.vehicles !== undefined && perimeter.vehicles !== 'all') return [];
  const electrified = ofKinds('new-energy');
  return [
    ...atLeast(whole, electrified.length > 0 ? electrified : halves),
    ...atLeast(whole, ofKinds('passenger', 'commercial')),
  ];
}

const ofSums = new PerObjectMemo<readonly FigureRecord[], readonly FigureRecord[]>();

/** Figures that a source states to be a sum. */
const figuresOfSums = (figures: readonly FigureRecord[]): readonly FigureRecord[] =>
  ofSums.of(figures, '', () =>
    standingFigures(figures).filter(({ reports }) => reports.some(({ sumOf }) => sumOf !== undefined)),
  );

/** Overseas = exports + built abroad, for days within a period for which a source states that sum. */
function ofSum<C extends Keyed>(
  whole: C,
  among: Neighbours<C>,
  figures: readonly FigureRecord[],
  first: Day,
  last: Day,
): Inequality<C>[] {
  const { measure, perimeter } = whole;
  if (measure !== 'overseas-units' || perimeter.market !== undefined) return [];
  const isSum = figuresOfSums(figures).some(
    (figure) => keyOfFigure(figure) === whole.key && figure.first <= first && last <= figure.last,
  );
  if (!isSum) return [];
  const { basis: _, ...rest } = perimeter;
  const exports = among.at('overseas-units', perimeter, { basis: 'exports' });
  const built =
    among.at('local-production-units', perimeter, { basis: 'production' }) ??
    among.at('local-production-units', rest);
  if (exports && built) return equals(whole, [exports, built]);
  return atLeast(
    whole,
    [exports, built].filter((part) => part !== undefined),
  );
}

/** A key that is equal for items that count the same. */
export const countedKey = ({
  measure,
  perimeter,
}: {
  readonly measure: Measure;
  readonly perimeter: PartsOfPerimeter;
}): string => `${measure} ${perimeterKey(perimeter)}`;

/** The key of what a figure counts. */
export const keyOfFigure = (figure: Perimeter & { readonly measure: Measure }): string =>
  countedKey({ measure: figure.measure, perimeter: figure });
