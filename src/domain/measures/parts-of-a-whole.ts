import { isInEuropeanUnion } from '../ledger/regions.js';
import type { Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import { flowModelOf } from './flow-readings.js';
import type { ChoosingRule } from './flows.js';
import {
  MEASURES,
  perimeterInWords,
  perimeterKey,
  perimeterOf,
  type Measure,
  type Perimeter,
} from './measures.js';

/** Something that is counted over a period, as a part or a whole of others. */
export interface Counted {
  readonly measure: Measure;
  readonly perimeter: Perimeter;
}

/** One step of a proof: the bound that an inequality gives, from bounds of others. bound = Σ sign × units. */
export interface InequalityStep {
  /** "overseas-units (deliveries) ≥ market-units (deliveries in DE) + …". */
  readonly inequality: string;
  readonly end: 'lo' | 'hi';
  readonly bound: number;
  readonly from: readonly (Counted & {
    readonly end: 'lo' | 'hi';
    readonly sign: 1 | -1;
    readonly units: number;
  })[];
}

/** What parts and wholes leave possible of one thing that is counted. */
export interface WithinWhole extends Counted {
  readonly lo: number;
  /** Absent where nothing bounds it from above. */
  readonly hi?: number;
  /** The inequality that gives each end, where it is not the thing's own figures. */
  readonly because: readonly InequalityStep[];
}

export interface Wholes {
  readonly counted: readonly WithinWhole[];
  /** Inequalities that the figures contradict: their bounds are left as the figures alone give them. */
  readonly contradicted: readonly string[];
}

interface Node extends Counted {
  lo: number;
  hi: number;
  readonly own: { readonly lo: number; readonly hi: number };
  readonly because: Partial<Record<'lo' | 'hi', InequalityStep>>;
}

/** whole ≥ Σ parts, or whole = Σ parts. */
interface Inequality {
  readonly whole: Node;
  readonly parts: readonly Node[];
  readonly isEqual: boolean;
}

/** Each round only makes whole numbers greater or smaller within finite bounds; so many suffice for any chain of wholes. */
const MOST_ROUNDS = 64;

/**
 * What the figures of one counting say of a period when parts and wholes are set beside each other: markets ≤ their region
 * ≤ overseas ≤ total, a brand ≤ its group, battery-electric + plug-in hybrid = new-energy ≤ all. Bounds are propagated to
 * a fixed point; each that is tighter than the figures alone names the inequality. Figures of different bases, counters
 * or vehicles are never set beside each other.
 */
export function withinWholes(
  figures: readonly FigureRecord[],
  first: Day,
  last: Day,
  rule?: ChoosingRule,
): Wholes {
  const nodes = nodesOf(figures, first, last, rule);
  const contradicted: string[] = [];
  let inequalities = inequalitiesOf([...nodes.values()]);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const changed = inequalities.map(propagate).includes(true);
    const broken = inequalities.filter(({ whole, parts }) => [whole, ...parts].some(({ lo, hi }) => lo > hi));
    if (broken.length > 0) {
      contradicted.push(...broken.map(inWords));
      inequalities = inequalities.filter((each) => !broken.includes(each));
      for (const node of nodes.values()) reset(node);
    } else if (!changed) break;
  }
  return {
    counted: Array.from(nodes.values(), ({ measure, perimeter, lo, hi, because }) => ({
      measure,
      perimeter,
      lo,
      ...(Number.isFinite(hi) && { hi }),
      because: [because.lo, because.hi].filter((step) => step !== undefined),
    })),
    contradicted: [...new Set(contradicted)],
  };
}

function nodesOf(
  figures: readonly FigureRecord[],
  first: Day,
  last: Day,
  rule: ChoosingRule | undefined,
): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const figure of figures) {
    const { measure } = figure;
    if (MEASURES[measure].nature !== 'flow' || measure === 'local-production-units') continue;
    const perimeter = perimeterOf(figure);
    const key = `${measure} ${perimeterKey(perimeter)}`;
    if (nodes.has(key)) continue;
    const { lo, hi } = flowModelOf(figures, measure, perimeter, rule).bounds(first, last);
    nodes.set(key, { measure, perimeter, lo, hi, own: { lo, hi }, because: {} });
  }
  return nodes;
}

function reset(node: Node): void {
  ({ lo: node.lo, hi: node.hi } = node.own);
  delete node.because.lo;
  delete node.because.hi;
}

const BRAND = /^(?:brand|model)-/;

function inequalitiesOf(nodes: readonly Node[]): readonly Inequality[] {
  const found = new Map(nodes.map((node) => [keyOf(node.measure, node.perimeter), node]));
  const at = (measure: Measure, perimeter: Perimeter): Node | undefined =>
    found.get(keyOf(measure, perimeter));
  const among = (isPart: (node: Node) => boolean): readonly Node[] => nodes.filter(isPart);
  return nodes.flatMap((whole): Inequality[] => {
    const { measure, perimeter } = whole;
    const sets: (readonly Node[])[] = [];
    if (measure === 'total-units') {
      const overseas = at('overseas-units', perimeter);
      if (overseas) sets.push([overseas]);
    }
    const isBeside = (node: Node): boolean =>
      keyOf('market-units', { ...node.perimeter, market: '' }) ===
      keyOf('market-units', { ...perimeter, market: '' });
    const markets = among((node) => node.measure === 'market-units' && isBeside(node));
    const region = markets.find((node) => node.perimeter.market === 'EU');
    if (measure === 'overseas-units')
      sets.push(
        markets.filter(
          (node) => !region || node === region || !isInEuropeanUnion(node.perimeter.market ?? ''),
        ),
      );
    if (whole === region) sets.push(markets.filter((node) => isInEuropeanUnion(node.perimeter.market ?? '')));
    if (perimeter.entity === undefined)
      for (const node of nodes)
        if (
          node.measure === measure &&
          BRAND.test(node.perimeter.entity ?? '') &&
          keyOf(measure, { ...node.perimeter, entity: '' }) === keyOf(measure, { ...perimeter, entity: '' })
        )
          sets.push([node]);
    const ofKind = (
      vehicles: 'battery-electric' | 'plug-in-hybrid' | 'new-energy' | 'passenger' | 'commercial',
    ) => at(measure, { ...perimeter, vehicles });
    if (perimeter.vehicles === undefined)
      for (const part of ['new-energy', 'passenger', 'commercial'] as const) {
        const node = ofKind(part);
        if (node) sets.push([node]);
      }
    const [electric, hybrid] = [ofKind('battery-electric'), ofKind('plug-in-hybrid')];
    const isNewEnergy = perimeter.vehicles === 'new-energy';
    const halves = [electric, hybrid].filter((node) => node !== undefined);
    if (isNewEnergy && halves.length > 0) sets.push(halves);
    return sets
      .filter((parts) => parts.length > 0)
      .map((parts) => ({ whole, parts, isEqual: isNewEnergy && parts === halves && halves.length === 2 }));
  });
}

const keyOf = (measure: Measure, perimeter: Perimeter): string => `${measure} ${perimeterKey(perimeter)}`;

/** Tightens the bounds of a whole and its parts by each other; whether anything changed. */
function propagate(inequality: Inequality): boolean {
  const { whole, parts, isEqual } = inequality;
  const others = (part: Node): readonly Node[] => parts.filter((each) => each !== part);
  return [
    raise(inequality, whole, parts, []),
    ...parts.map((part) => lower(inequality, part, [whole], others(part))),
    ...(isEqual
      ? [
          lower(inequality, whole, parts, []),
          ...parts.map((part) => raise(inequality, part, [whole], others(part))),
        ]
      : []),
  ].includes(true);
}

/** node ≥ Σ plus.lo − Σ minus.hi. */
function raise(inequality: Inequality, node: Node, plus: readonly Node[], minus: readonly Node[]): boolean {
  const from = [...plus.map((each) => term(each, 'lo', 1)), ...minus.map((each) => term(each, 'hi', -1))];
  const bound = sumOf(from);
  if (!(bound > node.lo)) return false;
  node.lo = bound;
  node.because.lo = { inequality: inWords(inequality), end: 'lo', bound, from };
  return true;
}

/** node ≤ Σ plus.hi − Σ minus.lo. */
function lower(inequality: Inequality, node: Node, plus: readonly Node[], minus: readonly Node[]): boolean {
  const from = [...plus.map((each) => term(each, 'hi', 1)), ...minus.map((each) => term(each, 'lo', -1))];
  const bound = sumOf(from);
  if (!(bound < node.hi)) return false;
  node.hi = bound;
  node.because.hi = { inequality: inWords(inequality), end: 'hi', bound, from };
  return true;
}

const term = ({ measure, perimeter, lo, hi }: Node, end: 'lo' | 'hi', sign: 1 | -1) => ({
  measure,
  perimeter,
  end,
  sign,
  units: end === 'lo' ? lo : hi,
});

const sumOf = (from: InequalityStep['from']): number =>
  from.reduce((sum, { sign, units }) => sum + sign * units, 0);

function inWords({ whole, parts, isEqual }: Inequality): string {
  const name = ({ measure, perimeter }: Node): string => `${measure} (${perimeterInWords(perimeter)})`;
  return `${name(whole)} ${isEqual ? '=' : '≥'} ${parts.map(name).join(' + ')}`;
}
