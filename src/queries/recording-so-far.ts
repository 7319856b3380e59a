import { Injectable } from '@nestjs/common';
import { lastInstantOf, type Clocks } from '../domain/ledger/clocks.js';
import { dayOf, type Day } from '../domain/ledger/edtf.js';
import { automakerStream } from '../domain/ledger/streams.js';
import { ReadModel } from '../read-model/read-model.js';
import { TimelineRow } from '../read-model/row-entities.js';

/** Describes a question about what was known before the ledger had any events. */
export interface BeforeRecording {
  /** When the first event was recorded; absent if there is none yet. */
  readonly firstRecordedAt?: string;
  /** The day to ask about on the public clock instead. */
  readonly publicOn: Day;
  readonly sentence: string;
}

export const undatedInWords = (undated: number): string =>
  undated === 1
    ? 'One event is left out, since nothing says when it was published'
    : `${String(undated)} events are left out, since nothing says when they were published`;

/** What was recorded by when, and which of it is undated. */
@Injectable()
export class RecordingSoFar {
  constructor(private readonly views: ReadModel) {}

  /** The position of the last event known by then; 0 if there was none. */
  async positionBy(knownOn: string): Promise<number> {
    const found = await this.rows()
      .select('MAX(t.position)', 'position')
      .where('t.recordedAt <= :limit', { limit: lastInstantOf(knownOn) })
      .getRawOne<{ position: number | null }>();
    return found?.position ?? 0;
  }

  /** The streams in which a correction, retraction or evidence was recorded later. */
  async amendedAfter(knownOn: string): Promise<string[]> {
    const rows = await this.rows()
      .select('DISTINCT t.stream', 'stream')
      .where('t.about IS NOT NULL AND t.recordedAt > :limit', { limit: lastInstantOf(knownOn) })
      .getRawMany<{ stream: string }>();
    return rows.map(({ stream }) => stream);
  }

  /**
   * The number of events in force, as the ledger has them now, without any dated evidence: in one stream or
   * in all, except the given ones.
   */
  async undated(
    { trueOn, knownOn }: Clocks,
    { stream, without }: { readonly stream: string | undefined; readonly without: readonly string[] },
  ): Promise<number> {
    const query = this.rows()
      .select('COUNT(*)', 'count')
      .where(`t.published IS NULL AND t.about IS NULL AND t.standing NOT IN ('retracted', 'moved')`);
    if (stream !== undefined) query.andWhere('t.stream = :stream', { stream });
    if (without.length > 0) query.andWhere('t.stream NOT IN (:...without)', { without });
    if (trueOn !== undefined) query.andWhere('t.day <= :trueOn', { trueOn });
    if (knownOn !== undefined) query.andWhere('t.recordedAt <= :limit', { limit: lastInstantOf(knownOn) });
    const found = await query.getRawOne<{ count: number | string }>();
    return Number(found?.count ?? 0);
  }

  /** The explanation if nothing was recorded by then. */
  async before(knownOn: string): Promise<{ readonly beforeRecording: BeforeRecording }> {
    const publicOn = dayOf(knownOn);
    const firstRecordedAt = await this.first();
    const sentence =
      firstRecordedAt === undefined
        ? 'Nothing is recorded yet.'
        : `Nothing was recorded here by ${knownOn}: the ledger begins on ${dayOf(firstRecordedAt)}.`;
    return {
      beforeRecording: { ...(firstRecordedAt !== undefined && { firstRecordedAt }), publicOn, sentence },
    };
  }

  /** The same for an automaker that was recorded later than the requested state of knowledge. */
  async offer(id: string, { knownOn = '' }: Clocks): Promise<string | undefined> {
    const first = await this.first(automakerStream(id));
    return (
      first &&
      `It is recorded here since ${dayOf(first)}. Ask with publicOn=${dayOf(knownOn)} in place of knownOn for what had been published by then.`
    );
  }

  private async first(stream?: string): Promise<string | undefined> {
    const query = this.rows().select('MIN(t.recordedAt)', 'first');
    if (stream !== undefined) query.where('t.stream = :stream', { stream });
    return (await query.getRawOne<{ first: string | null }>())?.first ?? undefined;
  }

  private rows() {
    return this.views.rows.getRepository(TimelineRow).createQueryBuilder('t');
  }
}
