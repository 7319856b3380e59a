import { createHash, randomUUID } from 'node:crypto';
import { LessThanOrEqual, MoreThan, type DataSource, type Repository } from 'typeorm';
import { SuggestionTimeRow } from '../../access/suggestion-time-row.js';

const HOUR_MS = 3_600_000;

/**
 * Limits the suggestions within any hour, per sender and in total, across all nodes that share the databases.
 */
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
   * Counts one more suggestion and returns undefined, or returns the seconds until the next one is allowed.
   * With concurrent calls, it may refuse one too many but never accepts one too many.
   */
  async take(from: string, now: string): Promise<number | undefined> {
    const place = createHash('sha256').update(from).digest('base64url');
    const hourAgo = new Date(Date.parse(now) - HOUR_MS).toISOString();
    // A sender above the limit causes no write.
    const before = await this.isTooMany(place, hourAgo, 1);
    if (before) return this.secondsUntilNext(before, now);
    await this.rows.delete({ at: LessThanOrEqual(hourAgo) });
    const id = randomUUID();
    await this.rows.insert({ id, place, at: now });
    // Other nodes may have inserted rows since the check; the last one to check sees them all.
    const after = await this.isTooMany(place, hourAgo, 0);
    if (!after) return undefined;
    await this.rows.delete({ id });
    return this.secondsUntilNext(after, now);
  }

  /** The filter of the exceeded limit if `more` suggestions came; undefined if no limit is exceeded. */
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

  /** Seconds until the oldest of the matching rows is one hour old. */
  private async secondsUntilNext(of: Partial<SuggestionTimeRow>, now: string): Promise<number> {
    const [oldest] = await this.rows.find({ where: of, order: { at: 'ASC' }, take: 1 });
    const until = Date.parse(oldest?.at ?? now) + HOUR_MS - Date.parse(now);
    return Math.max(1, Math.ceil(until / 1000));
  }
}
