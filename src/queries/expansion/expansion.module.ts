import { Module } from '@nestjs/common';
import { ExpansionController } from './expansion.controller.js';
import { CompareExpansionHandler, GetExpansionHandler, GetExpansionReadingHandler } from './get-expansion.js';
import { GetThesesHandler } from './get-theses.js';
import { ReadersModule } from '../readers.module.js';
import { AutomakersModule } from '../automakers/automakers.module.js';

/** The readings of an expansion, and what the ledger says about claims on asset-light expansion. */
@Module({
  imports: [ReadersModule, AutomakersModule],
  controllers: [ExpansionController],
  providers: [CompareExpansionHandler, GetExpansionHandler, GetExpansionReadingHandler, GetThesesHandler],
})
export class ExpansionModule {}
