import { Module } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { DataSource } from 'typeorm';
import { ACCESS_DATABASE } from '../../access/access.module.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { KnownLabels } from './known-labels.js';
import { ReleaseDesk } from './release-desk.js';
import { ReleasesController } from './releases.controller.js';

/** Reads, checks and records pasted releases, for the API and the pages. */
@Module({
  controllers: [ReleasesController],
  providers: [
    {
      provide: KnownLabels,
      inject: [ACCESS_DATABASE],
      useFactory: (database: DataSource) => new KnownLabels(database),
    },
    {
      provide: ReleaseDesk,
      inject: [CommandBus, QueryBus, StreamStateCache, KnownLabels],
      useFactory: (
        commands: CommandBus,
        queries: QueryBus,
        states: StreamStateCache,
        known: KnownLabels,
      ): ReleaseDesk => new ReleaseDesk(commands, queries, states, known),
    },
  ],
  exports: [ReleaseDesk],
})
export class ReleaseModule {}
