import { Module } from '@nestjs/common';
import { CoverageController } from './coverage.controller.js';
import { GetCoverageHandler, GetWorklistHandler } from './get-coverage.js';
import { ReadersModule } from '../readers.module.js';
import { AutomakersModule } from '../automakers/automakers.module.js';

/** What is known of each measure month by month, and what is missing. */
@Module({
  imports: [ReadersModule, AutomakersModule],
  controllers: [CoverageController],
  providers: [GetCoverageHandler, GetWorklistHandler],
})
export class CoverageModule {}
