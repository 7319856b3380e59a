import type { ComponentChildren, VNode } from 'preact';
import { daySpan } from '../../domain/ledger/edtf.js';
import type { MarketRecord, PartnershipRecord, SiteRecord } from '../../domain/state/records.js';
import { siteName } from '../../domain/words/values.js';
import { marketName } from '../../queries/names.js';
import { dateInWords, whenInWords } from '../design/dates.js';
import { listInWords } from '../design/words.js';

/** Maximum number of rows that are visible at once; longer tables are folded. */
const OPEN = 5;
const NAMED = 4;

/** A table that is folded under a sentence if it is long. */
export function Fold(props: {
  rows: number;
  words: string;
  lead: string;
  children: ComponentChildren;
}): VNode {
  const { rows, words, lead, children } = props;
  if (rows <= OPEN) return <>{children}</>;
  return (
    <>
      <p>{lead}</p>
      <details>
        <summary>{words}</summary>
        {children}
      </details>
    </>
  );
}

/** The time of a single event. A span means a time within it, not a duration. */
const onceInWords = (date: string): string => (date.includes('/') ? whenInWords(date) : dateInWords(date));

/** The first day that a date can mean: by it, nothing counts as newer than it surely is. */
const dayOf = (date: string): string => daySpan(date)?.first ?? date;

export function sitesInWords(sites: readonly SiteRecord[]): string {
  const running = sites.filter(({ status }) => status === 'running');
  const names = running.slice(0, NAMED).map(siteName);
  const more = running.length - names.length;
  return running.length === 0
    ? 'None of them is logged as started.'
    : `Started, and no end is logged: ${listInWords([...names, ...(more > 0 ? [`${more} more`] : [])])}.`;
}

export function marketsInWords(markets: readonly MarketRecord[]): string {
  const entered = markets
    .flatMap(({ market, stays }) =>
      stays.slice(-1).flatMap(({ entered }) => (entered ? [{ market, occurredOn: entered.occurredOn }] : [])),
    )
    .sort((a, b) => (dayOf(a.occurredOn) < dayOf(b.occurredOn) ? 1 : -1))
    .slice(0, NAMED)
    .map(({ market, occurredOn }) => `${marketName(market)} (${onceInWords(occurredOn)})`);
  return `Among the newest entries: ${listInWords(entered)}.`;
}

export function partnersInWords(partnerships: readonly PartnershipRecord[]): string {
  const signed = partnerships
    .flatMap(({ partner, signed: start }) => (start ? [{ partner, on: start.occurredOn }] : []))
    .sort((a, b) => (dayOf(a.on) < dayOf(b.on) ? 1 : -1))
    .slice(0, NAMED)
    .map(({ partner, on }) => `${partner} (${onceInWords(on)})`);
  return `Among the newest: ${listInWords(signed)}.`;
}
