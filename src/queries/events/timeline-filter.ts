import type { SelectQueryBuilder } from 'typeorm';
import { automakerStream, companyStream } from '../../domain/ledger/streams.js';
import { mayHold, withWords, type WordFilter } from './timeline-words.js';
import type { EventStatus, TimelineRow } from '../../read-model/rows.js';

export interface TimelineFilter {
  /** Only these events. */
  readonly ids?: readonly string[];
  readonly automaker?: string;
  readonly company?: string;
  readonly market?: string;
  readonly types?: readonly string[];
  readonly subject?: string;
  /** The days between which it happened, both included. */
  readonly from?: string;
  readonly to?: string;
  /** The days between which it was recorded, both included. */
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
  readonly author?: string;
  readonly standing?: EventStatus;
  /** The exact name of a publisher of one of its sources. */
  readonly publisher?: string;
  /** Words that it may contain. */
  readonly words?: readonly WordFilter[];
  /** A range of ledger positions: greater than `after`, up to and including `to`. */
  readonly positions?: { readonly after: number; readonly to: number };
}

/** How the name of a publisher appears in the recorded JSON. */
const published = (publisher: string): string => `"publisher":${JSON.stringify(publisher)}`;

/** "\uffff" sorts after every time of the day. */
const endOf = (day: string): string => `${day}\uffff`;

/** Restricts a column to a list. PostgreSQL rejects an empty list, which must match nothing. */
function namedBy(
  query: SelectQueryBuilder<TimelineRow>,
  column: 't.id' | 't.type',
  names: readonly string[] | undefined,
): void {
  if (names === undefined) return;
  if (names.length === 0) query.andWhere('1 = 0');
  else query.andWhere(`${column} IN (:...${column})`, { [column]: names });
}

/** Restricts a query to what the filter matches. */
export function narrow(query: SelectQueryBuilder<TimelineRow>, filter: TimelineFilter): void {
  const { automaker, company, market, types, subject, from, to } = filter;
  const { recordedFrom, recordedTo, author, standing } = filter;
  namedBy(query, 't.id', filter.ids);
  if (automaker !== undefined) query.andWhere('t.stream = :stream', { stream: automakerStream(automaker) });
  if (company !== undefined) query.andWhere('t.stream = :ofCompany', { ofCompany: companyStream(company) });
  if (market !== undefined) query.andWhere('t.markets LIKE :market', { market: `%,${market},%` });
  namedBy(query, 't.type', types);
  if (subject !== undefined) query.andWhere('t.subject = :subject', { subject });
  if (from !== undefined) query.andWhere('t.day >= :from', { from });
  if (to !== undefined) query.andWhere('t.day <= :to', { to });
  if (recordedFrom !== undefined) query.andWhere('t.recordedAt >= :recordedFrom', { recordedFrom });
  if (recordedTo !== undefined)
    query.andWhere('t.recordedAt <= :recordedTo', { recordedTo: endOf(recordedTo) });
  if (author !== undefined) query.andWhere('t.recordedBy = :author', { author });
  if (standing !== undefined) query.andWhere('t.standing = :standing', { standing });
  const { publisher, words, positions } = filter;
  if (publisher !== undefined) {
    const at = query.dataSource.options.type === 'postgres' ? 'strpos' : 'instr';
    query.andWhere(`${at}(t.body, :published) > 0`, { published: published(publisher) });
  }
  if (words !== undefined) withWords(query, words);
  if (positions !== undefined)
    query.andWhere('t.position > :afterPosition AND t.position <= :toPosition', {
      afterPosition: positions.after,
      toPosition: positions.to,
    });
}

/** Whether the filter matches a row: the same as `narrow`, for rows that are not stored. */
export function matches(row: TimelineRow, filter: TimelineFilter): boolean {
  const { automaker, company, market, types, subject, from, to } = filter;
  const { recordedFrom, recordedTo, author, standing, publisher, words, positions } = filter;
  return (
    (filter.ids === undefined || filter.ids.includes(row.id)) &&
    (automaker === undefined || row.stream === automakerStream(automaker)) &&
    (company === undefined || row.stream === companyStream(company)) &&
    (market === undefined || row.markets.includes(`,${market},`)) &&
    (types === undefined || types.includes(row.type)) &&
    (subject === undefined || row.subject === subject) &&
    (from === undefined || row.day >= from) &&
    (to === undefined || row.day <= to) &&
    (recordedFrom === undefined || row.recordedAt >= recordedFrom) &&
    (recordedTo === undefined || row.recordedAt <= endOf(recordedTo)) &&
    (author === undefined || row.recordedBy === author) &&
    (standing === undefined || row.standing === standing) &&
    (publisher === undefined || row.body.includes(published(publisher))) &&
    (words === undefined || mayHold(row, words)) &&
    (positions === undefined || (row.position > positions.after && row.position <= positions.to))
  );
}

/** The sort order: by when things happened, or by when the ledger recorded them. */
export interface TimelineOrder {
  readonly by: 'day' | 'position';
  readonly newestFirst: boolean;
}

/** The place of the last entry of a page. */
export interface TimelinePlace {
  readonly day: string;
  readonly position: number;
}

/** Negative if `a` comes before `b` in that order. */
export function inTimelineOrder(
  a: TimelinePlace,
  b: TimelinePlace,
  { by, newestFirst }: TimelineOrder,
): number {
  const days = by === 'day' && a.day !== b.day ? (a.day < b.day ? -1 : 1) : 0;
  const oldestFirst = days === 0 ? a.position - b.position : days;
  return newestFirst ? -oldestFirst : oldestFirst;
}
