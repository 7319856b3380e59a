/** atLeast ≤ x(to) − x(from) ≤ atMost, where `from` < `to`. */
export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly atLeast: number;
  readonly atMost: number;
}

/** One use of a constraint: its upper bound (forward: + atMost) or lower bound (backward: − atLeast). */
export interface Step {
  /** Index of the constraint in the order of imposing. */
  readonly constraint: number;
  readonly forward: boolean;
}

/** A shortest path: `length` is the sum of + atMost and − atLeast over its steps, so x(end) − x(start) ≤ length. */
export interface Path {
  readonly length: number;
  readonly steps: readonly Step[];
}

const NONE = -1;

/**
 * Difference constraints over variables x(0) ≤ x(1) ≤ … ≤ x(n − 1). They are imposed one by one, each only if
 * all stay satisfiable.
 *
 * Graph: x(v) − x(u) ≤ w is an edge u → v of weight w. The order of the variables is an edge of weight 0 from
 * each variable to the previous one. The constraints are satisfiable iff no cycle is negative, and the
 * tightest bound of x(v) − x(u) is the shortest path u → v (CLRS 24.4; Dechter, Meiri & Pearl 1991).
 *
 * A solution is kept at all times. It serves as the potentials of Johnson's algorithm, so that Dijkstra's
 * algorithm finds paths despite negative weights. A new constraint that the solution violates is met by
 * lowering only the variables that must be lowered (Cotton & Maler 2006).
 *
 * Costs, for n variables and m constraints: imposing a constraint takes O(1) if the solution meets it, else
 * O((k + m) log n) for k lowered variables; a path takes O((n + m) log n). Weights are whole numbers; all
 * sums are exact while they stay within ± 2^53.
 */
export class DifferenceConstraints {
  private readonly x: Float64Array;
  private readonly newestEdge: Int32Array;
  /** Edge 2k is the upper bound of constraint k, edge 2k + 1 its lower bound. */
  private readonly olderEdge: number[] = [];
  private readonly target: number[] = [];
  private readonly weight: number[] = [];
  private readonly scratch: Scratch;
  private search = 0;

  /** `start` must not decrease. The closer it is to a solution, the less work there is. */
  constructor(start: Float64Array) {
    this.x = Float64Array.from(start);
    this.newestEdge = new Int32Array(start.length).fill(NONE);
    this.scratch = scratchFor(start.length);
  }

  /** Values that satisfy all constraints imposed so far. */
  get solution(): Float64Array {
    return Float64Array.from(this.x);
  }

  /**
   * Imposes a constraint. If it cannot be satisfied, nothing changes, and the result is the path of earlier
   * constraints that forms a negative cycle with it.
   */
  impose({ from, to, atLeast, atMost }: Difference): readonly Step[] | undefined {
    const difference = at(this.x, to) - at(this.x, from);
    let contradiction: readonly Step[] | undefined;
    if (difference > atMost) contradiction = this.lower(to, at(this.x, from) + atMost, from);
    else if (difference < atLeast) contradiction = this.lower(from, at(this.x, to) - atLeast, to);
    if (contradiction) return contradiction;
    this.link(from, to, atMost);
    this.link(to, from, -atLeast);
    return undefined;
  }

  private link(from: number, to: number, weight: number): void {
    this.olderEdge.push(at(this.newestEdge, from));
    this.newestEdge[from] = this.target.length;
    this.target.push(to);
    this.weight.push(weight);
  }

  /**
   * Lowers x(node) to `value`, and other variables as far as they must follow. If x(fixed) would have to
   * follow, nothing changes, and the result is the path from `node` to `fixed` that forces it.
   */
  private lower(node: number, value: number, fixed: number): readonly Step[] | undefined {
    const { proposed, proposedIn, loweredIn, viaVariable, viaEdge } = this.scratch;
    const lowered: number[] = [];
    const queue = new MinQueue();
    this.search += 1;
    const { search } = this;
    proposed[node] = value;
    proposedIn[node] = search;
    queue.push(value - at(this.x, node), node);
    for (let u = queue.pop(); u !== undefined; u = queue.pop()) {
      if (at(loweredIn, u) === search) continue;
      loweredIn[u] = search;
      lowered.push(u);
      for (let edge = this.firstEdge(u); edge !== undefined; edge = this.nextEdge(u, edge)) {
        const v = this.end(u, edge);
        const wanted = at(proposed, u) + this.length(edge);
        if (wanted >= (at(proposedIn, v) === search ? at(proposed, v) : at(this.x, v))) continue;
        proposed[v] = wanted;
        proposedIn[v] = search;
        viaVariable[v] = u;
        viaEdge[v] = edge;
        if (v === fixed) return stepsTo(v, node, (w) => ({ from: at(viaVariable, w), edge: at(viaEdge, w) }));
        queue.push(wanted - at(this.x, v), v);
      }
    }
    for (const u of lowered) this.x[u] = at(proposed, u);
    return undefined;
  }

  /**
   * The shortest path between two variables, with the fewest steps among equally short ones; undefined if
   * there is none. Only the first `among` constraints are used. The path depends on the constraints and the
   * order of imposing, not on the solution.
   */
  shortestPath(start: number, end: number, among = Number.POSITIVE_INFINITY): Path | undefined {
    const distances = this.distances(start, end, among);
    const length = at(distances, end);
    return length === Number.POSITIVE_INFINITY
      ? undefined
      : { length, steps: this.fewestSteps(start, end, distances, among) };
  }

  /**
   * Dijkstra's algorithm on w + x(u) − x(v) ≥ 0. Exact for all variables on a shortest path to `end`;
   * Infinity for variables not settled.
   */
  private distances(start: number, end: number, among: number): Float64Array {
    const tentative = new Float64Array(this.x.length).fill(Number.POSITIVE_INFINITY);
    const settled = new Float64Array(this.x.length).fill(Number.POSITIVE_INFINITY);
    const key = (v: number): number => at(tentative, v) - at(this.x, v);
    const queue = new MinQueue();
    tentative[start] = 0;
    queue.push(key(start), start);
    for (let u = queue.pop(); u !== undefined; u = queue.pop()) {
      if (at(settled, u) !== Number.POSITIVE_INFINITY) continue;
      if (at(settled, end) !== Number.POSITIVE_INFINITY && key(u) > key(end)) break;
      const distance = at(tentative, u);
      settled[u] = distance;
      for (let edge = this.firstEdge(u); edge !== undefined; edge = this.nextEdge(u, edge)) {
        if (edge >= 2 * among) continue;
        const v = this.end(u, edge);
        const candidate = distance + this.length(edge);
        if (candidate >= at(tentative, v)) continue;
        tentative[v] = candidate;
        queue.push(key(v), v);
      }
    }
    return settled;
  }

  /**
   * Breadth-first search over the edges on shortest paths. Edges of the variable order count as zero steps.
   */
  private fewestSteps(start: number, end: number, distances: Float64Array, among: number): readonly Step[] {
    const reached = new Map<number, Arrival>();
    let layer: Arrival[] = [{ from: start, edge: NONE, to: start }];
    while (layer.length > 0 && !reached.has(end)) {
      const next: Arrival[] = [];
      for (const arrival of layer) {
        const u = arrival.to ?? start;
        if (reached.has(u)) continue;
        reached.set(u, arrival);
        for (let edge = this.firstEdge(u); edge !== undefined; edge = this.nextEdge(u, edge)) {
          const v = this.end(u, edge);
          const tight = edge < 2 * among && at(distances, u) + this.length(edge) === at(distances, v);
          // A list may grow during for-of. Zero-step edges lead to variables in the same layer.
          if (tight && !reached.has(v)) (edge === NONE ? layer : next).push({ from: u, edge, to: v });
        }
      }
      layer = next;
    }
    return stepsTo(end, start, (v) => reached.get(v));
  }

  /** The edges out of a variable: to the previous variable (NONE), then its constraints, newest first. */
  private firstEdge(u: number): number | undefined {
    return u > 0 ? NONE : this.nextEdge(u, NONE);
  }

  private nextEdge(u: number, edge: number): number | undefined {
    const next = edge === NONE ? at(this.newestEdge, u) : at(this.olderEdge, edge);
    return next === NONE ? undefined : next;
  }

  private end(u: number, edge: number): number {
    return edge === NONE ? u - 1 : at(this.target, edge);
  }

  private length(edge: number): number {
    return edge === NONE ? 0 : at(this.weight, edge);
  }
}

/**
 * Working memory of a search, per variable. It is reused and marked with the number of the search, because
 * clearing it would cost more.
 */
interface Scratch {
  readonly proposed: Float64Array;
  readonly proposedIn: Int32Array;
  readonly loweredIn: Int32Array;
  readonly viaVariable: Int32Array;
  readonly viaEdge: Int32Array;
}

function scratchFor(variables: number): Scratch {
  return {
    proposed: new Float64Array(variables),
    proposedIn: new Int32Array(variables),
    loweredIn: new Int32Array(variables),
    viaVariable: new Int32Array(variables),
    viaEdge: new Int32Array(variables),
  };
}

interface Arrival {
  readonly from: number;
  readonly edge: number;
  readonly to?: number;
}

function stepsTo(end: number, start: number, arrivalAt: (v: number) => Arrival | undefined): readonly Step[] {
  const steps: Step[] = [];
  for (let v = end; v !== start;) {
    const arrival = arrivalAt(v);
    if (!arrival) throw new RangeError('sums are no longer exact: bounds are too large');
    if (arrival.edge !== NONE) steps.push({ constraint: arrival.edge >> 1, forward: arrival.edge % 2 === 0 });
    v = arrival.from;
  }
  return steps.reverse();
}

function at(numbers: ArrayLike<number>, index: number): number {
  const number = numbers[index];
  if (number === undefined) throw new RangeError(`there is no variable ${index}`);
  return number;
}

/** A binary heap of variables by key. */
class MinQueue {
  private readonly keys: number[] = [];
  private readonly items: number[] = [];

  push(key: number, item: number): void {
    let hole = this.keys.length;
    this.keys.push(key);
    this.items.push(item);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (at(this.keys, parent) <= key) break;
      this.fill(hole, parent);
      hole = parent;
    }
    this.keys[hole] = key;
    this.items[hole] = item;
  }

  pop(): number | undefined {
    const top = this.items[0];
    const key = this.keys.pop();
    const item = this.items.pop();
    if (key === undefined || item === undefined) return undefined;
    if (this.keys.length > 0) this.sink(key, item);
    return top;
  }

  private sink(key: number, item: number): void {
    const size = this.keys.length;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && at(this.keys, child + 1) < at(this.keys, child)) child += 1;
      if (at(this.keys, child) >= key) break;
      this.fill(hole, child);
      hole = child;
    }
    this.keys[hole] = key;
    this.items[hole] = item;
  }

  private fill(hole: number, from: number): void {
    this.keys[hole] = at(this.keys, from);
    this.items[hole] = at(this.items, from);
  }
}
