import { Module } from '@nestjs/common';
import { RecordingModule } from '../recording/recording.module.js';
import { ImportEventsHandler } from './import-events.js';

/** Events that come in files, wherever those are read. */
@Module({ imports: [RecordingModule], providers: [ImportEventsHandler] })
export class ImportModule {}
