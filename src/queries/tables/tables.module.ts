import { Module } from '@nestjs/common';
import { FindSnapshotHandler } from './find-snapshot.js';
import { ListSnapshotsHandler } from './list-snapshots.js';
import { ReadTableHandler } from './read-table.js';
import { ReadersModule } from '../readers.module.js';
import { EventsModule } from '../events/events.module.js';

/** The ledger and what it amounts to as tables, and the days of which there are snapshots. */
@Module({
  imports: [ReadersModule, EventsModule],
  providers: [FindSnapshotHandler, ListSnapshotsHandler, ReadTableHandler],
})
export class TablesModule {}
