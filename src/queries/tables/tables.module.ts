import { Module } from '@nestjs/common';
import { FindSnapshotHandler } from './find-snapshot.js';
import { ListSnapshotsHandler } from './list-snapshots.js';
import { ReadTableHandler } from './read-table.js';
import { ReadersModule } from '../readers.module.js';
import { EventsModule } from '../events/events.module.js';

/** The ledger and its derived tables, and the days with snapshots. */
@Module({
  imports: [ReadersModule, EventsModule],
  providers: [FindSnapshotHandler, ListSnapshotsHandler, ReadTableHandler],
})
export class TablesModule {}
