import { Module } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { DataSource } from 'typeorm';
import { ACCESS_DATABASE } from '../../access/access.module.js';
import { Clock } from '../../clock/clock.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import { HourlyLimits } from './hourly-limits.js';
import { AN_HOUR, AN_HOUR_OF_ALL, SuggestionDesk } from './suggestion-desk.js';
import { Suggestions } from './suggestions.js';
import { SuggestionsController } from './suggestions.controller.js';

/** Stores suggestions of readers and analysts' decisions, for the API and the pages. */
@Module({
  controllers: [SuggestionsController],
  providers: [
    {
      provide: SuggestionDesk,
      inject: [CommandBus, QueryBus, EVENT_STORE, ACCESS_DATABASE, Clock],
      useFactory: (
        commands: CommandBus,
        queries: QueryBus,
        store: EventStore,
        database: DataSource,
        clock: Clock,
      ): SuggestionDesk =>
        new SuggestionDesk(
          commands,
          queries,
          store,
          new Suggestions(database),
          new HourlyLimits(database, AN_HOUR, AN_HOUR_OF_ALL),
          clock,
        ),
    },
  ],
  exports: [SuggestionDesk],
})
export class SuggestionsModule {}
