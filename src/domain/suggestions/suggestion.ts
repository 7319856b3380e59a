import { inDeclaredOrder, problemsOf } from '../events/validation.js';
import type { FieldError } from '../events/field-kind.js';
import {
  DateOrInterval,
  EventId,
  isPlainObject,
  Market,
  OneOf,
  Optional,
  Slug,
  Text,
  Url,
} from '../events/fields.js';
import type { Evidence, Grade } from '../ledger/evidence.js';
import { problemsOfTexts, withNormalTexts } from '../ledger/input-texts.js';
import { inLedgersWords } from '../ledger/understood-words.js';
import type { Proposal } from '../ledger/proposal.js';
import { automakerStream, marketStream } from '../ledger/streams.js';
import { publishedTextFault } from '../ledger/published-texts.js';

/** What a reader may propose. */
export const SUGGESTION_KINDS = ['source', 'correction', 'event'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** A reader's proposal. It becomes part of the ledger only after an analyst has reviewed it. */
export class Suggestion {
  @OneOf(
    SUGGESTION_KINDS,
    'source: another source of an event; correction: an event is told wrongly; event: something that is not told yet',
  )
  kind!: SuggestionKind;

  @Optional()
  @EventId('The event that it is about')
  about?: string;

  @Optional()
  @Slug('The automaker that it is about')
  automaker?: string;

  @Optional()
  @Slug('The goal that it is about')
  target?: string;

  @Optional()
  @Market('The market that it is about')
  market?: string;

  @Optional()
  @Text('What happened, or what is wrong, in your own words', 2000)
  text?: string;

  @Optional()
  @Url('Address of the source')
  url?: string;

  @Optional()
  @Text('Who published it', 200)
  publisher?: string;

  @Optional()
  @DateOrInterval('When it was published (EDTF)')
  publishedOn?: string;

  @Optional()
  @Text('The words of the source that state it', 500)
  quote?: string;

  @Optional()
  @Text('The name that you are to be credited by, for everybody to read', 80)
  name?: string;
}

/** Reads a suggestion and normalizes its texts. Otherwise returns everything that is wrong with it. */
export function readSuggestion(
  value: unknown,
): { readonly suggestion: Suggestion } | { readonly problems: readonly FieldError[] } {
  const texts = problemsOfTexts(value, publishedTextFault);
  if (texts.length > 0) return { problems: texts };
  const normal = withDates(withNormalTexts(value));
  const problems = [...problemsOf(Suggestion, normal), ...missingIn(normal)];
  if (problems.length > 0) return { problems };
  // All checks have passed.
  return { suggestion: inDeclaredOrder(Suggestion, normal as Suggestion) as unknown as Suggestion };
}

/** Converts the publication date from the way people write it. */
function withDates(value: unknown): unknown {
  if (!isPlainObject(value) || typeof value['publishedOn'] !== 'string') return value;
  const { publishedOn } = value;
  return { ...value, publishedOn: inLedgersWords({ occurredOn: publishedOn }).occurredOn };
}

/** The required fields of each kind that are missing. */
function missingIn(value: unknown): FieldError[] {
  if (!isPlainObject(value)) return [];
  const { kind, about, url, text } = value;
  const missing = (field: string, message: string): FieldError[] => [{ field, message }];
  return [
    ...((kind === 'source' || kind === 'correction') && about === undefined
      ? missing('about', 'is missing: the event that it is about')
      : []),
    ...((kind === 'source' || kind === 'event') && url === undefined
      ? missing('url', 'is missing: where it is stated')
      : []),
    ...((kind === 'correction' || kind === 'event') && text === undefined
      ? missing('text', 'is missing: what should be told, and how')
      : []),
  ];
}

/** The source named by a suggestion, as evidence; undefined if it names none. */
export function evidenceIn(
  { url, publisher, publishedOn, quote }: Suggestion,
  grade: Grade,
  publisherElse?: string,
): Evidence | undefined {
  if (url === undefined) return undefined;
  return {
    url,
    publisher: publisherElse ?? publisher ?? new URL(url).hostname.replace(/^www\./, ''),
    ...(publishedOn !== undefined && { publishedOn }),
    grade,
    ...(quote !== undefined && { quote }),
  };
}

/**
 * The proposal to record for a suggested source; undefined for other suggestions, which an analyst must word.
 */
export function proposalOf(suggestion: Suggestion, grade: Grade): Proposal | undefined {
  const { kind, about } = suggestion;
  const evidence = evidenceIn(suggestion, grade);
  if (kind !== 'source' || about === undefined || !evidence) return undefined;
  return {
    type: 'EvidenceAdded',
    data: { event: about, evidence: [evidence] },
    evidence: [],
    note: creditOf(suggestion),
  };
}

/** The remark, recorded with the event, that credits the suggestion's author. */
export const creditOf = ({ name }: Suggestion): string =>
  name === undefined ? 'Suggested by a reader.' : `Suggested by ${name}.`;

/** The stream of a suggested event; undefined if the suggestion names neither automaker nor market. */
export function streamOf({ automaker, market }: Suggestion): string | undefined {
  if (automaker !== undefined) return automakerStream(automaker);
  return market === undefined ? undefined : marketStream(market);
}
