import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from './access/access.module.js';
import { ImportEventsHandler } from './commands/import-events.js';
import { ImportReports } from './commands/import-reports.js';
import { ImportsController } from './commands/imports.controller.js';
import { PreviewEventsHandler } from './commands/preview-events.js';
import { RecordEventsHandler } from './commands/record-events.js';
import { RecordingController } from './commands/recording.controller.js';
import { StreamTurns } from './commands/stream-turns.js';
import { MetricsModule, OperationsModule } from './operations/operations.module.js';
import { AutomakersController } from './queries/automakers/automakers.controller.js';
import { CompareAutomakersHandler } from './queries/automakers/compare-automakers.js';
import { AuditController } from './queries/audit/audit.controller.js';
import { GetDifferencesHandler } from './queries/audit/get-differences.js';
import { GetStrategyHistoryHandler } from './queries/audit/get-strategy-history.js';
import { GetTargetHistoryHandler } from './queries/audit/get-target-history.js';
import { GetAutomakerHandler } from './queries/automakers/get-automaker.js';
import { GetFiguresHandler } from './queries/automakers/get-figures.js';
import { GetFootprintHandler } from './queries/automakers/get-footprint.js';
import { GetProgressHandler, ListProgressHandler } from './queries/automakers/get-progress.js';
import { ListAutomakersHandler } from './queries/automakers/list-automakers.js';
import { EventsController } from './queries/events/events.controller.js';
import { ExportController } from './queries/events/export.controller.js';
import { ExportLedgerHandler } from './queries/events/export-ledger.js';
import { FeedController } from './queries/events/feed.controller.js';
import { GetEventHandler } from './queries/events/get-event.js';
import { ListEventsHandler } from './queries/events/list-events.js';
import { Timeline } from './queries/events/timeline.js';
import { GetMarketHandler, ListMarketsHandler } from './queries/markets/get-markets.js';
import { MarketsController } from './queries/markets/markets.controller.js';
import { Names } from './queries/names.js';
import { States } from './queries/states.js';
import { WaitForPosition } from './queries/wait-for-position.js';
import type { Settings } from './settings.js';
import { StoresModule } from './stores.module.js';
import { TrackerMetrics } from './operations/tracker-metrics.js';
import { EventStoreHealth, ViewsHealth } from './operations/store-health.js';
import { ViewsController } from './projections/views.controller.js';

const HANDLERS = [
  RecordEventsHandler,
  ImportEventsHandler,
  PreviewEventsHandler,
  ListAutomakersHandler,
  GetAutomakerHandler,
  ListProgressHandler,
  GetProgressHandler,
  GetFootprintHandler,
  GetTargetHistoryHandler,
  GetStrategyHistoryHandler,
  GetDifferencesHandler,
  GetFiguresHandler,
  CompareAutomakersHandler,
  ListMarketsHandler,
  GetMarketHandler,
  ListEventsHandler,
  GetEventHandler,
  ExportLedgerHandler,
];

/** The parts of the application, over the stores that the settings name. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings): DynamicModule {
    const stores = StoresModule.forRoot(settings);
    return {
      module: AppModule,
      imports: [
        CqrsModule.forRoot(),
        stores,
        MetricsModule,
        AccessModule.forRoot(settings),
        OperationsModule.forRoot({ imports: [stores], checks: [EventStoreHealth, ViewsHealth] }),
      ],
      controllers: [
        RecordingController,
        ImportsController,
        AutomakersController,
        MarketsController,
        AuditController,
        EventsController,
        ExportController,
        FeedController,
        ViewsController,
      ],
      providers: [
        ...HANDLERS,
        StreamTurns,
        ImportReports,
        States,
        Timeline,
        Names,
        TrackerMetrics,
        WaitForPosition,
      ],
    };
  }
}
