import type { DataSource, Repository } from 'typeorm';
import { ReviewRow, type Finding } from '../../access/review-row.js';
import { NotFound } from '../../problems/not-found.js';
import { queuePart } from '../queue/queue-part.js';
import { TooManyReviews } from './review-problems.js';

/** A request that a second analyst looks at an event, and its result. */
export interface Review {
  readonly event: string;
  readonly askedAt: string;
  readonly askedBy: string;
  /** What to look at. */
  readonly question?: string;
  readonly reviewedAt?: string;
  readonly reviewedBy?: string;
  readonly finding?: Finding;
  readonly remark?: string;
}

export const REVIEW_STATES = ['waiting', 'reviewed'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** A page of the list, oldest first. */
export interface ReviewPage {
  readonly reviews: readonly Review[];
  /** Total number of waiting reviews. */
  readonly waiting: number;
  /** Request the next page with this; absent on the last page. */
  readonly next?: string;
}

/** Upper bound on waiting reviews: analysts never look at more. */
const MOST_WAITING = 2000;

/**
 * Requests for a second look at events. They are stored beside the ledger, which only records what happened.
 */
export class Reviews {
  private readonly rows: Repository<ReviewRow>;

  constructor(
    database: DataSource,
    private readonly mostWaiting = MOST_WAITING,
  ) {
    this.rows = database.getRepository(ReviewRow);
  }

  /**
   * Requests a review. A waiting request stays unchanged, and a finished one is opened again. Throws
   * TooManyReviews.
   */
  async ask(event: string, by: string, question: string | undefined, now: string): Promise<Review> {
    const before = await this.rows.findOneBy({ event });
    if (before?.reviewedAt === null) return shown(before);
    if ((await this.waiting()) >= this.mostWaiting) throw new TooManyReviews(this.mostWaiting);
    const row: ReviewRow = {
      event,
      askedAt: now,
      askedBy: by,
      question: question ?? null,
      ...NOT_YET,
    };
    if (before) await this.rows.update({ event }, row);
    // Another node may insert the same review at the same time; the first one stays.
    else await this.rows.createQueryBuilder().insert().values(row).orIgnore().execute();
    return this.one(event);
  }

  /** Stores the findings of a second analyst. Throws NotFound when nobody requested the review. */
  async settle(
    event: string,
    by: string,
    finding: Finding,
    remark: string | undefined,
    now: string,
  ): Promise<Review> {
    await this.one(event);
    await this.rows.update({ event }, { reviewedAt: now, reviewedBy: by, finding, remark: remark ?? null });
    return this.one(event);
  }

  /** The review of an event, if one was requested. */
  async of(event: string): Promise<Review | undefined> {
    const row = await this.rows.findOneBy({ event });
    return row ? shown(row) : undefined;
  }

  waiting(): Promise<number> {
    return this.rows.createQueryBuilder('r').where('r.reviewedAt IS NULL').getCount();
  }

  /**
   * Reviews in a state, in the order of their requests, after the review `after`. Throws InvalidRequest when
   * that one does not exist.
   */
  async page(state: ReviewState, limit: number, after?: string): Promise<ReviewPage> {
    const [{ found, next }, waiting] = await Promise.all([
      queuePart(
        this.rows,
        { moment: 'askedAt', id: 'event' },
        (rows) => rows.where(state === 'waiting' ? 'r.reviewedAt IS NULL' : 'r.reviewedAt IS NOT NULL'),
        limit,
        after,
      ),
      this.waiting(),
    ]);
    return { reviews: found.map(shown), waiting, ...(next !== undefined && { next }) };
  }

  private async one(event: string): Promise<Review> {
    const found = await this.of(event);
    if (!found) throw new NotFound({ detail: 'Nobody asked for a second look at this event.' });
    return found;
  }
}

const NOT_YET = { reviewedAt: null, reviewedBy: null, finding: null, remark: null };

const shown = ({
  event,
  askedAt,
  askedBy,
  question,
  reviewedAt,
  reviewedBy,
  finding,
  remark,
}: ReviewRow): Review => ({
  event,
  askedAt,
  askedBy,
  ...(question !== null && { question }),
  ...(reviewedAt !== null && { reviewedAt }),
  ...(reviewedBy !== null && { reviewedBy }),
  ...(finding !== null && { finding }),
  ...(remark !== null && { remark }),
});
