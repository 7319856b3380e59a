import { cyclesByWindow, NO_WINDOWS, type Windows } from './cycles-by-window.js';
import { countsOn, daysOf, leastCounts, type Counts } from './flow-counts.js';
import { FlowGraph, type Proven } from './flow-graph.js';
import type { Witness } from './flow-claims.js';
import { minimalHittingSets } from './hitting-sets.js';
import { contradictions, KnownCycles, learnGreedily, MOST_ROUNDS, type Cycle } from './negative-cycles.js';

/** A witness on which equally light repairs disagree, with its range over all of them. */
export interface Disputed {
  readonly witness: Witness;
  readonly lo: Proven;
  readonly hi: Proven;
}

/** The reports to leave out so that the rest can all be true. */
export interface Repair {
  readonly used: readonly Witness[];
  readonly disputed: readonly Disputed[];
  /** Left out by every least repair. */
  readonly rejected: readonly Witness[];
  /** One least repair, used to explain the conflicts of the reports it leaves out. */
  readonly kept: readonly Witness[];
  readonly counts: Counts;
  /** True if every group of contradictory reports was small enough to find all of its least repairs. */
  readonly isExact: boolean;
  /** The results per window, to be reused when one more report is added. */
  readonly windows: Windows;
}

/** Repairs up to this much heavier than the lightest are considered, since they may assume smaller errors. */
const SLACK = 4;
/** A report that is off by a factor of two costs one more, by a factor of four two more, up to this limit. */
const MOST_OFF = 4;
/** Repairs tie if their costs differ by less than this: an error must be three times as large. */
const TIE = 1.5;

/**
 * The least repair of contradictory reports (Reiter 1987; de Kleer 1987): the lightest sets whose removal
 * makes the rest consistent are the minimal hitting sets of the negative cycles. Cycles are found on demand:
 * hit the known ones, check whether the rest is consistent, and add the cycles found. Among repairs of nearly
 * the same weight, the one that assumes smaller errors wins: reporting an eighth of a month's value is less
 * likely than reporting half as much again for a year. Tied reports are disputed: their bounds are the hull
 * over the tied repairs. The result depends on the set of reports only, not on their order; `before`, the
 * result with one report less, only saves work.
 */
export function leastRepair(witnesses: readonly Witness[], before: Windows = NO_WINDOWS): Repair {
  const known = new KnownCycles(witnesses);
  const windows = cyclesByWindow(witnesses, before);
  for (const { suspects } of windows.values()) for (const each of suspects) known.greedySet.add(each);
  for (const { cycles } of windows.values()) for (const cycle of cycles) known.learn(cycle);
  // First find any set that makes the rest consistent, greedily; then examine each group closely.
  const likely = witnesses.filter((each) => !known.greedySet.has(each));
  const greedy = learnGreedily(known, witnesses, countsOn(daysOf(witnesses), leastCounts(likely)));
  const repair =
    greedy && (known.cycles.length === 0 ? allOf(witnesses, greedy) : byGroups(known, witnesses, greedy));
  if (repair) return { ...repair, windows };
  // Too many contradictions: take the best evidenced first, each if consistent with earlier ones.
  const byWeight = [...witnesses].sort((a, b) => b.weight - a.weight || known.order(a, b));
  return { ...inOrder(byWeight), isExact: false, windows };
}

type RepairAtOnce = Omit<Repair, 'windows'>;

const allOf = (witnesses: readonly Witness[], counts: Counts): RepairAtOnce => ({
  used: witnesses,
  disputed: [],
  rejected: [],
  kept: witnesses,
  counts,
  isExact: true,
});

/** Finds the least repair of each group, learning the cycles that refute candidate repairs. */
function byGroups(
  known: KnownCycles,
  witnesses: readonly Witness[],
  greedy: Counts,
): RepairAtOnce | undefined {
  let counts = greedy;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const groups = groupsOf(known);
    const left = new Set(groups.flatMap(({ repairs }) => repairs[0] ?? []));
    const found = contradictions(witnesses, left, counts);
    counts = found.counts;
    const others =
      found.cycles.length > 0
        ? found.cycles
        : groups.flatMap((group) => untrue(group, groups, witnesses, counts));
    const isNew = others.map((cycle) => known.learn(cycle)).includes(true);
    if (isNew) continue;
    return found.cycles.length > 0
      ? undefined
      : repairOf(witnesses, groups, counts, (a, b) => known.order(a, b));
  }
  return undefined;
}

/** Contradictory reports that share cycles, and their least repairs. */
interface Group {
  readonly members: readonly Witness[];
  /** The lightest first, then in the order of the reports. */
  readonly repairs: readonly (readonly Witness[])[];
  readonly isExact: boolean;
}

function groupsOf(known: KnownCycles): readonly Group[] {
  const group = new Map<Witness, Witness>();
  const root = (witness: Witness): Witness => {
    let found = witness;
    for (let next = group.get(found); next && next !== found; next = group.get(found)) found = next;
    group.set(witness, found);
    return found;
  };
  for (const cycle of known.cycles) {
    let first: Witness | undefined;
    for (const each of cycle) {
      if (first) group.set(root(each), root(first));
      else first = root(each);
    }
  }
  const byRoot = new Map<Witness, Cycle[]>();
  for (const cycle of known.cycles) {
    const [first] = cycle;
    if (!first) continue;
    const one = byRoot.get(root(first));
    if (one) one.push(cycle);
    else byRoot.set(root(first), [cycle]);
  }
  const order = (a: Witness, b: Witness): number => known.order(a, b);
  return [...byRoot.values()]
    .map((cycles): Group => {
      const inCycles = new Set<Witness>();
      for (const cycle of cycles) for (const each of cycle) inCycles.add(each);
      const members = [...inCycles].sort(order);
      const found = minimalHittingSets(members, cycles, SLACK);
      return found
        ? { members, repairs: found, isExact: true }
        : { members, repairs: [members.filter((each) => known.greedySet.has(each))], isExact: false };
    })
    .sort((a, b) => compareFirst(a, b, order));
}

function compareFirst(a: Group, b: Group, order: (a: Witness, b: Witness) => number): number {
  const [first, second] = [a.members[0], b.members[0]];
  return first && second ? order(first, second) : 0;
}

/** The witnesses that overlap a group's days: enough to compare its repairs. */
function around(group: Group, witnesses: readonly Witness[]): readonly Witness[] {
  const from = Math.min(...group.members.map((each) => each.from));
  const to = Math.max(...group.members.map((each) => each.to));
  return witnesses.filter((each) => each.from < to && each.to > from);
}

/** Cycles that refute a repair of a group, given the first repairs of the other groups. */
function untrue(
  group: Group,
  groups: readonly Group[],
  witnesses: readonly Witness[],
  counts: Counts,
): readonly Cycle[] {
  if (group.repairs.length < 2) return [];
  const near = around(group, witnesses);
  const start = countsOn(daysOf(near), counts);
  const elsewhere = groups.filter((other) => other !== group).flatMap(({ repairs }) => repairs[0] ?? []);
  return group.repairs
    .slice(1)
    .flatMap((repair) => contradictions(near, new Set([...elsewhere, ...repair]), start).cycles);
}

function repairOf(
  witnesses: readonly Witness[],
  groups: readonly Group[],
  counts: Counts,
  order: (a: Witness, b: Witness) => number,
): RepairAtOnce {
  const disputed = new Map<Witness, Disputed>();
  const rejected = new Set<Witness>();
  const keptOut = new Set<Witness>();
  for (const group of groups) {
    const [only, other] = group.repairs;
    if (only && !other) {
      for (const each of only) rejected.add(each);
      for (const each of only) keptOut.add(each);
      continue;
    }
    const tied = likeliest(group, groups, witnesses, counts);
    const [first = []] = tied.map(({ repair }) => repair);
    for (const each of first) keptOut.add(each);
    for (const witness of new Set(tied.flatMap(({ repair }) => repair))) {
      if (tied.every(({ repair }) => repair.includes(witness))) rejected.add(witness);
      else disputed.set(witness, hullOf(witness, tied));
    }
  }
  const graph = new FlowGraph<Witness>(counts);
  const kept = new Set(witnesses.filter((each) => !keptOut.has(each)));
  for (const each of kept) graph.impose(each);
  // A greedy set may contain more than necessary, so whatever is consistent with the rest is taken back, the
  // best evidenced first.
  const greedy = groups.filter(({ isExact }) => !isExact).flatMap(({ repairs }) => repairs[0] ?? []);
  for (const each of greedy.sort((a, b) => b.weight - a.weight || order(a, b))) {
    if (graph.impose(each)) continue;
    rejected.delete(each);
    kept.add(each);
  }
  return {
    used: witnesses.filter((each) => !disputed.has(each) && !rejected.has(each)),
    disputed: [...disputed.values()].sort((a, b) => order(a.witness, b.witness)),
    rejected: witnesses.filter((each) => rejected.has(each)),
    kept: witnesses.filter((each) => kept.has(each)),
    counts: graph.counts(),
    isExact: groups.every(({ isExact }) => isExact),
  };
}

interface Tied {
  readonly repair: readonly Witness[];
  readonly graph: FlowGraph<Witness>;
}

/** The repairs of a group with the lowest cost, including the size of errors, cheapest first. */
function likeliest(
  group: Group,
  groups: readonly Group[],
  witnesses: readonly Witness[],
  counts: Counts,
): readonly Tied[] {
  const near = around(group, witnesses);
  const elsewhere = new Set(
    groups.filter((other) => other !== group).flatMap(({ repairs }) => repairs[0] ?? []),
  );
  const start = countsOn(daysOf(near), counts);
  const weighed = group.repairs.map((repair) => {
    const graph = new FlowGraph<Witness>(start);
    for (const each of near) if (!elsewhere.has(each) && !repair.includes(each)) graph.impose(each);
    const cost = repair.reduce((sum, each) => sum + each.weight + off(each, graph), 0);
    return { repair, graph, cost };
  });
  const least = Math.min(...weighed.map(({ cost }) => cost));
  return bestOfSameDays(weighed.filter(({ cost }) => cost < least + TIE).sort((a, b) => a.cost - b.cost));
}

/** Of two reports of the same days the better evidenced one stays: drops repairs against that. */
function bestOfSameDays(tied: readonly Tied[]): readonly Tied[] {
  return tied.filter(
    ({ repair }) =>
      !tied.some(({ repair: other }) => {
        const [mine, others] = [
          repair.filter((each) => !other.includes(each)),
          other.filter((each) => !repair.includes(each)),
        ];
        const [out, instead] = [mine[0], others[0]];
        return (
          mine.length === 1 &&
          others.length === 1 &&
          out !== undefined &&
          instead !== undefined &&
          out.from === instead.from &&
          out.to === instead.to &&
          out.weight > instead.weight
        );
      }),
  );
}

/** The error of a left-out report against what the others prove, in factors of two. */
function off(witness: Witness, graph: FlowGraph<Witness>): number {
  const most = graph.highest(witness.from, witness.to).units;
  const least = graph.lowest(witness.from, witness.to).units;
  const ratio = witness.lo > most ? witness.lo / most : least > witness.hi ? least / witness.hi : 1;
  return Math.min(MOST_OFF, Math.log2(ratio));
}

/** A disputed report's range over some repairs: its own bounds, or what the others prove. */
function hullOf(witness: Witness, tied: readonly Tied[]): Disputed {
  const ends = tied.map(({ repair, graph }) => {
    if (!repair.includes(witness)) return { lo: ownEnd(witness, 'lo'), hi: ownEnd(witness, 'hi') };
    return { lo: graph.lowest(witness.from, witness.to), hi: graph.highest(witness.from, witness.to) };
  });
  const lo = ends.map((each) => each.lo).reduce((a, b) => (b.units < a.units ? b : a));
  const hi = ends.map((each) => each.hi).reduce((a, b) => (b.units > a.units ? b : a));
  return { witness, lo, hi };
}

const ownEnd = (witness: Witness, end: 'lo' | 'hi'): Proven => ({
  units: witness[end],
  proof: [{ event: witness.claims[0].report.event, sign: 1, end, units: witness[end] }],
});

/** Accepts the reports in order, each if it is consistent with those before it. */
export function inOrder(witnesses: readonly Witness[]): Repair {
  const graph = new FlowGraph<Witness>(leastCounts(witnesses));
  const used: Witness[] = [];
  const rejected: Witness[] = [];
  for (const witness of witnesses) (graph.impose(witness) ? rejected : used).push(witness);
  return {
    used,
    disputed: [],
    rejected,
    kept: used,
    counts: graph.counts(),
    isExact: true,
    windows: NO_WINDOWS,
  };
}
