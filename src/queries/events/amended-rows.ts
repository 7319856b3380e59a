import { In, type Repository } from 'typeorm';
import { knownBy } from '../../domain/ledger/clocks.js';
import type { RecordedEvent } from '../../domain/ledger/event.js';
import { logged, withAmendment, type LoggedEvent } from '../../domain/state/logged-event.js';
import { recordedFrom, type EventPlace } from '../../event-store/event-row.js';
import { TimelineRow } from '../../read-model/rows.js';
import { misfitOf, optional } from '../../read-model/shape.js';
import { storedJson } from '../../read-model/stored-record.js';

/** What the body of each event has, of whatever type and version it is. */
const misfitOfBody = misfitOf({
  version: optional('number' as const),
  occurredOn: 'string',
  data: 'object',
  evidence: ['object'],
  note: optional('string' as const),
  warnings: optional(['object'] as const),
  recordedAt: 'string',
  recordedBy: 'string',
} as const);

/** The recorded event stored in a row. */
export const recordedIn = (row: EventPlace & Pick<TimelineRow, 'body'>): RecordedEvent =>
  recordedFrom(row, storedJson(row.body, `the event at position ${row.position}`, misfitOfBody) as object);

/** The events of some rows, by id, each with everything recorded about it by then. */
export async function amendedRows(
  rows: readonly TimelineRow[],
  stored: Repository<TimelineRow>,
  knownOn: string | undefined,
): Promise<Map<string, LoggedEvent>> {
  const entries = new Map(rows.map((row) => [row.id, logged(recordedIn(row))]));
  if (entries.size === 0) return entries;
  const acts = await stored.find({ where: { about: In([...entries.keys()]) }, order: { position: 'ASC' } });
  for (const act of acts) {
    const entry = entries.get(act.about ?? '');
    if (entry && knownBy(act.recordedAt, knownOn))
      entries.set(entry.recorded.id, withAmendment(entry, recordedIn(act)));
  }
  return entries;
}
