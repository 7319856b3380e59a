import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { holdsAll, wantedWords } from '../../domain/search/wanted-words.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import type { TimelineEntry } from '../events/timeline.js';
import { EventSearch } from './event-search.js';
import type { FoundName } from './names-to-find.js';
import { NameSearch } from './name-search.js';

/** An event that contains all words. If the sentence lacks one of them, the excerpt shows it in a source. */
export interface FoundEvent extends TimelineEntry {
  readonly excerpt?: string;
}

export interface SearchAnswer {
  readonly asOf: AsOf;
  readonly q: string;
  /** The words searched for: without case, accents and single letters. */
  readonly words: readonly string[];
  /** Ordered by kind, then by how well they match. Only on the first page. */
  readonly names: readonly FoundName[];
  /** The most recently recorded first. */
  readonly events: readonly FoundEvent[];
  /** The cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/** Finds names and events that contain all words. */
export class SearchLedger extends Query<SearchAnswer> {
  constructor(
    readonly q: string,
    readonly limit: number,
    readonly clocks: Clocks,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(SearchLedger)
export class SearchLedgerHandler implements IQueryHandler<SearchLedger> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly names: NameSearch,
    private readonly events: EventSearch,
  ) {}

  /** Throws InvalidRequest for a search without words, or an invalid cursor. */
  async execute({ q, limit, clocks, cursor }: SearchLedger): Promise<SearchAnswer> {
    const asOf = await this.states.asOf(clocks);
    const words = wantedWords(q);
    if (words.length === 0)
      throw new InvalidRequest([{ field: 'q', message: 'must hold a word of two letters or more' }]);
    const from = cursor === undefined ? asOf.position : Math.min(positionFrom(cursor), asOf.position);
    const { names, meanings } = await this.names.find(words, clocks);
    const { events, next } = await this.events.page(words, meanings, from, limit, clocks);
    return {
      asOf,
      q,
      words,
      names: cursor === undefined ? [...names, ...publishersIn(events, words)] : [],
      events: events.map((event) => ({ ...event, ...excerptOf(event, words) })),
      ...(next !== undefined && { next: String(next) }),
    };
  }
}

function positionFrom(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor))
    throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier page' }]);
  return Number(cursor);
}

/** The publishers of some events whose names match. */
function publishersIn(events: readonly TimelineEntry[], words: readonly string[]): FoundName[] {
  const publishers = new Set(events.flatMap(({ evidence }) => evidence.map(({ publisher }) => publisher)));
  return [...publishers]
    .filter((name) => holdsAll([name], words))
    .sort()
    .map((name) => ({ kind: 'publisher', name }));
}

const LONGEST_EXCERPT = 160;

/** A text of the sources or notes with a word that the sentence lacks. */
function excerptOf(
  { sentence, evidence, note, data }: TimelineEntry,
  words: readonly string[],
): { readonly excerpt?: string } {
  const missing = words.filter((word) => !holdsAll([sentence], [word]));
  if (missing.length === 0) return {};
  const written = 'wording' in data && typeof data.wording === 'string' ? [data.wording] : [];
  const texts = [
    ...written,
    ...evidence.flatMap(({ quote = '', note: remark = '' }) => [quote, remark]),
    note ?? '',
  ];
  const found = texts.find((text) => missing.some((word) => holdsAll([text], [word])));
  if (found === undefined) return {};
  return { excerpt: found.length > LONGEST_EXCERPT ? `${found.slice(0, LONGEST_EXCERPT)}…` : found };
}
