import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Clock } from '../../clock/clock.js';
import { isPlainObject } from '../../domain/events/fields.js';
import { GRADES, type Grade } from '../../domain/ledger/evidence.js';
import { problemsOfProposal, type Proposal } from '../../domain/ledger/proposal.js';
import { normalText, textFault } from '../../domain/ledger/text.js';
import {
  creditOf,
  proposalOf,
  readSuggestion,
  streamOf,
  type Suggestion,
} from '../../domain/suggestions/suggestion.js';
import type { EventStore } from '../../event-store/event-store.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { PreviewEvents, type Preview } from '../recording/preview-events.js';
import { RecordEvents, type Recording } from '../recording/record-events.js';
import type { HourlyLimits } from './hourly-limits.js';
import { TooManySuggestions } from './suggestion-problems.js';
import type { KeptSuggestion, SuggestionPage, Suggestions } from './suggestions.js';
import type { SuggestionState } from '../../access/suggestion-row.js';

/** Hourly limits: for one address, and for all addresses together. */
export const AN_HOUR = 10;
export const AN_HOUR_OF_ALL = 200;
/** Size limit of a suggestion, because anybody can send one. */
export const SUGGESTION_BYTES = 16 * 1024;
const LONGEST_REASON = 1000;

/**
 * How an analyst accepts a suggestion: as which event, or how well the suggested source supports the event.
 */
export interface Acceptance {
  /** The event to record. It may be left out for a suggested source. */
  readonly event?: unknown;
  readonly grade?: unknown;
}

/** Readers send suggestions here; analysts accept or decline them. */
export class SuggestionDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly store: EventStore,
    private readonly kept: Suggestions,
    private readonly limits: HourlyLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a reader's suggestion. A hash of `from`, the sender's address, is stored for an hour. Throws
   * InvalidRequest, TooManySuggestions and SuggestionsFull.
   */
  async suggest(body: unknown, from: string): Promise<KeptSuggestion> {
    const read = readSuggestion(body);
    if ('problems' in read) throw new InvalidRequest(read.problems.slice(0, 20));
    const { suggestion } = read;
    if (suggestion.about !== undefined) await this.streamOfEvent(suggestion.about);
    const now = this.clock.now();
    const wait = await this.limits.take(from, now);
    if (wait !== undefined) throw new TooManySuggestions(AN_HOUR, wait);
    return this.kept.add(suggestion, now);
  }

  list(state: SuggestionState, limit: number, after?: string): Promise<SuggestionPage> {
    return this.kept.page(state, limit, after);
  }

  waiting(): Promise<number> {
    return this.kept.waiting();
  }

  /** Throws NotFound. */
  one(id: string): Promise<KeptSuggestion> {
    return this.kept.one(id);
  }

  /** What accepting a suggestion would record. Throws InvalidRequest, NotFound and SuggestionDecided. */
  async preview(id: string, acceptance: Acceptance, author: string): Promise<Preview> {
    await this.kept.undecided(id);
    const { stream, proposal } = await this.proposed(id, acceptance);
    return this.queries.execute(new PreviewEvents(stream, [proposal], author, false));
  }

  /**
   * Records the suggestion. Throws InvalidRequest, NotFound, SuggestionDecided, and the errors of recording.
   */
  async accept(id: string, acceptance: Acceptance, author: string): Promise<Recording> {
    const { stream, proposal } = await this.proposed(id, acceptance);
    return this.acceptAs(id, author, (idempotencyKey) =>
      this.commands.execute(new RecordEvents(stream, [proposal], { author, idempotencyKey })),
    );
  }

  /** Accepts a suggestion by recording the analyst's event, only once even when retried. */
  acceptAs(
    id: string,
    author: string,
    record: (idempotencyKey: string) => Promise<Recording>,
  ): Promise<Recording> {
    return this.kept.accept(
      id,
      author,
      this.clock.now(),
      () => record(`suggestion-${id}`),
      ({ events }) => events[0]?.id ?? '',
    );
  }

  /** Throws InvalidRequest, NotFound and SuggestionDecided. */
  async decline(id: string, reason: unknown, author: string): Promise<KeptSuggestion> {
    return this.kept.decline(id, author, reasonFrom(reason), this.clock.now());
  }

  private async proposed(
    id: string,
    { event, grade }: Acceptance,
  ): Promise<{ readonly stream: string; readonly proposal: Proposal }> {
    const { suggestion } = await this.kept.one(id);
    const proposal = event === undefined ? proposalFrom(suggestion, grade) : withCredit(event, suggestion);
    const problems = problemsOfProposal(proposal);
    if (problems.length > 0)
      throw new InvalidRequest(problems.map(({ field, message }) => ({ field: `event.${field}`, message })));
    const stream =
      suggestion.about === undefined ? streamOf(suggestion) : await this.streamOfEvent(suggestion.about);
    if (stream === undefined)
      throw new InvalidRequest([
        {
          field: 'event',
          message:
            'stands in no stream: the suggestion names no automaker and no market. Log it, then decline this with a link to it',
        },
      ]);
    // The proposal was checked above.
    return { stream, proposal: proposal as Proposal };
  }

  private async streamOfEvent(event: string): Promise<string> {
    const stream = (await this.store.streamsOf([event])).get(event);
    if (stream === undefined)
      throw new InvalidRequest([{ field: 'about', message: 'must be an event of the ledger' }]);
    return stream;
  }
}

/** The reason for declining a suggestion. Throws InvalidRequest. */
export function reasonFrom(reason: unknown): string {
  const fault = typeof reason === 'string' ? textFault(reason) : undefined;
  if (typeof reason === 'string' && reason.trim() !== '' && reason.length <= LONGEST_REASON && !fault)
    return normalText(reason);
  const message = `must say why, for whoever suggested it to read, in at most ${LONGEST_REASON} characters`;
  throw new InvalidRequest([{ field: 'reason', message: fault ?? message }]);
}

function proposalFrom(suggestion: Suggestion, grade: unknown): Proposal {
  if (!isGrade(grade))
    throw new InvalidRequest([
      { field: 'grade', message: `must say how well the source supports the event: ${GRADES.join(', ')}` },
    ]);
  const proposal = proposalOf(suggestion, grade);
  if (proposal) return proposal;
  throw new InvalidRequest([
    { field: 'event', message: 'is missing: only a suggested source is recorded as it is' },
  ]);
}

const isGrade = (value: unknown): value is Grade => GRADES.some((grade) => grade === value);

/** Adds a remark that credits the reader, unless the analyst gave the event another remark. */
function withCredit(event: unknown, suggestion: Suggestion): unknown {
  return isPlainObject(event) && event['note'] === undefined
    ? { ...event, note: creditOf(suggestion) }
    : event;
}
