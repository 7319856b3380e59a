import type { Doubt } from './doubts.js';
import { addYears, daysOf } from './edtf.js';
import type { NewEvent } from './event.js';
import { identityOf } from './text.js';
import { isPlainObject } from '../events/fields.js';
import { standingEvidence } from '../state/standing-evidence.js';
import type { StreamState } from '../state/stream-state.js';

type Piece = NewEvent['evidence'][number];

/** A quotation is a dozen words; twice that is somebody's text. */
const MOST_WORDS = 24;
/** So many characters hold no more words than that. */
const SHORT = 2 * MOST_WORDS;

/** Pages that are found anew whenever somebody looks. */
const SEARCH =
  /^https?:\/\/(?:[\w-]+\.)*(?:google|bing|baidu|duckduckgo|yandex)\.[a-z.]+\/(?:search|s|web)?\?/;
const ADDRESS = /^(?:https?:\/\/|www\.)/i;

/** What is unlikely about the sources that are given, of a new event or of one that is recorded. */
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

/** The pieces of evidence that an event brings, and where they stand in it. */
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
  // Made here: the first one takes ten milliseconds, which no start of a command has to spare.
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  let words = 0;
  for (const { isWordLike } of segmenter.segment(quote)) if (isWordLike) words += 1;
  return words;
}

/** A year in which nothing is published is asked about by itself. */
const FIRST_YEAR = '1800';

function isYearsBefore({ publishedOn }: Piece, occurredOn: string): boolean {
  if (publishedOn === undefined) return false;
  const { last } = daysOf(publishedOn);
  return last >= FIRST_YEAR && addYears(last, 1) < daysOf(occurredOn).first;
}

/** What makes two pieces of evidence the same: another paper, or other words, at one address are another. */
const pieceOf = ({ url, publisher, quote = '' }: Piece): string =>
  [url, identityOf(publisher), quote].join('\n');

/** The same piece of evidence of one event twice. */
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
  const told = new Set(entry ? standingEvidence(entry).map(pieceOf) : []);
  const doubts: Doubt[] = [];
  for (const [index, item] of given.entries()) {
    if (told.has(pieceOf(item)))
      doubts.push({
        code: 'same-evidence',
        field: `${path(index)}.url`,
        message: `is ${item.url}, which is evidence of this event already`,
      });
    told.add(pieceOf(item));
  }
  return doubts;
}
