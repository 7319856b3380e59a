import { Module } from '@nestjs/common';
import { GoalsController } from './goals.controller.js';
import { ListGoalsHandler } from './list-goals.js';
import { ListVerdictChangesHandler } from './list-verdict-changes.js';
import { SumPromisesHandler } from './sum-promises.js';
import { AutomakersModule } from '../automakers/automakers.module.js';
import { ReadersModule } from '../readers.module.js';

/** The goal book. */
@Module({
  imports: [ReadersModule, AutomakersModule],
  controllers: [GoalsController],
  providers: [ListGoalsHandler, ListVerdictChangesHandler, SumPromisesHandler],
})
export class GoalsModule {}
