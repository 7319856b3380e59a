import { Module } from '@nestjs/common';
import { ExpansionController } from './expansion.controller.js';
import {
  AllConditions,
  CompareExpansionHandler,
  GetExpansionHandler,
  GetExpansionReadingHandler,
} from './get-expansion.js';
import { GetThesesHandler } from './get-theses.js';
import { ReadersModule } from '../readers.module.js';
import { AutomakersModule } from '../automakers/automakers.module.js';

/** What kind of expansion it is, and what the ledger says about the claims that are made of it. */
@Module({
  imports: [ReadersModule, AutomakersModule],
  controllers: [ExpansionController],
  providers: [
    AllConditions,
    CompareExpansionHandler,
    GetExpansionHandler,
    GetExpansionReadingHandler,
    GetThesesHandler,
  ],
})
export class ExpansionModule {}
