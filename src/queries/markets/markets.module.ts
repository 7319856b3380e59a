import { Module } from '@nestjs/common';
import { GetMarketHandler, ListMarketsHandler } from './get-markets.js';
import { GetFiguresOfMarketHandler } from './figures-of-market.js';
import { MarketsController } from './markets.controller.js';
import { ReadersModule } from '../readers.module.js';
import { AutomakersModule } from '../automakers/automakers.module.js';
import { EventsModule } from '../events/events.module.js';

/** Markets: who is there, how, since when, and under which conditions. */
@Module({
  imports: [ReadersModule, AutomakersModule, EventsModule],
  controllers: [MarketsController],
  providers: [GetFiguresOfMarketHandler, GetMarketHandler, ListMarketsHandler],
})
export class MarketsModule {}
