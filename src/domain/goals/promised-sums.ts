import type { Automaker } from '../state/automaker.js';
import type { Bounds } from '../measures/bounds.js';
import { MEASURES, type Basis, type Measure, type Unit, type Vehicles } from '../measures/measures.js';
import { daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import { grouped } from '../state/grouped.js';
import type { TargetTerms, TargetVersion } from '../state/records.js';
import { readingsOfGoal } from './kinds.js';

/** What goals must have in common to be added up: what is counted, how, and the year that they are for. */
export interface ComparableGoals {
  readonly measure: Measure;
  readonly unit: Unit;
  readonly market?: string;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  readonly year: string;
}

/** One automaker's promise as of a day. */
export interface PromisedAmount {
  readonly automaker: string;
  readonly name: string;
  readonly target: string;
  readonly event: string;
  readonly saidOn: EdtfDate;
  readonly threshold: Bounds;
  /** The automaker whose goal already includes this one: it is listed but not added. */
  readonly within?: string;
}

/** All promises as of a day. */
export interface PromisedSum {
  readonly on: Day;
  readonly sum: Bounds;
  readonly goals: readonly PromisedAmount[];
}

export interface PromisedThenAndNow extends ComparableGoals {
  readonly from: PromisedSum;
  readonly to: PromisedSum;
  /** Promises of the automakers with such a goal on both days, so that newcomers are not growth. */
  readonly ofBoth: { readonly automakers: number; readonly from: Bounds; readonly to: Bounds };
}

/** Separate things can be added up across automakers; shares and common markets cannot. */
const isAdditive = ({ measure }: TargetTerms): boolean =>
  MEASURES[measure].nature !== 'share' && measure !== 'market-presence' && measure !== 'overseas-markets';

interface Standing extends PromisedAmount {
  readonly group: string | undefined;
  readonly comparable: ComparableGoals;
}

/** What a goal promised from a day on. Without an amount, it cannot be added to other promises. */
export interface PromisedVersion {
  readonly event: string;
  readonly saidOn: EdtfDate;
  readonly amount?: ComparableGoals & { readonly threshold: Bounds };
}

/** A goal with at least one version that can be added to the goals of other automakers. */
export interface PromisedGoal {
  readonly target: string;
  /** Oldest first. */
  readonly versions: readonly PromisedVersion[];
}

/** An automaker with its promises. */
export interface Promiser {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  readonly promised: readonly PromisedGoal[];
}

/** The goals of a whole automaker that can be added to those of others, with all versions. */
export const promisedBy = ({ targets }: Pick<Automaker, 'targets'>): PromisedGoal[] =>
  targets.flatMap(({ target, versions }): PromisedGoal[] => {
    const said = versions.map(promisedVersion);
    return said.some(({ amount }) => amount !== undefined) ? [{ target, versions: said }] : [];
  });

function promisedVersion({ type, event, occurredOn, terms }: TargetVersion): PromisedVersion {
  const said = { event, saidOn: occurredOn };
  if (type === 'TargetWithdrawn' || !isAdditive(terms)) return said;
  const year = yearOf(terms, daysOf(occurredOn).first);
  if (year === undefined || terms.entity !== undefined || terms.relativeTo) return said;
  const { measure, unit, market, basis, vehicles } = terms;
  return {
    ...said,
    amount: {
      threshold: { lo: terms.threshold, hi: terms.thresholdTo ?? terms.threshold },
      measure,
      unit,
      ...(market !== undefined && { market }),
      ...(basis !== undefined && { basis }),
      ...(vehicles !== undefined && vehicles !== 'all' && { vehicles }),
      year,
    },
  };
}

/**
 * The automakers' promises for each year, as of two days. Goals are summed if they have the same measure,
 * market, basis, kind of vehicles and year, and are of whole automakers. A brand's goal is listed beside its
 * group's goal and not added to it.
 */
export function promisedThenAndNow(
  automakers: readonly Promiser[],
  from: Day,
  to: Day,
): PromisedThenAndNow[] {
  const then = byKey(automakers.flatMap((automaker) => standingOn(automaker, from)));
  const now = byKey(automakers.flatMap((automaker) => standingOn(automaker, to)));
  return [...new Set([...then.keys(), ...now.keys()])].sort().flatMap((key): PromisedThenAndNow[] => {
    const [before, after] = [withoutTwice(then.get(key) ?? []), withoutTwice(now.get(key) ?? [])];
    const comparable = (after[0] ?? before[0])?.comparable;
    if (!comparable) return [];
    return [
      { ...comparable, from: sumOf(before, from), to: sumOf(after, to), ofBoth: bothOf(before, after) },
    ];
  });
}

/** The goals of a whole automaker in force on a day that can be added to those of others. */
const standingOn = ({ id, name, group, promised }: Promiser, on: Day): Standing[] =>
  promised.flatMap(({ target, versions }): Standing[] => {
    const version = versions.findLast(({ saidOn }) => daysOf(saidOn).last <= on);
    if (!version?.amount) return [];
    const { event, saidOn } = version;
    const { threshold, ...comparable } = version.amount;
    return [{ automaker: id, name, target, event, saidOn, threshold, group, comparable }];
  });

/** The single year of a goal: an amount's period, or its deadline. Undefined for cumulative ones. */
function yearOf(terms: TargetTerms, saidOn: Day): string | undefined {
  const [{ kind, period, deadline }] = readingsOfGoal(terms, saidOn).readings;
  const days = kind === 'cumulative' ? undefined : (period ?? deadline);
  const year = days?.last.slice(0, 4);
  return year !== undefined && days?.first.startsWith(year) === true ? year : undefined;
}

const byKey = (goals: readonly Standing[]): ReadonlyMap<string, readonly Standing[]> =>
  grouped(goals, ({ comparable: { year, measure, market = '', basis = '', vehicles = '' } }) =>
    [year, measure, market, basis, vehicles].join('|'),
  );

/** Marks goals included in others: a brand's beside its group's, all but an automaker's highest. */
function withoutTwice(goals: readonly Standing[]): Standing[] {
  const automakers = new Set(goals.map(({ automaker }) => automaker));
  const highest = new Map<string, Standing>();
  for (const goal of goals) {
    const other = highest.get(goal.automaker);
    if (!other || goal.threshold.lo > other.threshold.lo) highest.set(goal.automaker, goal);
  }
  return goals.map((goal) => {
    if (goal.group !== undefined && automakers.has(goal.group)) return { ...goal, within: goal.group };
    return highest.get(goal.automaker) === goal ? goal : { ...goal, within: goal.automaker };
  });
}

function sumOf(goals: readonly Standing[], on: Day): PromisedSum {
  return {
    on,
    sum: total(goals),
    goals: goals.map(({ group: _group, comparable: _comparable, ...goal }) => goal),
  };
}

function bothOf(before: readonly Standing[], after: readonly Standing[]) {
  const names = (goals: readonly Standing[]) =>
    new Set(goals.filter(({ within }) => within === undefined).map(({ automaker }) => automaker));
  const [then, now] = [names(before), names(after)];
  const both = new Set([...then].filter((automaker) => now.has(automaker)));
  const of = (goals: readonly Standing[]) => total(goals.filter(({ automaker }) => both.has(automaker)));
  return { automakers: both.size, from: of(before), to: of(after) };
}

function total(goals: readonly Standing[]): Bounds {
  const added = goals.filter(({ within }) => within === undefined);
  return {
    lo: added.reduce((sum, { threshold }) => sum + threshold.lo, 0),
    hi: added.reduce((sum, { threshold }) => sum + threshold.hi, 0),
  };
}
