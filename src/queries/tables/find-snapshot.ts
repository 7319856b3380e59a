import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { lastInstantOf } from '../../domain/ledger/clocks.js';
import type { Instant } from '../../domain/ledger/instant.js';
import { dayOf, isDay, type Day } from '../../domain/ledger/edtf.js';
import { Clock } from '../../clock/clock.js';
import { NotFound } from '../../problems/not-found.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ReadModel } from '../../read-model/read-model.js';
import { TimelineRow } from '../../read-model/rows.js';

/** A state of the ledger that stays the same for good: all that was recorded up to an instant. */
export interface SnapshotPoint {
  /** Position of the last event. */
  readonly position: number;
  /** When that was recorded: what was known by then is what the snapshot tells. */
  readonly recordedAt: Instant;
  readonly day: Day;
}

/**
 * The state of the ledger that a name names: `latest`, a day (all that was recorded by its end), or a position. What was
 * recorded at one instant is together in a snapshot or not at all.
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

  /** Throws InvalidRequest for what names none, NotFound where nothing was recorded by then. */
  async execute({ name }: FindSnapshot): Promise<SnapshotPoint> {
    const recordedAt = await this.instantOf(name);
    const last = await this.rows()
      .select('MAX(t.position)', 'position')
      .where('t.recordedAt <= :limit', { limit: recordedAt })
      .getRawOne<{ position: number | string | null }>();
    const position = Number(last?.position ?? 0);
    const row = position === 0 ? null : await this.at(position);
    if (!row)
      throw new NotFound({ detail: `Nothing was recorded here by ${name}, so there is no snapshot.` });
    return { position, recordedAt: row.recordedAt, day: dayOf(row.recordedAt) };
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
