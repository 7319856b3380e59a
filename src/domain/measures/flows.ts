import { DifferenceConstraints, type Step } from './difference-constraints.js';
import {
  countsAlsoOn,
  countsOn,
  daysOf,
  firstAtOrAfter,
  lastAtOrBefore,
  leastCounts,
  type Counts,
} from './flow-counts.js';
import {
  claimOf,
  dayNumbers,
  dayOfNumber,
  DEFAULT_RULE,
  ORDERS,
  type ChoosingRule,
  type Claim,
  type FlowReport,
  type Order,
} from './flow-claims.js';
import { addDays, addYears, dayNumber, type Day } from '../occurred-on.js';
import type { WholeBounds } from './rounding.js';

export { CHOOSING_RULES, DEFAULT_RULE, type ChoosingRule, type FlowReport } from './flow-claims.js';

/** One summand of a proof: `sign × units`, where `units` is the lower or upper bound of the event's own figure. */
export interface ProofTerm {
  readonly event: string;
  readonly sign: 1 | -1;
  readonly end: 'lo' | 'hi';
  readonly units: number;
}

/** The tightest bounds that the used reports give for a period, in whole units; `hi` is Infinity where they give none. */
export interface FlowBounds extends WholeBounds {
  readonly proof: {
    /** lo = Σ sign × units; no terms mean lo = 0: units are never negative. */
    readonly lo: readonly ProofTerm[];
    /** hi = Σ sign × units; no terms where hi is Infinity. */
    readonly hi: readonly ProofTerm[];
  };
}

/** A report that was not used, because reports that the rule puts before it prove it wrong. */
export interface FlowConflict {
  readonly event: string;
  /** What it says: at least `lo`, at most `hi`. */
  readonly claims: WholeBounds;
  /** `hi`: it says at least claims.lo, but at most `proven` is possible. `lo`: at most claims.hi, but at least `proven`. */
  readonly against: 'lo' | 'hi';
  readonly proven: number;
  /** proven = Σ sign × units. */
  readonly proof: readonly ProofTerm[];
  /** How far claim and proof are apart: minus the weight of the negative cycle. At least 1. */
  readonly excess: number;
  /** The events of the negative cycle, the report itself first. */
  readonly cycle: readonly string[];
}

/** The units of a covered period. */
export interface CoveredPeriod extends FlowBounds {
  readonly first: Day;
  readonly last: Day;
}

/** What a rule chose. */
interface Choice {
  /** In the order of the rule. */
  readonly used: readonly Claim[];
  /** Each claim that was not used, with used claims before it that contradict it together. */
  readonly rejected: ReadonlyMap<Claim, readonly Claim[]>;
  /** Units before each day at an end of a claim, used or not, that meet all used claims. */
  readonly counts: Counts;
}

/**
 * What reports of one measure and perimeter say of any period.
 *
 * Let C(d) be the units before day d; it never decreases. Each report says lo ≤ C(last + 1) − C(first) ≤ hi, where lo
 * and hi come from its rounding (`roundingBounds`). Reports are taken in the order of the choosing rule, and one that
 * no nondecreasing C can meet together with those taken before is a conflict and is not used. The bounds of a period
 * are the shortest paths in the graph of the used reports (CLRS 24.4; Dechter, Meiri & Pearl 1991): whole units, and
 * no tighter ones follow from these reports. Days between the ends of reports count with the nearest ends outside
 * (for hi) and inside (for lo).
 *
 * Immutable. Equal sets of reports give equal models, in whatever order they came.
 * For r reports: a model O(r² log r) at worst, near O(r log r) in practice; `add` near O(r log r); a period O(r log r).
 */
export class FlowModel {
  readonly rule: ChoosingRule;
  private readonly ranked: readonly Claim[];
  private readonly choice: Choice;
  private graph: Graph | undefined;
  private linked: ReadonlyMap<number, number> | undefined;
  private contradictions: readonly FlowConflict[] | undefined;
  private years: CoveredYears | undefined;
  private readonly yearBounds = new Map<number, FlowBounds>();

  private constructor(rule: ChoosingRule, ranked: readonly Claim[], choice: Choice) {
    this.rule = rule;
    this.ranked = ranked;
    this.choice = choice;
  }

  /** Throws RangeError where a period ends before it starts, an event comes twice, or a value is no figure. */
  static of(reports: Iterable<FlowReport>, rule: ChoosingRule = DEFAULT_RULE): FlowModel {
    const ranked = Array.from(reports, claimOf).sort(ORDERS[rule]);
    if (new Set(ranked.map(({ report }) => report.event)).size < ranked.length) {
      throw new RangeError('an event comes twice among the reports of a flow');
    }
    return new FlowModel(rule, ranked, choose(ranked, leastCounts(ranked), new Map()));
  }

  /** The model with one more report: the same as a model of all reports. Throws as `of`. */
  add(report: FlowReport): FlowModel {
    if (this.ranked.some((known) => known.report.event === report.event)) {
      throw new RangeError(`the event ${report.event} is among the reports already`);
    }
    const claim = claimOf(report);
    const ranked = inserted(this.ranked, claim, ORDERS[this.rule]);
    const { used, rejected, counts } = this.choice;
    const known = countsAlsoOn([claim.from, claim.to], counts);
    const graph = graphOf(used, known);
    const against = contradiction(graph, claim, used);
    // Where it fits all used reports, the rule would still take those, and still not the others.
    if (!against) {
      const withIt = inserted(used, claim, ORDERS[this.rule]);
      return new FlowModel(this.rule, ranked, { used: withIt, rejected, counts: graph.counts() });
    }
    // Where reports before it contradict it, the rule comes to it with those taken, and goes on as without it.
    const isRejected = against.every((other) => ORDERS[this.rule](other, claim) < 0);
    const choice = isRejected
      ? { used, rejected: new Map(rejected).set(claim, against), counts: known }
      : choose(ranked, known, rejected);
    return new FlowModel(this.rule, ranked, choice);
  }

  /** Events of the reports that are used, in the order of the rule. */
  get used(): readonly string[] {
    return this.choice.used.map(({ report }) => report.event);
  }

  /** Events of the reports that are not used, in the order of the rule. */
  get unused(): readonly string[] {
    return this.ranked.filter((claim) => this.choice.rejected.has(claim)).map(({ report }) => report.event);
  }

  /** The reports that are not used, in the order of the rule. One path O(r log r) each, on first use. */
  get conflicts(): readonly FlowConflict[] {
    this.contradictions ??= this.explainConflicts();
    return this.contradictions;
  }

  private explainConflicts(): readonly FlowConflict[] {
    const conflicts: FlowConflict[] = [];
    let usedBefore = 0;
    for (const claim of this.ranked) {
      if (this.choice.rejected.has(claim)) conflicts.push(this.explain(claim, usedBefore));
      else usedBefore += 1;
    }
    return conflicts;
  }

  private explain(claim: Claim, usedBefore: number): FlowConflict {
    const { report, from, to, lo, hi } = claim;
    const highest = this.highest(from, to, usedBefore);
    const against = highest.units < lo ? 'hi' : 'lo';
    const { units: proven, proof } = against === 'hi' ? highest : this.lowest(from, to, usedBefore);
    return {
      event: report.event,
      claims: { lo, hi },
      against,
      proven,
      proof,
      excess: against === 'hi' ? lo - proven : proven - hi,
      cycle: [report.event, ...proof.map(({ event }) => event)],
    };
  }

  /** The units from `first` to `last`, both included. Throws RangeError where `last` comes first or a day is none. */
  bounds(first: Day, last: Day): FlowBounds {
    const { from, to } = dayNumbers(first, last);
    const lowest = this.lowest(from, to);
    const highest = this.highest(from, to);
    return { lo: lowest.units, hi: highest.units, proof: { lo: lowest.proof, hi: highest.proof } };
  }

  private highest(from: number, to: number, among?: number): Proven {
    const { days, constraints } = this.constraints();
    const start = lastAtOrBefore(days, from);
    const end = firstAtOrAfter(days, to);
    const path = start >= 0 && end < days.length ? constraints.shortestPath(start, end, among) : undefined;
    if (!path) return { units: Number.POSITIVE_INFINITY, proof: [] };
    return { units: path.length, proof: path.steps.map((step) => this.term(step, 1)) };
  }

  private lowest(from: number, to: number, among?: number): Proven {
    const { days, constraints } = this.constraints();
    const start = firstAtOrAfter(days, from);
    const end = lastAtOrBefore(days, to);
    const path = start < end ? constraints.shortestPath(end, start, among) : undefined;
    if (!path) return { units: 0, proof: [] };
    return { units: 0 - path.length, proof: path.steps.map((step) => this.term(step, -1)) };
  }

  private term({ constraint, forward }: Step, direction: 1 | -1): ProofTerm {
    const claim = this.choice.used[constraint];
    if (!claim) throw new RangeError(`there is no used report ${constraint}`);
    const { report, lo, hi } = claim;
    const sign = forward === (direction === 1) ? 1 : -1;
    return { event: report.event, sign, end: forward ? 'hi' : 'lo', units: forward ? hi : lo };
  }

  /** Imposed in the order of the rule, so that the paths are the same however the model came about. */
  private constraints(): Graph {
    this.graph ??= graphOf(this.choice.used, countsOn(daysOf(this.choice.used), this.choice.counts));
    return this.graph;
  }

  /**
   * Whether a period is a sum and difference of the periods of used reports: nine months and a fourth quarter, or a
   * year less its first half. Then both its bounds are finite and carry no more than the rounding of those reports. (A
   * quarter within a reported year has finite bounds as well, from nothing to the whole year; it is not covered.)
   */
  covers(first: Day, last: Day): boolean {
    const { from, to } = dayNumbers(first, last);
    this.linked ??= linkedDays(this.choice.used);
    const start = this.linked.get(from);
    return start !== undefined && start === this.linked.get(to);
  }

  /** The last day up to which the reports cover all from `first` on, within `last`; undefined where they cover nothing from then on. */
  latestCovered(first: Day, last: Day): Day | undefined {
    const [start, end] = [dayNumber(first), dayNumber(last) + 1];
    const { days } = this.constraints();
    for (let index = lastAtOrBefore(days, end); index >= 0; index -= 1) {
      const day = days[index];
      if (day === undefined || day <= start) return undefined;
      const until = addDays(dayOfNumber(day), -1);
      if (this.covers(first, until)) return until;
    }
    return undefined;
  }

  /** The last day of the newest used report that lies within some days. */
  latestEndWithin(first: Day, last: Day): Day | undefined {
    const [start, end] = [dayNumber(first), dayNumber(last) + 1];
    const ends = this.choice.used.filter(({ from, to }) => from >= start && to <= end).map(({ to }) => to);
    return ends.length === 0 ? undefined : addDays(dayOfNumber(Math.max(...ends)), -1);
  }

  /** Events of the reports that are not used and that say something of the days from `first` to `last`, in the order of the rule. */
  conflictsIn(first: Day, last: Day): readonly string[] {
    const { from, to } = dayNumbers(first, last);
    return this.ranked
      .filter((claim) => this.choice.rejected.has(claim) && claim.from < to && claim.to > from)
      .map(({ report }) => report.event);
  }

  /**
   * The latest covered twelve months that end by `until`: from the day a year before the day after their last one. The
   * covered ones are found once, and the bounds of each once, so that a series costs no more than its points.
   */
  trailingTwelveMonths(until?: Day): CoveredPeriod | undefined {
    const { ends, periods } = (this.years ??= this.coveredYears());
    const index = until === undefined ? periods.length - 1 : lastAtOrBefore(ends, dayNumber(until));
    const period = periods[index];
    if (!period) return undefined;
    const bounds = this.yearBounds.get(index) ?? this.bounds(period.first, period.last);
    this.yearBounds.set(index, bounds);
    return { ...period, ...bounds };
  }

  /** The last days of all twelve months that are covered, oldest first. */
  get coveredYearEnds(): readonly Day[] {
    return (this.years ??= this.coveredYears()).periods.map(({ last }) => last);
  }

  private coveredYears(): CoveredYears {
    const periods = this.constraints().days.flatMap((day) => {
      const next = dayOfNumber(day);
      const [first, last] = [addYears(next, -1), addDays(next, -1)];
      return this.covers(first, last) ? [{ first, last }] : [];
    });
    return { periods, ends: periods.map(({ last }) => dayNumber(last)) };
  }

  /** The calendar years that are covered, oldest first. */
  completeYears(): readonly number[] {
    const { periods } = (this.years ??= this.coveredYears());
    return periods
      .filter(({ first }) => first.endsWith('-01-01'))
      .map(({ last }) => Number(last.slice(0, 4)));
  }
}

/** Twelve months each, with their last days as numbers. */
interface CoveredYears {
  readonly periods: readonly { readonly first: Day; readonly last: Day }[];
  readonly ends: readonly number[];
}

interface Proven {
  readonly units: number;
  readonly proof: readonly ProofTerm[];
}

/** Takes claims in order, each that fits those taken before. A claim known as contradicted by taken ones is not tried. */
function choose(ranked: readonly Claim[], start: Counts, known: Choice['rejected']): Choice {
  const graph = graphOf([], start);
  const used: Claim[] = [];
  const taken = new Set<Claim>();
  const rejected = new Map<Claim, readonly Claim[]>();
  for (const claim of ranked) {
    const reason = known.get(claim);
    const against = reason?.every((other) => taken.has(other)) ? reason : contradiction(graph, claim, used);
    if (against) {
      rejected.set(claim, against);
    } else {
      used.push(claim);
      taken.add(claim);
    }
  }
  return { used, rejected, counts: graph.counts() };
}

function contradiction(graph: Graph, claim: Claim, used: readonly Claim[]): readonly Claim[] | undefined {
  const steps = graph.impose(claim);
  return steps?.flatMap(({ constraint }) => used[constraint] ?? []);
}

/** The constraints of some claims over the days that their periods begin and end at. */
class Graph {
  readonly days: readonly number[];
  readonly constraints: DifferenceConstraints;
  private readonly index: ReadonlyMap<number, number>;

  constructor({ days, units }: Counts) {
    this.days = days;
    this.index = new Map(days.map((day, index) => [day, index]));
    this.constraints = new DifferenceConstraints(units);
  }

  impose(claim: Claim): readonly Step[] | undefined {
    const from = this.index.get(claim.from);
    const to = this.index.get(claim.to);
    if (from === undefined || to === undefined)
      throw new RangeError('a claim has days that the graph has not');
    return this.constraints.impose({ from, to, atLeast: claim.lo, atMost: claim.hi });
  }

  counts(): Counts {
    return { days: this.days, units: this.constraints.solution };
  }
}

function graphOf(claims: readonly Claim[], start: Counts): Graph {
  const graph = new Graph(start);
  for (const claim of claims) graph.impose(claim);
  return graph;
}

/** Of each day at an end of a claim, the one that stands for all days that claims link to it, directly or not. */
function linkedDays(claims: readonly Claim[]): ReadonlyMap<number, number> {
  const links = new Map<number, number>();
  const root = (day: number): number => {
    let found = day;
    for (let next = links.get(found); next !== undefined && next !== found; next = links.get(found))
      found = next;
    links.set(day, found);
    return found;
  };
  for (const { from, to } of claims) links.set(root(to), root(from));
  return new Map(Array.from(links.keys(), (day) => [day, root(day)]));
}

function inserted(claims: readonly Claim[], claim: Claim, order: Order): readonly Claim[] {
  const place = claims.findIndex((other) => order(claim, other) < 0);
  return place < 0 ? [...claims, claim] : claims.toSpliced(place, 0, claim);
}
