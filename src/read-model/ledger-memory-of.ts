import { LessThanOrEqual, MoreThan, type DataSource } from 'typeorm';
import type { RecordedEvent } from '../domain/ledger/event.js';
import type { KnownId, LedgerMemory } from '../event-store/ledger-memory.js';
import { TimelineRow } from './row-entities.js';
import { checkpointOf } from './tables.js';

/** What the stored views remember of the ledger: the event ids of all streams that are not parked. */
export async function ledgerMemoryOf(rows: DataSource): Promise<LedgerMemory> {
  const timeline = rows.getRepository(TimelineRow);
  return {
    name: 'the views',
    position: (await checkpointOf(rows.manager)).position,
    lastKnown: async (position) => {
      const row = await timeline.findOne({
        select: { position: true },
        where: { position: LessThanOrEqual(position) },
        order: { position: 'DESC' },
      });
      return row?.position;
    },
    holds: async ({ position, id }: RecordedEvent) =>
      (await timeline.findOne({ select: { position: true, id: true }, where: { position } }))?.id === id,
    idsAfter: async (position, limit): Promise<KnownId[]> =>
      timeline.find({
        select: { position: true, id: true },
        where: { position: MoreThan(position) },
        order: { position: 'ASC' },
        take: limit,
      }),
  };
}
