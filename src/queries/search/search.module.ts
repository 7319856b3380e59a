import { Module } from '@nestjs/common';
import { EventSearch } from './event-search.js';
import { NameSearch } from './name-search.js';
import { SearchLedgerHandler } from './search-ledger.js';
import { SearchController } from './search.controller.js';
import { AutomakersModule } from '../automakers/automakers.module.js';
import { ReadersModule } from '../readers.module.js';
import { EventsModule } from '../events/events.module.js';

/** Search for names and events by words. */
@Module({
  imports: [ReadersModule, AutomakersModule, EventsModule],
  controllers: [SearchController],
  providers: [EventSearch, NameSearch, SearchLedgerHandler],
})
export class SearchModule {}
