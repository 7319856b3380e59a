import { Injectable } from '@nestjs/common';
import { WORLD_EVENT_TYPES } from '../domain/events/catalogue.js';
import { lastInstantOf, type Clocks } from '../domain/ledger/clocks.js';
import type { RecordSource } from '../domain/state/automaker.js';
import type { RecordKind } from '../domain/state/records.js';
import { recordsAsOf } from '../domain/state/records-as-of.js';
import { worldEvent } from '../domain/state/subject.js';
import { ReadModel } from '../read-model/read-model.js';
import { TimelineRow } from '../read-model/rows.js';
import { recordedIn } from './events/amended-rows.js';

/** What a row has to say for its event to be read. */
const COLUMNS = ['position', 'id', 'revision', 'type', 'body'] as const;
type ReadRow = Pick<TimelineRow, (typeof COLUMNS)[number]>;

/**
 * Records of some kinds as of a day in the past: only the events that go into them are read and folded, so that a list costs what
 * it shows. Of most automakers figures and outlets are the most, and no list of automakers tells of them.
 */
@Injectable()
export class PastRecords {
  constructor(private readonly views: ReadModel) {}

  /** The records of some kinds in a stream, and what the events that they come from take as text. The clock of publication is another matter: it goes by the evidence of all events. */
  async of(
    stream: string,
    { trueOn, knownOn }: Omit<Clocks, 'publicOn'>,
    kinds: readonly RecordKind[],
  ): Promise<{ readonly records: RecordSource; readonly bytes: number }> {
    const query = this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select(COLUMNS.map((name) => `t.${name} AS "${name}"`))
      .where('t.stream = :stream AND (t.about IS NOT NULL OR t.type IN (:...types))', {
        stream,
        types: WORLD_EVENT_TYPES.filter((type) => kinds.includes(worldEvent(type).kind)),
      })
      .orderBy('t.position');
    if (knownOn !== undefined) query.andWhere('t.recordedAt <= :known', { known: lastInstantOf(knownOn) });
    // Rows tell the day by what is known now. A registration counts on every day.
    else if (trueOn !== undefined)
      query.andWhere("(t.about IS NOT NULL OR t.day <= :trueOn OR t.type = 'AutomakerRegistered')", {
        trueOn,
      });
    // Raw: making entities of them would cost more than reading them.
    const rows = await query.getRawMany<ReadRow>();
    const events = rows.map((row) => recordedIn({ ...row, stream }));
    const records = recordsAsOf(stream, events, {
      ...(trueOn !== undefined && { trueOn }),
      ...(knownOn !== undefined && { knownOn }),
    });
    return { records, bytes: rows.reduce((sum, { body }) => sum + body.length, 0) };
  }
}
