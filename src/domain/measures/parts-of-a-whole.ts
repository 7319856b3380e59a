import type { Day } from '../ledger/edtf.js';
import type { ProofTerm } from './flow-graph.js';
import { flowModelOf } from './flow-readings.js';
import { REGIONS } from '../ledger/regions.js';
import type { FigureRecord } from '../state/records.js';
import { brandsIn } from './brands-together.js';
import type { ChoosingRule } from './flows.js';
import { MEASURES, perimeterInWords, perimeterOf } from './measures.js';
import {
  countedKey,
  inequalitiesOf,
  keyOfFigure,
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
  /** Of its own figures, as sums of what reports say. */
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

/** What parts and wholes leave possible, each end as a sum of what reports say. */
export interface ProvenWithinWhole extends Counted {
  readonly lo: number;
  /** Infinity where nothing bounds it from above. */
  readonly hi: number;
  readonly proof: Proofs;
  /** The inequalities that the two sums use; none where the thing's own figures give both ends. */
  readonly inequalities: readonly string[];
}

/** Each round only makes whole numbers greater or smaller within finite bounds; so many suffice for any chain of wholes. */
const MOST_ROUNDS = 64;

/**
 * What the figures say of a period when parts and wholes are set beside each other (`inequalitiesOf`). Bounds are
 * propagated to a fixed point; each that is tighter than the figures alone names the inequality. They always hold; where
 * no count is a part of two wholes, no tighter ones follow.
 */
export function withinWholes(of: WholeOf, first: Day, last: Day, rule?: ChoosingRule): Wholes {
  const { nodes, contradicted } = solved(of, first, last, rule, of.figures.filter(isFlow));
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

/** The same with the sums that prove it, also of things that are asked for although nobody counts them: a region by its countries. */
export function provenWithinWholes(
  of: WholeOf,
  first: Day,
  last: Day,
  rule: ChoosingRule | undefined,
  alsoAsked: readonly Counted[],
): readonly ProvenWithinWhole[] {
  return solved(of, first, last, rule, bearingOn(of.figures, first, last), alsoAsked)
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
 * An end as a sum of what reports say, through all inequalities that it follows from. At the fixed point each bound is the sum
 * of those that gave it; undefined where it is not, or where a chain comes back to where it began.
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
  rule: ChoosingRule | undefined,
  told: readonly FigureRecord[],
  alsoAsked: readonly Counted[] = [],
): { readonly nodes: readonly Node[]; readonly contradicted: readonly string[] } {
  const nodes = nodesOf(of, first, last, rule, told, alsoAsked);
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
 * Tightens all bounds by all inequalities until nothing changes. Where a lower bound comes to lie above an upper one it
 * stops: the answer are the inequalities that gave the two.
 */
function tighten(inequalities: readonly Inequality<Node>[]): readonly Inequality<Node>[] {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let changed = false;
    for (const inequality of inequalities) {
      if (!propagate(inequality)) continue;
      changed = true;
      // Others were looked at when they changed.
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

/** The first of some nodes in the order of all. */
const firstOf = (nodes: readonly Node[]): Node | undefined =>
  [...nodes].sort((a, b) => (countedKey(a) < countedKey(b) ? -1 : 1))[0];

function nodesOf(
  { figures, homeMarket }: WholeOf,
  first: Day,
  last: Day,
  rule: ChoosingRule | undefined,
  told: readonly FigureRecord[],
  alsoAsked: readonly Counted[],
): readonly Node[] {
  const toldKeys = new Set(told.map(keyOfFigure));
  const counted = told.map((figure) => ({ measure: figure.measure, perimeter: perimeterOf(figure) }));
  return withWholes([...counted, ...alsoAsked], homeMarket)
    .map((each): Node => {
      const isTold = toldKeys.has(countedKey(each));
      const { lo, hi, proof } = isTold
        ? flowModelOf(figures, each.measure, each.perimeter, rule).bounds(first, last)
        : { lo: 0, hi: Number.POSITIVE_INFINITY, proof: { lo: [], hi: [] } };
      return { ...each, isTold, lo, hi, own: { lo, hi }, proof, because: {} };
    })
    .sort((a, b) => (countedKey(a) < countedKey(b) ? -1 : 1));
}

const isFlow = ({ measure }: FigureRecord): boolean => MEASURES[measure].nature === 'flow';

/**
 * Flows that can say something of a period: one of the same count is told for days of it, or grew from another time. Brands
 * together and regions stay, since they stand between what is told and what is asked.
 */
function bearingOn(figures: readonly FigureRecord[], first: Day, last: Day): readonly FigureRecord[] {
  const flows = figures.filter(isFlow);
  const bearing = new Set(
    flows
      .filter(
        (each) =>
          each.growths !== undefined ||
          (each.first <= last && each.last >= first) ||
          brandsIn(each.entity ?? '').length > 1 ||
          REGIONS.has(each.market ?? ''),
      )
      .map(keyOfFigure),
  );
  return flows.filter((each) => bearing.has(keyOfFigure(each)));
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
