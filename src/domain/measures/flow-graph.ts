import { DifferenceConstraints, type Step } from './difference-constraints.js';
import { firstAtOrAfter, lastAtOrBefore, type Counts } from './flow-counts.js';

/**
 * One term of a proof: `sign × units`, where `units` is the lower or upper bound of the event's own figure.
 */
export interface ProofTerm {
  readonly event: string;
  readonly sign: 1 | -1;
  readonly end: 'lo' | 'hi';
  readonly units: number;
  /** For a bound derived from a growth rate: what it is derived from. */
  readonly derived?: DerivedBound;
}

/** A bound derived from another period's: multiplied or divided by 1 + percent / 100. */
export interface DerivedBound {
  readonly percent: number;
  readonly isDivided: boolean;
  /** The bound of the other period, and the sum that proves it. */
  readonly from: number;
  readonly proof: readonly ProofTerm[];
}

/** The events that a proof uses, including growth rates and the figures that they are applied to. */
export function eventsOfProof(proof: readonly ProofTerm[]): readonly string[] {
  const events = proof.flatMap(({ event, derived }) => [
    event,
    ...(derived ? eventsOfProof(derived.proof) : []),
  ]);
  return [...new Set(events)];
}

/** A bound with the sum that proves it. */
export interface Proven {
  readonly units: number;
  readonly proof: readonly ProofTerm[];
}

/** Bounds on the units from day `from` to the day before `to`, as day numbers. */
export interface FlowConstraint {
  readonly from: number;
  readonly to: number;
  readonly lo: number;
  /** Infinity if there is no upper bound. */
  readonly hi: number;
  /** The sums that prove lo and hi. For a report, these are its own bounds. */
  terms(end: 'lo' | 'hi'): readonly ProofTerm[];
}

/** Constraints over the days they begin and end on. Each must be consistent with earlier ones. */
export class FlowGraph<C extends FlowConstraint> {
  readonly days: readonly number[];
  private readonly constraints: DifferenceConstraints;
  private readonly imposed: C[] = [];
  private readonly places: ReadonlyMap<number, number>;

  /** `start` needs every day of a constraint's ends. The closer to a solution, the less work. */
  constructor({ days, units, places }: Counts) {
    this.days = days;
    this.places = places ?? new Map(days.map((day, index) => [day, index]));
    this.constraints = new DifferenceConstraints(units);
  }

  /** Imposes a constraint. If inconsistent, nothing changes; returns the constraints against it. */
  impose(constraint: C): readonly C[] | undefined {
    const from = this.places.get(constraint.from);
    const to = this.places.get(constraint.to);
    if (from === undefined || to === undefined)
      throw new RangeError('a claim has days that the graph has not');
    const path = this.constraints.impose({ from, to, atLeast: constraint.lo, atMost: constraint.hi });
    if (path) return path.flatMap((step) => this.imposed[step.constraint] ?? []);
    this.imposed.push(constraint);
    return undefined;
  }

  counts(): Counts {
    return { days: this.days, units: this.constraints.solution, places: this.places };
  }

  /** The most units possible from day `from` to the day before `to`. */
  highest(from: number, to: number): Proven {
    const start = lastAtOrBefore(this.days, from);
    const end = firstAtOrAfter(this.days, to);
    const path = start >= 0 && end < this.days.length ? this.constraints.shortestPath(start, end) : undefined;
    if (!path) return { units: Number.POSITIVE_INFINITY, proof: [] };
    return { units: path.length, proof: path.steps.flatMap((step) => this.termsOf(step, 1)) };
  }

  /** The least units possible from day `from` to the day before `to`. */
  lowest(from: number, to: number): Proven {
    const start = firstAtOrAfter(this.days, from);
    const end = lastAtOrBefore(this.days, to);
    const path = start < end ? this.constraints.shortestPath(end, start) : undefined;
    if (!path) return { units: 0, proof: [] };
    return { units: 0 - path.length, proof: path.steps.flatMap((step) => this.termsOf(step, -1)) };
  }

  private termsOf({ constraint, forward }: Step, direction: 1 | -1): readonly ProofTerm[] {
    const found = this.imposed[constraint];
    if (!found) throw new RangeError(`there is no constraint ${constraint}`);
    const isAdded = forward === (direction === 1);
    return found
      .terms(forward ? 'hi' : 'lo')
      .map((term) => (isAdded ? term : { ...term, sign: term.sign === 1 ? (-1 as const) : (1 as const) }));
  }
}
