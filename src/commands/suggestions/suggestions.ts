import { createHash, randomBytes } from 'node:crypto';
import type { DataSource, Repository } from 'typeorm';
import { SuggestionRow, type SuggestionState } from '../../access/suggestion-row.js';
import type { Suggestion } from '../../domain/suggestions/suggestion.js';
import { canonicalJson } from '../../formats/canonical-json.js';
import { NotFound } from '../../problems/not-found.js';
import { queuePart } from '../queue/queue-part.js';
import { SuggestionDecided, SuggestionsFull } from './suggestion-problems.js';

/** A suggestion and its outcome. */
export interface KeptSuggestion {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly createdAt: string;
  readonly state: SuggestionState;
  readonly decidedAt?: string;
  readonly decidedBy?: string;
  /** Why it was declined. */
  readonly reason?: string;
  /** The event that was recorded from it. */
  readonly event?: string;
}

/** A page of the list, oldest first. */
export interface SuggestionPage {
  readonly suggestions: readonly KeptSuggestion[];
  /** Total number of waiting suggestions. */
  readonly waiting: number;
  /** Request the next page with this; absent on the last page. */
  readonly next?: string;
}

/** Upper bounds on waiting suggestions and on remembered decisions. */
const MOST_WAITING = 500;
const MOST_DECIDED = 2000;
/** Recording never takes longer than this. An interrupted analyst can try again afterwards. */
const CLAIM_MS = 60_000;

/** Suggestions of readers, stored beside the ledger until an analyst decides on them. */
export class Suggestions {
  private readonly rows: Repository<SuggestionRow>;

  constructor(
    database: DataSource,
    private readonly mostWaiting = MOST_WAITING,
    private readonly mostDecided = MOST_DECIDED,
  ) {
    this.rows = database.getRepository(SuggestionRow);
  }

  /** Stores a suggestion. An identical waiting one stays unchanged. Throws SuggestionsFull. */
  async add(suggestion: Suggestion, now: string): Promise<KeptSuggestion> {
    const content = canonicalJson(suggestion);
    const digest = createHash('sha256').update(content).digest('hex');
    const before = await this.rows.findOneBy({ digest, state: 'waiting' });
    if (before) return kept(before);
    if ((await this.waiting()) >= this.mostWaiting) throw new SuggestionsFull(this.mostWaiting);
    const row: SuggestionRow = {
      id: randomBytes(16).toString('hex'),
      content,
      digest,
      about: suggestion.about ?? null,
      createdAt: now,
      state: 'waiting',
      decidedAt: null,
      decidedBy: null,
      reason: null,
      event: null,
      claimedBy: null,
      claimedUntil: null,
    };
    // Another node may insert the same suggestion at the same time; the first one stays.
    await this.rows.createQueryBuilder().insert().values(row).orIgnore().execute();
    return kept((await this.rows.findOneBy({ digest, state: 'waiting' })) ?? row);
  }

  /** Throws NotFound. */
  async one(id: string): Promise<KeptSuggestion> {
    return kept(await this.row(id));
  }

  /**
   * Suggestions in a state, oldest first, after the suggestion `after`. Throws InvalidRequest when that one
   * does not exist.
   */
  async page(state: SuggestionState, limit: number, after?: string): Promise<SuggestionPage> {
    const [{ found, next }, waiting] = await Promise.all([
      queuePart(
        this.rows,
        { moment: 'createdAt', id: 'id' },
        (rows) => rows.where('r.state = :state', { state }),
        limit,
        after,
      ),
      this.waiting(),
    ]);
    return { suggestions: found.map(kept), waiting, ...(next !== undefined && { next }) };
  }

  /** Number of waiting suggestions. */
  waiting(): Promise<number> {
    return this.rows.countBy({ state: 'waiting' });
  }

  /** Declines a suggestion. The sender can read the reason. Throws NotFound and SuggestionDecided. */
  async decline(id: string, by: string, reason: string, now: string): Promise<KeptSuggestion> {
    await this.claim(id, by, now);
    return this.settle(id, { state: 'declined', decidedAt: now, decidedBy: by, reason, event: null });
  }

  /**
   * Lets one analyst at a time record a suggestion, and stores the id of the event. If `record` throws, the
   * suggestion keeps waiting. Throws NotFound and SuggestionDecided.
   */
  async accept<T>(
    id: string,
    by: string,
    now: string,
    record: () => Promise<T>,
    eventOf: (recorded: T) => string,
  ): Promise<T> {
    await this.claim(id, by, now);
    let recorded: T;
    try {
      recorded = await record();
    } catch (error) {
      await this.rows.update({ id, state: 'waiting', claimedBy: by }, NO_CLAIM);
      throw error;
    }
    const event = eventOf(recorded);
    await this.settle(id, { state: 'accepted', decidedAt: now, decidedBy: by, reason: null, event });
    return recorded;
  }

  /** A suggestion that nobody has decided. Throws NotFound and SuggestionDecided. */
  async undecided(id: string): Promise<KeptSuggestion> {
    const found = await this.row(id);
    if (found.state !== 'waiting') throw decided(found);
    return kept(found);
  }

  private async claim(id: string, by: string, now: string): Promise<void> {
    await this.undecided(id);
    const until = new Date(Date.parse(now) + CLAIM_MS).toISOString();
    await this.rows
      .createQueryBuilder()
      .update()
      .set({ claimedBy: by, claimedUntil: until })
      .where('id = :id AND state = :state', { id, state: 'waiting' })
      .andWhere('("claimedBy" IS NULL OR "claimedBy" = :by OR "claimedUntil" < :now)', { by, now })
      .execute();
    // Only one of the databases reports how many rows an update changed, so the row is read again.
    const claimed = await this.row(id);
    if (claimed.state === 'waiting' && claimed.claimedBy === by) return;
    throw decided(claimed);
  }

  private async settle(id: string, change: Decision): Promise<KeptSuggestion> {
    await this.rows.update({ id }, { ...change, ...NO_CLAIM });
    await this.forget();
    return this.one(id);
  }

  /** Deletes old decisions and keeps the newest. */
  private async forget(): Promise<void> {
    const old = await this.rows
      .createQueryBuilder('s')
      .where("s.state <> 'waiting'")
      .orderBy('s.decidedAt', 'DESC')
      .addOrderBy('s.id', 'ASC')
      .skip(this.mostDecided)
      .take(100)
      .getMany();
    if (old.length > 0) await this.rows.delete(old.map(({ id }) => id));
  }

  private async row(id: string): Promise<SuggestionRow> {
    const found = await this.rows.findOneBy({ id });
    if (!found) throw new NotFound({ detail: `There is no suggestion "${id.slice(0, 64)}".` });
    return found;
  }
}

type Decision = Pick<SuggestionRow, 'state' | 'decidedAt' | 'decidedBy' | 'reason' | 'event'>;

const NO_CLAIM = { claimedBy: null, claimedUntil: null };

function decided(row: SuggestionRow): SuggestionDecided {
  return new SuggestionDecided({ detail: decidedInWords(row), state: row.state, event: row.event });
}

function decidedInWords({ state, decidedBy, claimedBy }: SuggestionRow): string {
  if (state === 'waiting') return `${claimedBy ?? 'Somebody'} is recording it just now.`;
  return `It was ${state}${decidedBy === null ? '' : ` by ${decidedBy}`} before.`;
}

function kept(row: SuggestionRow): KeptSuggestion {
  const { id, content, createdAt, state, decidedAt, decidedBy, reason, event } = row;
  return {
    id,
    // The content was a valid suggestion when it was stored.
    suggestion: JSON.parse(content) as Suggestion,
    createdAt,
    state,
    ...(decidedAt !== null && { decidedAt }),
    ...(decidedBy !== null && { decidedBy }),
    ...(reason !== null && { reason }),
    ...(event !== null && { event }),
  };
}
