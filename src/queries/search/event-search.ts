import { Injectable } from '@nestjs/common';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { EVENT_TYPES } from '../../domain/events/catalogue.js';
import { MEASURE_NAMES } from '../../domain/measures/measures.js';
import { chineseNameOf } from '../../domain/search/chinese-names.js';
import { asSearched, holdsAll } from '../../domain/search/wanted-words.js';
import { MEASURE_WORDS } from '../../domain/words/goals.js';
import { Turns } from '../../api/in-turns.js';
import { Timeline, type TimelineEntry } from '../events/timeline.js';
import type { WordFilter } from '../events/timeline-words.js';

/** Upper bound on the events searched for one page. Its `next` continues after them. */
export const MOST_LOOKED_THROUGH = 100_000;
/** The number of events searched before other work may run. */
const WINDOW = 5000;
const BATCH = 100;

const NEWEST_FIRST = { by: 'position', newestFirst: true } as const;

/** What a word may mean besides itself: markets that it names, or streams of automakers that it names. */
export interface WordMeanings {
  readonly markets: readonly string[];
  readonly streams: readonly string[];
}

export interface FoundEvents {
  readonly events: readonly TimelineEntry[];
  /** The position at which to continue; absent if all events were searched. */
  readonly next?: number;
}

/** Searches events by their content, their type and their sentences. */
@Injectable()
export class EventSearch {
  constructor(private readonly timeline: Timeline) {}

  /** The newest events first, from a position. Searches a limited number and yields to other work. */
  async page(
    words: readonly string[],
    meanings: ReadonlyMap<string, WordMeanings>,
    from: number,
    limit: number,
    clocks: Clocks,
  ): Promise<FoundEvents> {
    const filters = words.map((word) => filterOf(word, meanings.get(word)));
    const events: TimelineEntry[] = [];
    const turns = new Turns();
    const last = Math.max(0, from - MOST_LOOKED_THROUGH);
    let to = from;
    while (to > last) {
      const after = Math.max(last, to - WINDOW);
      const filter = { words: filters, positions: { after, to } };
      const found = await this.timeline.page(filter, NEWEST_FIRST, undefined, BATCH, clocks);
      for (const entry of found) {
        if (!holdsAll(textsOf(entry), words)) continue;
        if (events.length === limit) return { events, next: entry.position };
        events.push(entry);
      }
      const end = found.at(-1);
      to = found.length === BATCH && end ? end.position - 1 : after;
      await turns.next();
    }
    return { events, ...(to > 0 && { next: to }) };
  }
}

/** A filter for rows that may contain a word, or may display it. */
function filterOf(word: string, meanings: WordMeanings | undefined): WordFilter {
  return {
    word,
    markets: meanings?.markets ?? [],
    streams: meanings?.streams ?? [],
    types: EVENT_TYPES.filter((type) => asSearched(typeInWords(type)).includes(word)),
    fragments: MEASURE_NAMES.filter((measure) => MEASURE_WORDS[measure].includes(word)).map(
      (measure) => `"measure":"${measure}"`,
    ),
  };
}

const typeInWords = (type: string): string => type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`);

/** All texts of an event: its sentence, its data, and its sources. */
export function textsOf({
  sentence,
  type,
  automaker = '',
  data,
  evidence,
  note = '',
}: TimelineEntry): string[] {
  return [
    sentence,
    typeInWords(type),
    chineseNameOf(automaker) ?? '',
    note,
    ...leavesOf(data),
    ...evidence.flatMap(({ publisher, quote = '', note: remark = '', url }) => [
      publisher,
      quote,
      remark,
      url,
    ]),
  ];
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') {
    const measure = MEASURE_NAMES.find((name) => name === value);
    return measure ? [value, MEASURE_WORDS[measure]] : [value];
  }
  if (typeof value === 'number') return [String(value), value.toLocaleString('en')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}
