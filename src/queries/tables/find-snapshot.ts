import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { lastInstantOf } from '../../domain/ledger/clocks.js';
import type { Instant } from '../../domain/ledger/instant.js';
import { dayOf, isDay, type Day } from '../../domain/ledger/edtf.js';
import { Clock } from '../../clock/clock.js';
import { NotFound } from '../../problems/not-found.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ReadModel } from '../../read-model/read-model.js';
import { TimelineRow } from '../../read-model/row-entities.js';

/** A permanent state of the ledger: everything recorded up to an instant. */
export interface SnapshotPoint {
  /** Position of the last event. */
  readonly position: number;
  /** The newest time of its events. The snapshot contains what was known by then. */
  readonly recordedAt: Instant;
  readonly day: Day;
}

/**
 * The state of the ledger for a name: `latest`, a day (everything recorded by its end), or a position. A
 * snapshot contains either all events recorded at the same instant or none of them. Where a clock was set back,
 * so that an event has an earlier time than one before it in another stream, it goes on until all events up to its
 * position were recorded by its instant, and no others: its ledger and its tables hold the same.
 */
export class FindSnapshot extends Query<SnapshotPoint> {
  constructor(readonly name: string) {
    super();
  }
}

@QueryHandler(FindSnapshot)
export class FindSnapshotHandler implements IQueryHandler<FindSnapshot> {
  constructor(
    private readonly views: ReadModel,
    private readonly clock: Clock,
  ) {}

  /** Throws InvalidRequest for an invalid name, NotFound if nothing was recorded by then. */
  async execute({ name }: FindSnapshot): Promise<SnapshotPoint> {
    let known = await this.instantOf(name);
    for (;;) {
      const position = await this.positionBy(known);
      const recordedAt = position === 0 ? undefined : await this.newestUpTo(position);
      if (recordedAt === undefined)
        throw new NotFound({ detail: `Nothing was recorded here by ${name}, so there is no snapshot.` });
      if (recordedAt <= known) return { position, recordedAt, day: dayOf(recordedAt) };
      known = recordedAt;
    }
  }

  /** The last position of what was recorded by an instant; 0 if nothing was. */
  private async positionBy(limit: Instant): Promise<number> {
    const last = await this.rows()
      .select('MAX(t.position)', 'position')
      .where('t.recordedAt <= :limit', { limit })
      .getRawOne<{ position: number | string | null }>();
    return Number(last?.position ?? 0);
  }

  /** The newest time of the events up to a position. */
  private async newestUpTo(position: number): Promise<Instant | undefined> {
    const newest = await this.rows()
      .select('MAX(t.recordedAt)', 'recordedAt')
      .where('t.position <= :position', { position })
      .getRawOne<{ recordedAt: Instant | null }>();
    return newest?.recordedAt ?? undefined;
  }

  private async instantOf(name: string): Promise<Instant> {
    if (isDay(name) && name > dayOf(this.clock.now()))
      throw wrong(`must not lie in the future: it is ${dayOf(this.clock.now())} (UTC)`);
    if (isDay(name)) return lastInstantOf(name);
    const position = name === 'latest' ? this.views.status.position : Number(name);
    if (name !== 'latest' && !/^[1-9]\d{0,14}$/.test(name))
      throw wrong('must be latest, a day such as 2026-01-31, or a position');
    const row = await this.at(position);
    if (row) return row.recordedAt;
    throw new NotFound({
      detail:
        position > this.views.status.position
          ? `The ledger has ${this.views.status.position} events, fewer than ${position}.`
          : 'Nothing is recorded yet, so there is no snapshot.',
    });
  }

  private at(position: number): Promise<TimelineRow | null> {
    return this.views.rows.getRepository(TimelineRow).findOneBy({ position });
  }

  private rows() {
    return this.views.rows.getRepository(TimelineRow).createQueryBuilder('t');
  }
}

const wrong = (message: string): InvalidRequest => new InvalidRequest([{ field: 'snapshot', message }]);
