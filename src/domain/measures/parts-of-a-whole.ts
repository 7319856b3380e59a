import type { Day } from '../ledger/edtf.js';
import { flowModelOf } from './flow-readings.js';
import type { ChoosingRule } from './flows.js';
import { MEASURES, perimeterInWords, perimeterOf } from './measures.js';
import {
  countedKey,
  inequalitiesOf,
  withWholes,
  type Counted,
  type Inequality,
  type WholeOf,
} from './whole-inequalities.js';

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
  readonly isTold: boolean;
  lo: number;
  hi: number;
  readonly own: { readonly lo: number; readonly hi: number };
  readonly because: Partial<Record<'lo' | 'hi', Because>>;
}

interface Because {
  readonly inequality: Inequality<Node>;
  readonly step: InequalityStep;
}

/** Each round only makes whole numbers greater or smaller within finite bounds; so many suffice for any chain of wholes. */
const MOST_ROUNDS = 64;

/**
 * What the figures say of a period when parts and wholes are set beside each other (`inequalitiesOf`). Bounds are
 * propagated to a fixed point; each that is tighter than the figures alone names the inequality. They always hold; where
 * no count is a part of two wholes, no tighter ones follow.
 */
export function withinWholes(of: WholeOf, first: Day, last: Day, rule?: ChoosingRule): Wholes {
  const nodes = nodesOf(of, first, last, rule);
  const contradicted: string[] = [];
  let inequalities = inequalitiesOf(of, nodes, first, last);
  for (let broken = tighten(inequalities, nodes); broken.length > 0; broken = tighten(inequalities, nodes)) {
    contradicted.push(...broken.map(inWords));
    inequalities = inequalities.filter((each) => !broken.includes(each));
    nodes.forEach(reset);
  }
  return {
    counted: nodes.filter(isKnown).map(({ measure, perimeter, lo, hi, because }) => ({
      measure,
      perimeter,
      lo,
      ...(Number.isFinite(hi) && { hi }),
      because: [because.lo, because.hi].flatMap((found) => found?.step ?? []),
    })),
    contradicted,
  };
}

/**
 * Tightens all bounds by all inequalities until nothing changes. Where a lower bound comes to lie above an upper one it
 * stops: the answer are the inequalities that gave the two.
 */
function tighten(
  inequalities: readonly Inequality<Node>[],
  nodes: readonly Node[],
): readonly Inequality<Node>[] {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let changed = false;
    for (const inequality of inequalities) {
      if (!propagate(inequality)) continue;
      changed = true;
      const crossed = nodes.find(({ lo, hi }) => lo > hi);
      if (crossed) {
        const { lo, hi } = crossed.because;
        return [...new Set([lo, hi].flatMap((found) => found?.inequality ?? []))];
      }
    }
    if (!changed) break;
  }
  return [];
}

function nodesOf(
  { figures, homeMarket }: WholeOf,
  first: Day,
  last: Day,
  rule: ChoosingRule | undefined,
): readonly Node[] {
  const told = figures.filter(({ measure }) => MEASURES[measure].nature === 'flow');
  const toldKeys = new Set(told.map((figure) => countedKey({ measure: figure.measure, perimeter: figure })));
  const counted = told.map((figure) => ({ measure: figure.measure, perimeter: perimeterOf(figure) }));
  return withWholes(counted, homeMarket)
    .map((each): Node => {
      const isTold = toldKeys.has(countedKey(each));
      const { lo, hi } = isTold
        ? flowModelOf(figures, each.measure, each.perimeter, rule).bounds(first, last)
        : { lo: 0, hi: Number.POSITIVE_INFINITY };
      return { ...each, isTold, lo, hi, own: { lo, hi }, because: {} };
    })
    .sort((a, b) => (countedKey(a) < countedKey(b) ? -1 : 1));
}

/** What nobody counts is told of where its parts or wholes bound it. */
const isKnown = ({ isTold, lo, hi }: Node): boolean => isTold || lo > 0 || Number.isFinite(hi);

function reset(node: Node): void {
  ({ lo: node.lo, hi: node.hi } = node.own);
  delete node.because.lo;
  delete node.because.hi;
}

/** Tightens the bounds of a whole and its parts by each other; whether anything changed. */
function propagate(inequality: Inequality<Node>): boolean {
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
function raise(
  inequality: Inequality<Node>,
  node: Node,
  plus: readonly Node[],
  minus: readonly Node[],
): boolean {
  const from = [...plus.map((each) => term(each, 'lo', 1)), ...minus.map((each) => term(each, 'hi', -1))];
  const bound = sumOf(from);
  if (!(bound > node.lo)) return false;
  node.lo = bound;
  node.because.lo = { inequality, step: { inequality: inWords(inequality), end: 'lo', bound, from } };
  return true;
}

/** node ≤ Σ plus.hi − Σ minus.lo. */
function lower(
  inequality: Inequality<Node>,
  node: Node,
  plus: readonly Node[],
  minus: readonly Node[],
): boolean {
  const from = [...plus.map((each) => term(each, 'hi', 1)), ...minus.map((each) => term(each, 'lo', -1))];
  const bound = sumOf(from);
  if (!(bound < node.hi)) return false;
  node.hi = bound;
  node.because.hi = { inequality, step: { inequality: inWords(inequality), end: 'hi', bound, from } };
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

function inWords({ whole, parts, isEqual }: Inequality<Node>): string {
  const name = ({ measure, perimeter }: Node): string => `${measure} (${perimeterInWords(perimeter)})`;
  return `${name(whole)} ${isEqual ? '=' : '≥'} ${parts.map(name).join(' + ')}`;
}
