import { createHash, randomUUID } from 'node:crypto';
import { LessThanOrEqual, MoreThan, type DataSource, type Repository } from 'typeorm';
import { SuggestionTimeRow } from '../../access/suggestion-time-row.js';

const HOUR_MS = 3_600_000;

/** So many suggestions are taken within any hour, from one place and in all, by all nodes of the same databases together. */
export class HourlyLimits {
  private readonly rows: Repository<SuggestionTimeRow>;

  constructor(
    database: DataSource,
    private readonly ofOne: number,
    private readonly ofAll: number,
  ) {
    this.rows = database.getRepository(SuggestionTimeRow);
  }

  /**
   * Counts one more, unless that would be too many: answers then in how many seconds there may be another. Where several
   * come at once, one too many of them may be turned away, and never one too many taken.
   */
  async take(from: string, now: string): Promise<number | undefined> {
    const place = createHash('sha256').update(from).digest('base64url');
    const hourAgo = new Date(Date.parse(now) - HOUR_MS).toISOString();
    // Who comes too often writes nothing.
    const before = await this.isTooMany(place, hourAgo, 1);
    if (before) return this.secondsUntilNext(before, now);
    await this.rows.delete({ at: LessThanOrEqual(hourAgo) });
    const id = randomUUID();
    await this.rows.insert({ id, place, at: now });
    // Others may have been counted since: whoever looks last sees them all.
    const after = await this.isTooMany(place, hourAgo, 0);
    if (!after) return undefined;
    await this.rows.delete({ id });
    return this.secondsUntilNext(after, now);
  }

  /** Those that are too many together with so many more; undefined where they are not. */
  private async isTooMany(
    place: string,
    hourAgo: string,
    more: number,
  ): Promise<Partial<SuggestionTimeRow> | undefined> {
    const [own, all] = [
      await this.rows.countBy({ place, at: MoreThan(hourAgo) }),
      await this.rows.countBy({ at: MoreThan(hourAgo) }),
    ];
    if (own + more > this.ofOne) return { place };
    return all + more > this.ofAll ? {} : undefined;
  }

  /** Until the oldest of some is an hour ago. */
  private async secondsUntilNext(of: Partial<SuggestionTimeRow>, now: string): Promise<number> {
    const [oldest] = await this.rows.find({ where: of, order: { at: 'ASC' }, take: 1 });
    const until = Date.parse(oldest?.at ?? now) + HOUR_MS - Date.parse(now);
    return Math.max(1, Math.ceil(until / 1000));
  }
}
