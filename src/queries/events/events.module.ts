import { Module } from '@nestjs/common';
import { EventsController } from './events.controller.js';
import { ExportLedgerHandler } from './export-ledger.js';
import { GetEventHandler } from './get-event.js';
import { HappenedEvents } from './happened-events.js';
import { ListEventsHandler } from './list-events.js';
import { PastTimeline } from './past-timeline.js';
import { SubjectNames } from './subject-names.js';
import { Timeline } from './timeline.js';
import { ReadersModule } from '../readers.module.js';

/** Events: the timeline, single events, and the whole ledger as a file. */
@Module({
  imports: [ReadersModule],
  controllers: [EventsController],
  providers: [
    ExportLedgerHandler,
    GetEventHandler,
    HappenedEvents,
    ListEventsHandler,
    PastTimeline,
    SubjectNames,
    Timeline,
  ],
  exports: [Timeline],
})
export class EventsModule {}
