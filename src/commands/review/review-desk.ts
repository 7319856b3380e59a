import { FINDINGS } from '../../access/review-row.js';
import type { Clock } from '../../clock/clock.js';
import { normalText, textFault } from '../../domain/ledger/text.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ReviewByAuthor } from './review-problems.js';
import type { Review, ReviewPage, Reviews, ReviewState } from './reviews.js';

const LONGEST = 1000;

/** Analysts request a second look at recorded events here, and report their findings. */
export class ReviewDesk {
  constructor(
    private readonly store: EventStore,
    private readonly states: StreamStateCache,
    private readonly kept: Reviews,
    private readonly clock: Clock,
  ) {}

  /** Throws InvalidRequest and TooManyReviews. */
  async ask(event: unknown, question: unknown, by: string): Promise<Review> {
    const id = typeof event === 'string' ? event.toLowerCase() : '';
    await this.authorOf(id);
    return this.kept.ask(id, by, textFrom('question', question), this.clock.now());
  }

  /** Throws InvalidRequest, ReviewByAuthor, and NotFound when nobody requested the review. */
  async settle(event: string, given: unknown, said: unknown, by: string): Promise<Review> {
    const finding = FINDINGS.find((each) => each === given);
    const remark = textFrom('remark', said);
    if (!finding) throw wrong('finding', `must be one of ${FINDINGS.join(', ')}`);
    if (finding === 'objected' && remark === undefined)
      throw wrong('remark', 'is missing: what is wrong with it');
    const author = await this.authorOf(event);
    if (author === by)
      throw new ReviewByAuthor({ detail: `${by} recorded the event: somebody else has to look at it.` });
    return this.kept.settle(event, by, finding, remark, this.clock.now());
  }

  of(event: string): Promise<Review | undefined> {
    return this.kept.of(event);
  }

  list(state: ReviewState, limit: number, after?: string): Promise<ReviewPage> {
    return this.kept.page(state, limit, after);
  }

  waiting(): Promise<number> {
    return this.kept.waiting();
  }

  /** The author of an event. Throws InvalidRequest when the event does not exist. */
  private async authorOf(event: string): Promise<string> {
    const stream = (await this.store.streamsOf([event])).get(event);
    const state = stream === undefined ? undefined : await this.states.current(stream);
    const recorded = state?.recorded(event);
    if (!recorded) throw wrong('event', 'must be the id of an event of the ledger');
    return recorded.recordedBy;
  }
}

function textFrom(field: string, value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > LONGEST)
    throw wrong(field, `must be a text of at most ${LONGEST} characters`);
  const fault = textFault(value);
  if (fault !== undefined) throw wrong(field, fault);
  const text = normalText(value);
  return text === '' ? undefined : text;
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
