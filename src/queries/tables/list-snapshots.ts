import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { lastInstantOf } from '../../domain/ledger/clocks.js';
import { ReadModel } from '../../read-model/read-model.js';
import { TimelineRow } from '../../read-model/row-entities.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

/** A day on which something was recorded, and the state of the ledger at its end. */
export interface SnapshotDay {
  readonly day: Day;
  readonly position: number;
  /** The number of events recorded on this day. */
  readonly events: number;
}

export interface SnapshotsAnswer {
  readonly asOf: AsOf;
  /** Newest first. */
  readonly snapshots: readonly SnapshotDay[];
  /** The cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/** The days that have a snapshot of their own: those on which something was recorded. */
export class ListSnapshots extends Query<SnapshotsAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly limit: number,
    /** Only days before this one. */
    readonly before?: Day,
  ) {
    super();
  }
}

@QueryHandler(ListSnapshots)
export class ListSnapshotsHandler implements IQueryHandler<ListSnapshots> {
  constructor(
    private readonly views: ReadModel,
    private readonly states: AutomakerReader,
  ) {}

  async execute({ clocks, limit, before }: ListSnapshots): Promise<SnapshotsAnswer> {
    const asOf = await this.states.asOf(clocks);
    const query = this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('SUBSTR(t.recordedAt, 1, 10)', 'day')
      .addSelect('MAX(t.position)', 'position')
      .addSelect('COUNT(*)', 'events')
      .groupBy('SUBSTR(t.recordedAt, 1, 10)')
      .orderBy('SUBSTR(t.recordedAt, 1, 10)', 'DESC')
      .limit(limit + 1);
    if (before !== undefined) query.andWhere('t.recordedAt < :before', { before });
    if (clocks.knownOn !== undefined)
      query.andWhere('t.recordedAt <= :known', { known: lastInstantOf(clocks.knownOn) });
    const rows = await query.getRawMany<{
      day: string;
      position: number | string;
      events: number | string;
    }>();
    const snapshots = rows
      .slice(0, limit)
      .map(({ day, position, events }) => ({ day, position: Number(position), events: Number(events) }));
    const last = snapshots.at(-1);
    return { asOf, snapshots, ...(rows.length > limit && last && { next: last.day }) };
  }
}
