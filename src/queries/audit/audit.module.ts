import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { EventsBetween } from './events-between.js';
import { GetDifferencesHandler } from './get-differences.js';
import { GetStrategyHistoryHandler } from './get-strategy-history.js';
import { GetTargetHistoryHandler } from './get-target-history.js';
import { ListQuietGoalsHandler } from './list-quiet-goals.js';
import { ReadersModule } from '../readers.module.js';
import { AutomakersModule } from '../automakers/automakers.module.js';

/** How goals and strategies changed, and what differs between two points in time. */
@Module({
  imports: [ReadersModule, AutomakersModule],
  controllers: [AuditController],
  providers: [
    EventsBetween,
    GetDifferencesHandler,
    GetStrategyHistoryHandler,
    GetTargetHistoryHandler,
    ListQuietGoalsHandler,
  ],
})
export class AuditModule {}
