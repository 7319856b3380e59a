import { addYears, daysOf, overlap, type Day } from '../ledger/edtf.js';
import type { StrategyVersion } from '../state/records.js';
import type { StreamState } from '../state/stream-state.js';

/** Counts of what happened in a period, each with its events. */
export type Activity = Readonly<
  Record<ActivityKind, { readonly count: number; readonly events: readonly string[] }>
>;

const ACTIVITIES = {
  marketsEntered: ['MarketEntered'],
  marketsExited: ['MarketExited'],
  partnersSigned: ['PartnerSigned'],
  partnershipsEnded: ['PartnershipEnded'],
  productionAnnounced: ['ProductionAnnounced'],
  productionStarted: ['ProductionStarted'],
  productionEnded: ['ProductionEnded'],
} as const;
export type ActivityKind = keyof typeof ACTIVITIES;

/** A version of a strategy, and what it changed. */
export interface StrategyChange extends StrategyVersion {
  readonly approachChanged: boolean;
  readonly elementsAdded: readonly string[];
  readonly elementsDropped: readonly string[];
  readonly rationaleChanged: boolean;
}

export interface StrategyEntry extends StrategyChange {
  /** The twelve months up to the day before the change. */
  readonly before: Activity;
  /** The twelve months from the day of the change. */
  readonly after: Activity;
}

/** Each version of a strategy, compared with the previous one. */
export function strategyChanges(versions: readonly StrategyVersion[]): StrategyChange[] {
  return versions.map((version, index) => {
    const previous = versions[index - 1];
    return {
      ...version,
      approachChanged: previous !== undefined && previous.approach !== version.approach,
      elementsAdded: version.elements.filter((element) => !previous?.elements.includes(element)),
      elementsDropped: previous?.elements.filter((element) => !version.elements.includes(element)) ?? [],
      rationaleChanged: previous !== undefined && previous.rationale !== version.rationale,
    };
  });
}

/**
 * The changes, without what is left out by a report that may be of the same statement as the one before it:
 * their dates overlap, and each tells in its own words what was said once.
 */
export const withoutRetellings = (changes: readonly StrategyChange[]): StrategyChange[] =>
  changes.map((change, index) => {
    const before = changes[index - 1];
    return before && overlap(before.occurredOn, change.occurredOn)
      ? { ...change, elementsDropped: [] }
      : change;
  });

/** Each version of a strategy with its changes, and the activity in the twelve months before and after it. */
export function strategyHistory(state: StreamState): StrategyEntry[] {
  const versions = state.record('strategy', '')?.versions.toArray() ?? [];
  const events = [...state.effectiveEvents()];
  const between = (from: Day, to: Day): Activity => {
    const happened = events.filter(({ day }) => day >= from && day < to);
    const counted = Object.entries(ACTIVITIES).map(([kind, types]) => {
      const ids = happened
        .filter(({ type }) => (types as readonly string[]).includes(type))
        .map(({ id }) => id);
      return [kind, { count: ids.length, events: ids }] as const;
    });
    // Object.fromEntries loses the type of the keys.
    return Object.fromEntries(counted) as unknown as Activity;
  };
  return strategyChanges(versions).map((change) => {
    const day = daysOf(change.occurredOn).last;
    return {
      ...change,
      before: between(addYears(day, -1), day),
      after: between(day, addYears(day, 1)),
    };
  });
}
