import type { Witness } from './flow-claims.js';
import type { Counts } from './flow-counts.js';
import { FlowGraph } from './flow-graph.js';

/** Reports that cannot all be true. */
export type Cycle = ReadonlySet<Witness>;

/** Upper bound on the rounds of leaving out known contradictions and searching the rest for more. */
export const MOST_ROUNDS = 60;

/** The cycles found so far, and a set that hits them all, chosen greedily. */
export class KnownCycles {
  readonly cycles: Cycle[] = [];
  readonly greedySet = new Set<Witness>();
  private readonly keys = new Set<string>();
  private readonly witnesses: readonly Witness[];
  private readonly numbers: ReadonlyMap<Witness, number>;
  /** Indexed by the number of the witness. */
  private readonly hits: Float64Array;

  constructor(witnesses: readonly Witness[]) {
    this.witnesses = witnesses;
    this.numbers = new Map(witnesses.map((witness, index) => [witness, index]));
    this.hits = new Float64Array(witnesses.length);
  }

  order(a: Witness, b: Witness): number {
    return this.numberOf(a) - this.numberOf(b);
  }

  private numberOf(witness: Witness): number {
    return this.numbers.get(witness) ?? 0;
  }

  /** Returns whether the cycle was new. */
  learn(cycle: Cycle): boolean {
    const members = Array.from(cycle, (each) => this.numberOf(each)).sort((a, b) => a - b);
    const key = members.join(' ');
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    this.cycles.push(cycle);
    // The element in the most cycles, relative to its weight, is the most likely error.
    let [suspect, most, isHit]: [Witness | undefined, number, boolean] = [undefined, 0, false];
    for (const number of members) {
      const witness = this.witnesses[number];
      if (!witness) continue;
      const hits = (this.hits[number] ?? 0) + 1;
      this.hits[number] = hits;
      isHit ||= this.greedySet.has(witness);
      const gain = hits / witness.weight;
      if (gain > most) [suspect, most] = [witness, gain];
    }
    if (suspect && !isHit) this.greedySet.add(suspect);
    return true;
  }
}

/** All cycles found by imposing the witnesses not in `left`. One that closes a cycle is skipped. */
export function contradictions(
  witnesses: readonly Witness[],
  left: ReadonlySet<Witness>,
  start: Counts,
): { readonly cycles: readonly Cycle[]; readonly counts: Counts } {
  const graph = new FlowGraph<Witness>(start);
  const cycles: Cycle[] = [];
  for (const witness of witnesses) {
    if (left.has(witness)) continue;
    const path = graph.impose(witness);
    if (path) cycles.push(new Set([witness, ...path]));
  }
  return { cycles, counts: graph.counts() };
}

/**
 * Learns cycles until leaving out the greedy hitting set makes the rest consistent. Returns possible counts
 * of the rest, or undefined after too many rounds.
 */
export function learnGreedily(
  known: KnownCycles,
  witnesses: readonly Witness[],
  start: Counts,
): Counts | undefined {
  let counts = start;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = contradictions(witnesses, known.greedySet, counts);
    counts = found.counts;
    if (found.cycles.length === 0) return counts;
    for (const cycle of found.cycles) known.learn(cycle);
  }
  return undefined;
}
