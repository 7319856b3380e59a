import { Module } from '@nestjs/common';
import { RecordingModule } from '../recording/recording.module.js';
import { ImportEventsHandler } from './import-events.js';

/** Imports of events from files, independent of how the files are received. */
@Module({ imports: [RecordingModule], providers: [ImportEventsHandler] })
export class ImportModule {}
