import type { Day } from '../ledger/edtf.js';
import type { ProofTerm } from './flow-graph.js';
import type { ChoosingRule, FlowBounds } from './flows.js';
import { perimeterInWords } from './measures.js';
import { flowsBearingOn, toldFlows, type ToldFlow } from './told-flows.js';
import {
  inequalitiesOf,
  withWholes,
  type Counted,
  type Inequality,
  type Keyed,
  type WholeOf,
} from './whole-inequalities.js';

/** One step of a proof: a bound that an inequality gives from other bounds. bound = Σ sign × units. */
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

/** The bounds of something counted, given its parts and wholes. */
export interface WithinWhole extends Counted {
  readonly lo: number;
  /** Absent if there is no upper bound. */
  readonly hi?: number;
  /** The inequality that gives each end, unless its own figures give it. */
  readonly because: readonly InequalityStep[];
}

export interface Wholes {
  readonly counted: readonly WithinWhole[];
  /** Inequalities that the figures contradict. They are not used. */
  readonly contradicted: readonly string[];
}

interface Node extends Keyed {
  readonly isTold: boolean;
  lo: number;
  hi: number;
  readonly own: { readonly lo: number; readonly hi: number };
  /** The proof of `own`, as sums of reported figures. */
  readonly proof: Proofs;
  readonly because: Partial<Record<'lo' | 'hi', Because>>;
}

interface Because {
  readonly inequality: Inequality<Node>;
  readonly step: InequalityStep;
  readonly from: readonly Summand[];
}

interface Summand {
  readonly node: Node;
  readonly end: End;
  readonly sign: 1 | -1;
}

type End = 'lo' | 'hi';
type Proofs = Readonly<Record<End, readonly ProofTerm[]>>;

/** The bounds of something counted, given its parts and wholes. Each end is a sum of reported figures. */
export interface ProvenWithinWhole extends Counted {
  readonly lo: number;
  /** Infinity if there is no upper bound. */
  readonly hi: number;
  readonly proof: Proofs;
  /** The inequalities that the two sums use; empty if its own figures give both ends. */
  readonly inequalities: readonly string[];
}

/** Upper bound on rounds, enough for any chain of wholes: each round only tightens whole numbers. */
const MOST_ROUNDS = 64;

/**
 * What the figures say about a period, given the relations of parts and wholes (`inequalitiesOf`). Bounds are
 * propagated to a fixed point, and each bound tighter than its own figures names the inequality. The bounds
 * always hold, and are the tightest if no count is part of two wholes.
 */
export function withinWholes(of: WholeOf, first: Day, last: Day, rule?: ChoosingRule): Wholes {
  const { nodes, contradicted } = solved(of, first, last, toldFlows(of.figures, first, last, rule));
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

/** Like `withinWholes`, with proofs, and for uncounted items in `alsoAsked`, such as a region. */
export function provenWithinWholes(
  of: WholeOf,
  first: Day,
  last: Day,
  rule: ChoosingRule | undefined,
  alsoAsked: readonly Counted[],
): readonly ProvenWithinWhole[] {
  return solved(of, first, last, flowsBearingOn(of.figures, first, last, rule), alsoAsked)
    .nodes.filter(isKnown)
    .flatMap((node) => {
      const [lo, hi] = [summed(node, 'lo', []), summed(node, 'hi', [])];
      if (!lo || !hi) return [];
      const { measure, perimeter } = node;
      const inequalities = [...new Set([...lo.inequalities, ...hi.inequalities])];
      return [
        { measure, perimeter, lo: node.lo, hi: node.hi, proof: { lo: lo.terms, hi: hi.terms }, inequalities },
      ];
    });
}

/**
 * An end as a sum of reported figures, through all inequalities that it follows from. At the fixed point each
 * bound is the sum of those that gave it. Undefined if it is not, or if the chain is circular.
 */
function summed(
  node: Node,
  end: End,
  within: readonly Because[],
): { readonly terms: readonly ProofTerm[]; readonly inequalities: readonly string[] } | undefined {
  const because = node.because[end];
  if (!because) return { terms: node.proof[end], inequalities: [] };
  if (within.includes(because)) return undefined;
  const terms: ProofTerm[] = [];
  const inequalities = [because.step.inequality];
  let sum = 0;
  for (const { node: other, end: its, sign } of because.from) {
    const found = summed(other, its, [...within, because]);
    if (!found) return undefined;
    sum += sign * other[its];
    inequalities.push(...found.inequalities);
    terms.push(...found.terms.map((term) => (sign === 1 ? term : { ...term, sign: negated(term.sign) })));
  }
  return sum === node[end] ? { terms, inequalities } : undefined;
}

const negated = (sign: 1 | -1): 1 | -1 => (sign === 1 ? -1 : 1);

function solved(
  of: WholeOf,
  first: Day,
  last: Day,
  told: readonly ToldFlow[],
  alsoAsked: readonly Counted[] = [],
): { readonly nodes: readonly Node[]; readonly contradicted: readonly string[] } {
  const nodes = nodesOf(of, told, alsoAsked);
  const contradicted: string[] = [];
  let inequalities = inequalitiesOf(of, nodes, first, last);
  for (let broken = tighten(inequalities); broken.length > 0; broken = tighten(inequalities)) {
    contradicted.push(...broken.map(inWords));
    inequalities = inequalities.filter((each) => !broken.includes(each));
    nodes.forEach(reset);
  }
  return { nodes, contradicted };
}

/**
 * Tightens all bounds by all inequalities until nothing changes. If a lower bound exceeds an upper one, it
 * stops and returns the inequalities that gave the two.
 */
function tighten(inequalities: readonly Inequality<Node>[]): readonly Inequality<Node>[] {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let changed = false;
    for (const inequality of inequalities) {
      if (!propagate(inequality)) continue;
      changed = true;
      // The other nodes were checked when they changed.
      const crossed = firstOf([inequality.whole, ...inequality.parts].filter(({ lo, hi }) => lo > hi));
      if (crossed) {
        const { lo, hi } = crossed.because;
        return [...new Set([lo, hi].flatMap((found) => found?.inequality ?? []))];
      }
    }
    if (!changed) break;
  }
  return [];
}

/** The first of the given nodes in the order of all nodes. */
const firstOf = (nodes: readonly Node[]): Node | undefined => [...nodes].sort(byKey)[0];

function nodesOf(
  { homeMarket }: WholeOf,
  told: readonly ToldFlow[],
  alsoAsked: readonly Counted[],
): readonly Node[] {
  const known = new Map(told.map(({ key, bounds }) => [key, bounds]));
  return withWholes([...told, ...alsoAsked], homeMarket)
    .map(({ measure, perimeter, key }): Node => {
      const { lo, hi, proof } = known.get(key) ?? UNTOLD;
      const own = { lo, hi };
      return { measure, perimeter, key, isTold: known.has(key), lo, hi, own, proof, because: {} };
    })
    .sort(byKey);
}

const UNTOLD: FlowBounds = { lo: 0, hi: Number.POSITIVE_INFINITY, proof: { lo: [], hi: [] } };

const byKey = (a: Keyed, b: Keyed): number => (a.key < b.key ? -1 : 1);

/** Items without figures are included only if their parts or wholes bound them. */
const isKnown = ({ isTold, lo, hi }: Node): boolean => isTold || lo > 0 || Number.isFinite(hi);

function reset(node: Node): void {
  ({ lo: node.lo, hi: node.hi } = node.own);
  delete node.because.lo;
  delete node.because.hi;
}

/** Tightens the bounds of a whole and its parts by each other. Returns whether anything changed. */
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
  const from = [...plus.map(summand('lo', 1)), ...minus.map(summand('hi', -1))];
  const bound = sumOf(from);
  if (!(bound > node.lo)) return false;
  node.lo = bound;
  node.because.lo = { inequality, step: stepOf(inequality, 'lo', bound, from), from };
  return true;
}

/** node ≤ Σ plus.hi − Σ minus.lo. */
function lower(
  inequality: Inequality<Node>,
  node: Node,
  plus: readonly Node[],
  minus: readonly Node[],
): boolean {
  const from = [...plus.map(summand('hi', 1)), ...minus.map(summand('lo', -1))];
  const bound = sumOf(from);
  if (!(bound < node.hi)) return false;
  node.hi = bound;
  node.because.hi = { inequality, step: stepOf(inequality, 'hi', bound, from), from };
  return true;
}

const summand =
  (end: End, sign: 1 | -1) =>
  (node: Node): Summand => ({ node, end, sign });

const sumOf = (from: readonly Summand[]): number =>
  from.reduce((sum, { node, end, sign }) => sum + sign * node[end], 0);

const stepOf = (
  inequality: Inequality<Node>,
  end: End,
  bound: number,
  from: readonly Summand[],
): InequalityStep => ({
  inequality: inWords(inequality),
  end,
  bound,
  from: from.map(({ node, end: its, sign }) => ({
    measure: node.measure,
    perimeter: node.perimeter,
    end: its,
    sign,
    units: node[its],
  })),
});

function inWords({ whole, parts, isEqual }: Inequality<Node>): string {
  const name = ({ measure, perimeter }: Node): string => `${measure} (${perimeterInWords(perimeter)})`;
  return `${name(whole)} ${isEqual ? '=' : '≥'} ${parts.map(name).join(' + ')}`;
}
