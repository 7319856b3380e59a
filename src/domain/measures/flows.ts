import { addDays, addYears, dayNumber, type Day } from '../ledger/edtf.js';
import {
  claimOf,
  dayNumbers,
  dayOfNumber,
  DEFAULT_RULE,
  ORDERS,
  withClaim,
  witnessesOf,
  type ChoosingRule,
  type Claim,
  type FlowReport,
  type Witness,
} from './flow-claims.js';
import { countsAlsoOn, countsOn, daysOf, lastAtOrBefore, leastCounts } from './flow-counts.js';
import { FlowGraph, type FlowConstraint, type ProofTerm, type Proven } from './flow-graph.js';
import { inOrder, leastRepair, type Disputed, type Repair } from './least-repair.js';
import type { WholeBounds } from './rounding.js';

export { CHOOSING_RULES, DEFAULT_RULE, type ChoosingRule, type FlowReport } from './flow-claims.js';
export type { ProofTerm } from './flow-graph.js';

/** The tightest bounds for a period, in whole units. `hi` is Infinity without an upper bound. */
export interface FlowBounds extends WholeBounds {
  readonly proof: {
    /** lo = Σ sign × units. Without terms lo = 0, since units are never negative. */
    readonly lo: readonly ProofTerm[];
    /** hi = Σ sign × units. No terms if hi is Infinity. */
    readonly hi: readonly ProofTerm[];
  };
}

/** A report that was left out because the kept reports disprove it. */
export interface FlowConflict {
  readonly event: string;
  /** The claim of the report: at least `lo`, at most `hi`. */
  readonly claims: WholeBounds;
  /**
   * `hi`: the report claims at least claims.lo, but at most `proven` is possible. `lo`: it claims at most
   * claims.hi, but at least `proven` is certain.
   */
  readonly against: 'lo' | 'hi';
  readonly proven: number;
  /** proven = Σ sign × units. */
  readonly proof: readonly ProofTerm[];
  /** The distance between claim and proof: minus the weight of the negative cycle. At least 1. */
  readonly excess: number;
  /** The events of the negative cycle, starting with the report itself. */
  readonly cycle: readonly string[];
}

/** The units of a covered period. */
export interface CoveredPeriod extends FlowBounds {
  readonly first: Day;
  readonly last: Day;
}

/**
 * What reports of one measure and perimeter say about any period.
 *
 * Let C(d) be the units before day d; it never decreases. Each report says lo ≤ C(last + 1) − C(first) ≤ hi,
 * with lo and hi from its claim (`roundingBounds`). If no nondecreasing C satisfies all reports, the choosing
 * rule leaves some out: by default the least repair, otherwise the later ones in the order of the rule. The
 * bounds of a period are the shortest paths in the graph of the remaining reports (CLRS 24.4; Dechter, Meiri
 * & Pearl 1991). They are whole units, and no tighter bounds follow from these reports. If equally light
 * repairs disagree on a report, it has the hull of its possible values. For days between the ends of reports,
 * the nearest ends outside (for hi) or inside (for lo) are used.
 *
 * Immutable. Equal sets of reports give equal models, in any order. For r reports: building takes O(r² log r)
 * at worst, close to O(r log r) in practice; `add` takes close to O(r log r), since it searches for
 * contradictions only within the years of the new report; a period takes O(r log r).
 */
export class FlowModel {
  readonly rule: ChoosingRule;
  private readonly reports: readonly FlowReport[];
  /** The reports' claims, in the order of the rule. */
  private readonly witnesses: readonly Witness[];
  private readonly repair: Repair;
  /** Bounds derived from growth rates. They are imposed after all reports, and only if consistent. */
  private readonly derived: readonly FlowConstraint[];
  private graph: FlowGraph<FlowConstraint> | undefined;
  private linked: ReadonlyMap<number, number> | undefined;
  private contradictions: readonly FlowConflict[] | undefined;
  private years: CoveredYears | undefined;
  private readonly yearBounds = new Map<number, FlowBounds>();

  private constructor(
    rule: ChoosingRule,
    reports: readonly FlowReport[],
    witnesses: readonly Witness[],
    repair: Repair,
    derived: readonly FlowConstraint[] = [],
  ) {
    this.derived = derived;
    this.rule = rule;
    this.reports = reports;
    this.witnesses = witnesses;
    this.repair = repair;
  }

  /** Throws RangeError if a period ends before it starts, an event occurs twice, or a value is invalid. */
  static of(reports: Iterable<FlowReport>, rule: ChoosingRule = DEFAULT_RULE): FlowModel {
    const all = Array.from(reports);
    const claims = all.map(claimOf).sort(ORDERS[rule]);
    if (new Set(claims.map(({ report }) => report.event)).size < claims.length)
      throw new RangeError('an event comes twice among the reports of a flow');
    const witnesses = witnessesOf(claims, rule === 'least-repair');
    return new FlowModel(
      rule,
      all,
      witnesses,
      rule === 'least-repair' ? leastRepair(witnesses) : inOrder(witnesses),
    );
  }

  /** The model with additional bounds derived from growth rates. They rank below every report. */
  withDerived(derived: readonly FlowConstraint[]): FlowModel {
    return new FlowModel(this.rule, this.reports, this.witnesses, this.repair, derived);
  }

  /** The model with one more report: equal to a model built from all reports. Throws like `of`. */
  add(report: FlowReport): FlowModel {
    if (this.reports.some(({ event }) => event === report.event))
      throw new RangeError(`the event ${report.event} is among the reports already`);
    const reports = [...this.reports, report];
    const witnesses = withClaim(this.witnesses, claimOf(report), this.rule);
    return new FlowModel(
      this.rule,
      reports,
      witnesses,
      this.withFitting(report.event, witnesses) ??
        (this.rule === 'least-repair' ? leastRepair(witnesses, this.repair.windows) : inOrder(witnesses)),
    );
  }

  /**
   * The repair after adding a witness, for the simple case that nothing was contradictory before and the new
   * witness is consistent; otherwise undefined.
   */
  private withFitting(event: string, witnesses: readonly Witness[]): Repair | undefined {
    const { used, rejected, disputed, counts } = this.repair;
    if (rejected.length > 0 || disputed.length > 0 || witnesses.length === used.length) return undefined;
    const witness = witnesses.find(({ claims: [{ report }] }) => report.event === event);
    if (!witness) return undefined;
    const graph = graphOf(used, countsAlsoOn([witness.from, witness.to], counts));
    if (graph.impose(witness)) return undefined;
    return { ...this.repair, used: witnesses, kept: witnesses, counts: graph.counts() };
  }

  /** Events of the used reports, in the order of the rule. */
  get used(): readonly string[] {
    return this.repair.used.flatMap(eventsOf);
  }

  /** Events of the unused reports, in the order of the rule. */
  get unused(): readonly string[] {
    return this.repair.rejected.flatMap(eventsOf);
  }

  /** Events of reports that some equally light repairs keep and others leave out. The bounds cover both. */
  get disputed(): readonly string[] {
    return this.repair.disputed.flatMap(({ witness }) => eventsOf(witness));
  }

  /** True if every group of contradictory reports was small enough to find all of its least repairs. */
  get isExact(): boolean {
    return this.repair.isExact;
  }

  /**
   * The unused reports, in the order of the rule. Computed on first use with one path, O(r log r), for each.
   */
  get conflicts(): readonly FlowConflict[] {
    this.contradictions ??= this.explainConflicts();
    return this.contradictions;
  }

  private explainConflicts(): readonly FlowConflict[] {
    const { kept, rejected, counts } = this.repair;
    if (rejected.length === 0) return [];
    const graph = graphOf(kept, countsOn(daysOf(kept), counts));
    return rejected.flatMap((witness) => witness.claims.map((claim) => conflictOf(claim, graph)));
  }

  /** The units from `first` to `last`, both included. Throws RangeError for invalid or reversed days. */
  bounds(first: Day, last: Day): FlowBounds {
    const { from, to } = dayNumbers(first, last);
    const lowest = this.constraints().lowest(from, to);
    const highest = this.constraints().highest(from, to);
    return { lo: lowest.units, hi: highest.units, proof: { lo: lowest.proof, hi: highest.proof } };
  }

  private standing(): readonly FlowConstraint[] {
    const { used, disputed } = this.repair;
    return [...used, ...disputed.map(constraintOf)];
  }

  /** Imposed in the order of the rule: the paths do not depend on how the model was built. */
  private constraints(): FlowGraph<FlowConstraint> {
    const { counts } = this.repair;
    const all = [...this.standing(), ...this.derived];
    this.graph ??= graphOf(all, countsOn(daysOf(all), counts));
    return this.graph;
  }

  /**
   * Whether a period is a sum or difference of the periods of reports: nine months plus a fourth quarter, or
   * a year minus its first half. Then both bounds are finite, and as wide as the rounding and disagreement of
   * those reports. (A quarter within a reported year also has finite bounds, from zero to the whole year, but
   * is not covered.)
   */
  covers(first: Day, last: Day): boolean {
    const { from, to } = dayNumbers(first, last);
    this.linked ??= linkedDays([...this.standing(), ...this.derived]);
    const start = this.linked.get(from);
    return start !== undefined && start === this.linked.get(to);
  }

  /** The last day, at most `last`, up to which all days from `first` are covered; undefined if none. */
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

  /** The last day of the newest used or disputed report that lies within the given days. */
  latestEndWithin(first: Day, last: Day): Day | undefined {
    const [start, end] = [dayNumber(first), dayNumber(last) + 1];
    const { used, disputed } = this.repair;
    const ends = [...used, ...disputed.map(({ witness }) => witness)]
      .filter(({ from, to }) => from >= start && to <= end)
      .map(({ to }) => to);
    return ends.length === 0 ? undefined : addDays(dayOfNumber(Math.max(...ends)), -1);
  }

  /** Events of the rejected or disputed reports about any day from `first` to `last`. */
  conflictsIn(first: Day, last: Day): readonly string[] {
    const { from, to } = dayNumbers(first, last);
    const { rejected, disputed } = this.repair;
    return [...rejected, ...disputed.map(({ witness }) => witness)]
      .filter((witness) => witness.from < to && witness.to > from)
      .flatMap(eventsOf);
  }

  /**
   * The latest covered twelve months that end by `until`. They begin one year before the day after their last
   * day. The covered periods and their bounds are computed once, so that a series costs only its points.
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

  /** The last days of all covered twelve-month periods, oldest first. */
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

  /** The covered calendar years, oldest first. */
  completeYears(): readonly number[] {
    const { periods } = (this.years ??= this.coveredYears());
    return periods
      .filter(({ first }) => first.endsWith('-01-01'))
      .map(({ last }) => Number(last.slice(0, 4)));
  }
}

/** The covered twelve-month periods, with their last days as numbers. */
interface CoveredYears {
  readonly periods: readonly { readonly first: Day; readonly last: Day }[];
  readonly ends: readonly number[];
}

const eventsOf = ({ claims }: Witness): readonly string[] => claims.map(({ report }) => report.event);

/** A disputed report as a constraint: its range over all tied repairs. */
const constraintOf = ({ witness: { from, to }, lo, hi }: Disputed): FlowConstraint => ({
  from,
  to,
  lo: lo.units,
  hi: hi.units,
  terms: (end) => (end === 'lo' ? lo : hi).proof,
});

function conflictOf({ report, from, to, lo, hi }: Claim, graph: FlowGraph<Witness>): FlowConflict {
  const highest = graph.highest(from, to);
  const against = highest.units < lo ? 'hi' : 'lo';
  const { units: proven, proof }: Proven = against === 'hi' ? highest : graph.lowest(from, to);
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

function graphOf<C extends FlowConstraint>(
  constraints: readonly C[],
  start: ReturnType<typeof leastCounts>,
): FlowGraph<C> {
  const graph = new FlowGraph<C>(start);
  for (const constraint of constraints) graph.impose(constraint);
  return graph;
}

/** Maps each end of a constraint to a representative of all days linked by constraints. */
function linkedDays(constraints: readonly FlowConstraint[]): ReadonlyMap<number, number> {
  const links = new Map<number, number>();
  const root = (day: number): number => {
    let found = day;
    for (let next = links.get(found); next !== undefined && next !== found; next = links.get(found))
      found = next;
    links.set(day, found);
    return found;
  };
  for (const { from, to, hi } of constraints) if (Number.isFinite(hi)) links.set(root(to), root(from));
  return new Map(Array.from(links.keys(), (day) => [day, root(day)]));
}
