import { Module } from '@nestjs/common';
import { AutomakerIds } from './automaker-ids.js';
import { AutomakerReader } from './automaker-reader.js';
import { CompanyReader } from './company-reader.js';
import { ConditionReader } from './condition-reader.js';
import { DeletedStreams } from './deleted-streams.js';
import { GetAsOfHandler } from './get-as-of.js';
import { KeptAutomakers } from './kept-automakers.js';
import { Names } from './names.js';
import { ParkedStreams } from './parked-streams.js';
import { PastRecords } from './past-records.js';
import { RecordingSoFar } from './recording-so-far.js';

/** The source of all answers: automakers, companies and names, as stored or as of a day. */
@Module({
  providers: [
    AutomakerIds,
    AutomakerReader,
    CompanyReader,
    ConditionReader,
    DeletedStreams,
    GetAsOfHandler,
    KeptAutomakers,
    Names,
    ParkedStreams,
    PastRecords,
    RecordingSoFar,
  ],
  exports: [
    AutomakerIds,
    AutomakerReader,
    CompanyReader,
    ConditionReader,
    DeletedStreams,
    KeptAutomakers,
    Names,
    ParkedStreams,
    RecordingSoFar,
  ],
})
export class ReadersModule {}
