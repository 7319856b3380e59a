import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { ImportReports } from './commands/import-reports.js';
import { ImportsController } from './commands/imports.controller.js';
import { RecordingController } from './commands/recording.controller.js';
import { MetricsModule, OperationsModule } from './operations/operations.module.js';
import { AutomakersController } from './queries/automakers/automakers.controller.js';
import { AuditController } from './queries/audit/audit.controller.js';
import { EventsController } from './queries/events/events.controller.js';
import { ExportController } from './queries/events/export.controller.js';
import { FeedController } from './queries/events/feed.controller.js';
import { MarketsController } from './queries/markets/markets.controller.js';
import { WaitForPosition } from './queries/wait-for-position.js';
import type { Settings } from './settings.js';
import { LedgerLogController } from './transparency/ledger-log.controller.js';
import { TrackerMetrics } from './operations/tracker-metrics.js';
import { EventStoreHealth, ViewsHealth } from './operations/store-health.js';
import { ViewsController } from './projections/views.controller.js';
import { CoreModule } from './core.module.js';

/** The application: commands and questions, answered over HTTP. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.forRoot(settings),
        MetricsModule,
        AccessModule.forRoot(settings),
        OperationsModule.forRoot({ checks: [EventStoreHealth, ViewsHealth] }),
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
        LedgerLogController,
      ],
      providers: [ImportReports, TrackerMetrics, WaitForPosition],
    };
  }
}
