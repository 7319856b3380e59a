import { Module } from '@nestjs/common';
import { SnapshotFiles } from './snapshot-files.js';
import { SnapshotListController, SnapshotsController } from './snapshots.controller.js';

/** Downloads of the ledger. */
@Module({ controllers: [SnapshotsController], providers: [SnapshotFiles] })
export class SnapshotsModule {}

/** The list of snapshots, for programs. */
@Module({ controllers: [SnapshotListController] })
export class SnapshotListModule {}
