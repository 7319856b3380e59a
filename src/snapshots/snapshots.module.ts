import { Module } from '@nestjs/common';
import { SnapshotFiles } from './snapshot-files.js';
import { SnapshotListController, SnapshotsController } from './snapshots.controller.js';

/** The ledger to take away. */
@Module({ controllers: [SnapshotsController], providers: [SnapshotFiles] })
export class SnapshotsModule {}

/** Which snapshots there are, for programs. */
@Module({ controllers: [SnapshotListController] })
export class SnapshotListModule {}
