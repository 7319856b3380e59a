import type { Doubt } from './doubts.js';
import { addYears, daysOf } from './edtf.js';
import type { NewEvent } from './event.js';
import { identityOf } from './text.js';
import { isPlainObject } from '../events/fields.js';
import { standingEvidence } from '../state/standing-evidence.js';
import type { StreamState } from '../state/stream-state.js';

type Piece = NewEvent['evidence'][number];

/** A quotation has about a dozen words; twice as many copy somebody's text. */
const MOST_WORDS = 24;
/** A text of this many characters cannot have more words than that. */
const SHORT = 2 * MOST_WORDS;

/** Search results, whose content changes from one visit to the next. */
const SEARCH =
  /^https?:\/\/(?:[\w-]+\.)*(?:google|bing|baidu|duckduckgo|yandex)\.[a-z.]+\/(?:search|s|web)?\?/;
/** Front pages of sites, whose content changes from day to day. */
const FRONT_PAGE = /^https?:\/\/[^/?#]+\/?$/;
const ADDRESS = /^(?:https?:\/\/|www\.)/i;

/** Doubts about sources, of a new or a recorded event. */
export function doubtsOfEvidence(
  state: StreamState,
  type: string,
  data: Readonly<Record<string, unknown>>,
  { evidence, occurredOn }: Pick<NewEvent, 'evidence' | 'occurredOn'>,
): Doubt[] {
  const { given, path } = givenBy(type, data, evidence);
  const doubts: Doubt[] = repeated(state, type, data, given, path);
  for (const [index, item] of given.entries()) {
    const at = path(index);
    const words = wordsIn(item.quote ?? '');
    if (words > MOST_WORDS)
      doubts.push({
        code: 'long-quote',
        field: `${at}.quote`,
        message: `is ${words} words long; a dozen is a quotation`,
      });
    if (SEARCH.test(item.url))
      doubts.push({
        code: 'unlikely-source',
        field: `${at}.url`,
        message: 'is a search, which answers another thing tomorrow: give the page that was found',
      });
    if (FRONT_PAGE.test(item.url))
      doubts.push({
        code: 'unlikely-source',
        field: `${at}.url`,
        message:
          'is the front page of a site, which shows another thing tomorrow: give the page that says it',
      });
    if (ADDRESS.test(item.publisher))
      doubts.push({
        code: 'unlikely-source',
        field: `${at}.publisher`,
        message: `is ${item.publisher}, an address: give the name of who published it`,
      });
    if (given === evidence && isYearsBefore(item, occurredOn))
      doubts.push({
        code: 'published-early',
        field: `${at}.publishedOn`,
        message: `is ${item.publishedOn ?? ''}, more than a year before what it tells of (${occurredOn})`,
      });
  }
  return doubts;
}

/** The pieces of evidence in an event, and the field path of each. */
function givenBy(
  type: string,
  data: Readonly<Record<string, unknown>>,
  evidence: readonly Piece[],
): { readonly given: readonly Piece[]; readonly path: (index: number) => string } {
  if (type === 'EvidenceAdded' && Array.isArray(data['evidence']))
    return { given: data['evidence'] as Piece[], path: (index) => `data.evidence[${index}]` };
  if (type === 'EvidenceCorrected' && isPlainObject(data['replacement']))
    return { given: [data['replacement'] as unknown as Piece], path: () => 'data.replacement' };
  return { given: evidence, path: (index) => `evidence[${index}]` };
}

function wordsIn(quote: string): number {
  if (quote.length <= SHORT) return 0;
  // Created on demand: the first segmenter takes ten milliseconds, too much for the start of a command.
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  let words = 0;
  for (const { isWordLike } of segmenter.segment(quote)) if (isWordLike) words += 1;
  return words;
}

/** Implausibly early years have a separate doubt. */
const FIRST_YEAR = '1800';

function isYearsBefore({ publishedOn }: Piece, occurredOn: string): boolean {
  if (publishedOn === undefined) return false;
  const { last } = daysOf(publishedOn);
  return last >= FIRST_YEAR && addYears(last, 1) < daysOf(occurredOn).first;
}

/**
 * The identity of a piece of evidence. Another publisher or quotation at the same address is a different
 * piece.
 */
const pieceOf = ({ url, publisher, quote = '' }: Piece): string =>
  [url, identityOf(publisher), quote].join('\n');

/** Doubts a piece of evidence that the event already has. */
function repeated(
  state: StreamState,
  type: string,
  data: Readonly<Record<string, unknown>>,
  given: readonly Piece[],
  path: (index: number) => string,
): Doubt[] {
  if (type === 'EvidenceCorrected') return [];
  const isAdded = type === 'EvidenceAdded' && typeof data['event'] === 'string';
  const entry = isAdded ? state.logged(String(data['event'])) : undefined;
  if (!entry && given.length < 2) return [];
  const told = new Set(entry ? standingEvidence(entry).map(pieceOf) : []);
  const doubts: Doubt[] = [];
  for (const [index, item] of given.entries()) {
    const piece = pieceOf(item);
    if (told.has(piece))
      doubts.push({
        code: 'same-evidence',
        field: `${path(index)}.url`,
        message: `is ${item.url}, which is evidence of this event already`,
      });
    told.add(piece);
  }
  return doubts;
}
