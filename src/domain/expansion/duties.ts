import type { Bounds } from '../measures/bounds.js';
import { liesIn } from '../ledger/regions.js';
import { daysOf, type Day } from '../ledger/edtf.js';
import { lawOn } from '../state/conditions.js';
import type { ConditionChange, ConditionRecord } from '../state/records.js';

/** A duty in force for an automaker; from zero if for some powertrains, or if it names nobody. */
export interface DutyInForce {
  readonly bounds: Bounds;
  readonly event: string;
}

const DUTIES = ['tariff', 'countervailing-duty'] as const;
export const isDuty = ({ kind }: ConditionRecord): boolean => DUTIES.some((duty) => duty === kind);

/** Matches descriptions that say that a condition is not law yet. */
const DRAFT = /\((?:proposed|under consideration|draft)\b/i;

/** Whether a condition is law rather than a draft. */
export const isLaw = ({ appliesTo }: ConditionRecord): boolean => !DRAFT.test(appliesTo);

/** The first day on which a change is in force. */
export const inForceFrom = ({ effectiveOn, occurredOn }: ConditionChange): Day =>
  daysOf(effectiveOn ?? occurredOn).last;

/** "Tesla: China-built BEVs" is for one company: only capitalized words before the colon. */
const ONE_COMPANY = /^\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*)*:/u;

/**
 * The duties in force in a market for an automaker on a day. For each kind, the latest one that names the
 * automaker applies. If none does, the duty is between zero and the highest of those that are not for another
 * single company. Drafts are not law and never apply.
 */
export function dutiesInForce(
  market: string,
  conditions: readonly ConditionRecord[],
  automaker: string,
  on: Day,
): DutyInForce[] {
  const there = conditions.filter((each) => isLaw(each) && liesIn(market, each.market));
  return DUTIES.flatMap((kind) => dutyOf(kind, there, automaker, on));
}

function dutyOf(
  kind: (typeof DUTIES)[number],
  conditions: readonly ConditionRecord[],
  automaker: string,
  on: Day,
): DutyInForce[] {
  const found = conditions.flatMap((condition) => {
    const change = lawOn(condition, on);
    if (condition.kind !== kind || change?.rate === undefined) return [];
    return [{ condition, change, rate: change.rate, since: inForceFrom(change) }];
  });
  const named = found
    .filter(({ change }) => change.automakers?.includes(automaker))
    .sort((a, b) => (a.since < b.since ? -1 : 1))
    .at(-1);
  if (named) {
    const { rate, change } = named;
    return [{ bounds: { lo: change.powertrains === undefined ? rate : 0, hi: rate }, event: change.event }];
  }
  const others = found.filter(({ condition }) => !ONE_COMPANY.test(condition.appliesTo));
  const highest = others.sort((a, b) => a.rate - b.rate).at(-1);
  return highest ? [{ bounds: { lo: 0, hi: highest.rate }, event: highest.change.event }] : [];
}
