import { dateInWords } from '../words/dates.js';
import { valueInWords } from '../words/values.js';
import type { RuleViolation, SentenceWords } from './event-type.js';
import type { AutomakerRecord, WayOfEntry } from '../state/records.js';
import { openStay } from '../state/market-stays.js';
import type { SubjectStates } from '../state/subject-state.js';

/** Why an automaker cannot enter its home market; undefined for any other market. */
export function inTheHomeMarket(
  { market }: { readonly market: string },
  automaker: AutomakerRecord | undefined,
): RuleViolation | undefined {
  return automaker?.homeMarket === market
    ? {
        rule: 'home-market',
        message: `${market} is its home market, which cannot be entered`,
        contradicts: automaker.registered.event,
      }
    : undefined;
}

/**
 * Why the automaker itself, or one of its brands, cannot enter a market; undefined if it is not present
 * there.
 */
export function alreadyPresent(
  record: SubjectStates['market'] | undefined,
  { market, entity }: { readonly market: string; readonly entity?: string },
): RuleViolation | undefined {
  const entered = openStay(record, entity)?.entered;
  if (!entered) return undefined;
  return {
    rule: 'already-present',
    message: `${entity ?? 'it'} is present in ${market} since ${entered.occurredOn}`,
    contradicts: entered.event,
  };
}

/**
 * " (Zeekr, through a distributor, with Electric Way, from 2026)": the way of entry; empty if nothing is
 * stated.
 */
export function wayInWords(
  { entity, entryMode, partner, startsOn }: WayOfEntry & { readonly startsOn?: string },
  { company }: SentenceWords,
): string {
  const how = [
    entity !== undefined && company(entity),
    entryMode !== undefined && `through ${valueInWords(entryMode)}`,
    partner !== undefined && `with ${partner}`,
    startsOn !== undefined && `from ${dateInWords(startsOn)}`,
  ].filter(Boolean);
  return how.length === 0 ? '' : ` (${how.join(', ')})`;
}
