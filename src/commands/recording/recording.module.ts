import { Module } from '@nestjs/common';
import { RecordingClock } from '../../clock/recording-clock.js';
import { InFlightAppends } from './in-flight-appends.js';
import { CompanyNames } from './company-names.js';
import { KeyedMutex } from './keyed-mutex.js';
import { MoveEventsHandler } from './move-events.js';
import { PreviewMoveHandler } from './preview-move.js';
import { PreviewEventsHandler } from './preview-events.js';
import { RecordEventsHandler } from './record-events.js';
import { RecordingController } from './recording.controller.js';

/** Recording and preview of single events. */
@Module({
  controllers: [RecordingController],
  providers: [
    CompanyNames,
    InFlightAppends,
    KeyedMutex,
    MoveEventsHandler,
    PreviewEventsHandler,
    PreviewMoveHandler,
    RecordEventsHandler,
    RecordingClock,
  ],
  exports: [CompanyNames, InFlightAppends, KeyedMutex, RecordingClock],
})
export class RecordingModule {}
