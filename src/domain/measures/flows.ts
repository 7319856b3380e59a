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

/** The tightest bounds that the reports give for a period, in whole units; `hi` is Infinity where they give none. */
export interface FlowBounds extends WholeBounds {
  readonly proof: {
    /** lo = Σ sign × units; no terms mean lo = 0: units are never negative. */
    readonly lo: readonly ProofTerm[];
    /** hi = Σ sign × units; no terms where hi is Infinity. */
    readonly hi: readonly ProofTerm[];
  };
}

/** A report that was left out, because the reports that are kept prove it wrong. */
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

/**
 * What reports of one measure and perimeter say of any period.
 *
 * Let C(d) be the units before day d; it never decreases. Each report says lo ≤ C(last + 1) − C(first) ≤ hi, where lo
 * and hi come from what it claims (`roundingBounds`). Where no nondecreasing C can meet all reports, the choosing rule
 * leaves some out: by default the least repair, or those that come later in the order of another rule. The bounds of a
 * period are the shortest paths in the graph of what is left (CLRS 24.4; Dechter, Meiri & Pearl 1991): whole units, and no
 * tighter ones follow from these reports. What equally light repairs think differently of has the hull of what it can be.
 * Days between the ends of reports count with the nearest ends outside (for hi) and inside (for lo).
 *
 * Immutable. Equal sets of reports give equal models, in whatever order they came.
 * For r reports: a model O(r² log r) at worst, near O(r log r) in practice; `add` near O(r log r), since contradictions are
 * looked for again only within the years of the new report; a period O(r log r).
 */
export class FlowModel {
  readonly rule: ChoosingRule;
  private readonly reports: readonly FlowReport[];
  /** What they say, in the order of the rule. */
  private readonly witnesses: readonly Witness[];
  private readonly repair: Repair;
  /** Bounds that follow from growth rates: they count after all reports, and only where they fit. */
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

  /** Throws RangeError where a period ends before it starts, an event comes twice, or a value is no figure. */
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

  /** The model with bounds that follow from growth rates: they rank below every report. */
  withDerived(derived: readonly FlowConstraint[]): FlowModel {
    return new FlowModel(this.rule, this.reports, this.witnesses, this.repair, derived);
  }

  /** The model with one more report: the same as a model of all reports. Throws as `of`. */
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

  /** The repair of witnesses of which one is new, where none of the others contradict each other and it fits them all. */
  private withFitting(event: string, witnesses: readonly Witness[]): Repair | undefined {
    const { used, rejected, disputed, counts } = this.repair;
    if (rejected.length > 0 || disputed.length > 0 || witnesses.length === used.length) return undefined;
    const witness = witnesses.find(({ claims: [{ report }] }) => report.event === event);
    if (!witness) return undefined;
    const graph = graphOf(used, countsAlsoOn([witness.from, witness.to], counts));
    if (graph.impose(witness)) return undefined;
    return { ...this.repair, used: witnesses, kept: witnesses, counts: graph.counts() };
  }

  /** Events of the reports that are used, in the order of the rule. */
  get used(): readonly string[] {
    return this.repair.used.flatMap(eventsOf);
  }

  /** Events of the reports that are not used, in the order of the rule. */
  get unused(): readonly string[] {
    return this.repair.rejected.flatMap(eventsOf);
  }

  /** Events of reports that equally light repairs leave out or keep: the bounds span what both say. */
  get disputed(): readonly string[] {
    return this.repair.disputed.flatMap(({ witness }) => eventsOf(witness));
  }

  /** Every group of contradicting reports was small enough for all of its least repairs to be found. */
  get isExact(): boolean {
    return this.repair.isExact;
  }

  /** The reports that are not used, in the order of the rule. One path O(r log r) each, on first use. */
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

  /** The units from `first` to `last`, both included. Throws RangeError where `last` comes first or a day is none. */
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

  /** Imposed in the order of the rule, so that the paths are the same however the model came about. */
  private constraints(): FlowGraph<FlowConstraint> {
    const { counts } = this.repair;
    const all = [...this.standing(), ...this.derived];
    this.graph ??= graphOf(all, countsOn(daysOf(all), counts));
    return this.graph;
  }

  /**
   * Whether a period is a sum and difference of the periods of reports: nine months and a fourth quarter, or a year less
   * its first half. Then both its bounds are finite and carry no more than the rounding of those reports, and what sources
   * disagree on. (A quarter within a reported year has finite bounds as well, from nothing to the whole year; it is not
   * covered.)
   */
  covers(first: Day, last: Day): boolean {
    const { from, to } = dayNumbers(first, last);
    this.linked ??= linkedDays([...this.standing(), ...this.derived]);
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

  /** The last day of the newest report that is used and lies within some days. */
  latestEndWithin(first: Day, last: Day): Day | undefined {
    const [start, end] = [dayNumber(first), dayNumber(last) + 1];
    const { used, disputed } = this.repair;
    const ends = [...used, ...disputed.map(({ witness }) => witness)]
      .filter(({ from, to }) => from >= start && to <= end)
      .map(({ to }) => to);
    return ends.length === 0 ? undefined : addDays(dayOfNumber(Math.max(...ends)), -1);
  }

  /** Events of the reports that are left out or disputed and that say something of the days from `first` to `last`. */
  conflictsIn(first: Day, last: Day): readonly string[] {
    const { from, to } = dayNumbers(first, last);
    const { rejected, disputed } = this.repair;
    return [...rejected, ...disputed.map(({ witness }) => witness)]
      .filter((witness) => witness.from < to && witness.to > from)
      .flatMap(eventsOf);
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

const eventsOf = ({ claims }: Witness): readonly string[] => claims.map(({ report }) => report.event);

/** A disputed report as a constraint: what it can stand for by any of the tied repairs. */
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

/** Of each day at an end of a constraint, the one that stands for all days that constraints link to it, directly or not. */
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
