import { Injectable } from '@nestjs/common';
import { WORLD_EVENT_TYPES } from '../domain/events/catalogue.js';
import { lastInstantOf, type Clocks } from '../domain/ledger/clocks.js';
import type { RecordSource } from '../domain/state/automaker.js';
import type { RecordKind } from '../domain/state/records.js';
import { recordsAsOf } from '../domain/state/records-as-of.js';
import { worldEvent } from '../domain/state/subject.js';
import { ReadModel } from '../read-model/read-model.js';
import { TimelineRow } from '../read-model/row-entities.js';
import { recordedIn } from './events/amended-rows.js';

/** The columns needed to restore an event from a row. */
const COLUMNS = ['position', 'id', 'revision', 'type', 'body'] as const;
type ReadRow = Pick<TimelineRow, (typeof COLUMNS)[number]>;

/**
 * Reads records of some kinds as of a past day. It reads and folds only the events of those kinds, so that a
 * list costs no more than what it shows. Most events of most automakers are figures and outlets, which no
 * list of automakers shows.
 */
@Injectable()
export class PastRecords {
  constructor(private readonly views: ReadModel) {}

  /**
   * The records of some kinds in a stream, or of all, and the size of their events as text. The public clock is not
   * supported, because it depends on the evidence of all events.
   */
  async of(
    stream: string,
    { trueOn, knownOn }: Omit<Clocks, 'publicOn'>,
    kinds?: readonly RecordKind[],
  ): Promise<{ readonly records: RecordSource; readonly bytes: number }> {
    const query = this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select(COLUMNS.map((name) => `t.${name} AS "${name}"`))
      .where('t.stream = :stream', { stream })
      .orderBy('t.position');
    if (kinds)
      query.andWhere('(t.about IS NOT NULL OR t.type IN (:...types))', {
        types: WORLD_EVENT_TYPES.filter((type) => kinds.includes(worldEvent(type).kind)),
      });
    if (knownOn !== undefined) query.andWhere('t.recordedAt <= :known', { known: lastInstantOf(knownOn) });
    // Rows contain the day as known now: no use with `knownOn`. A registration counts on every day.
    else if (trueOn !== undefined)
      query.andWhere("(t.about IS NOT NULL OR t.day <= :trueOn OR t.type = 'AutomakerRegistered')", {
        trueOn,
      });
    // Raw rows: creating entities would cost more than reading them.
    const rows = await query.getRawMany<ReadRow>();
    const events = rows.map((row) => recordedIn({ ...row, stream }));
    const records = recordsAsOf(stream, events, {
      ...(trueOn !== undefined && { trueOn }),
      ...(knownOn !== undefined && { knownOn }),
    });
    return { records, bytes: rows.reduce((sum, { body }) => sum + body.length, 0) };
  }
}
