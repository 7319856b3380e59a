import { Module } from '@nestjs/common';
import { GetMarketHandler, ListMarketsHandler } from './get-markets.js';
import { MarketsController } from './markets.controller.js';
import { ReadersModule } from '../readers.module.js';
import { AutomakersModule } from '../automakers/automakers.module.js';

/** Markets: who is there, how, since when, under which conditions. */
@Module({
  imports: [ReadersModule, AutomakersModule],
  controllers: [MarketsController],
  providers: [GetMarketHandler, ListMarketsHandler],
})
export class MarketsModule {}
