import { Global, Module, UseInterceptors, type DynamicModule } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AnswersModule } from './api/api.module.js';
import { CostlyQuestions } from './api/costly-questions.js';
import { EtagInterceptor } from './api/etag-interceptor.js';
import { AccessModule } from './access/access.module.js';
import { ImportReports } from './commands/import/import-reports.js';
import { ImportsController } from './commands/import/imports.controller.js';
import { ReleaseModule } from './commands/release/release.module.js';
import { ReleasesController } from './commands/release/releases.controller.js';
import { SuggestionsController } from './commands/suggestions/suggestions.controller.js';
import { ReviewsController } from './commands/review/reviews.controller.js';
import { ReviewsModule } from './commands/review/reviews.module.js';
import { SingleSourceController } from './queries/review/single-source.controller.js';
import { SuggestionsModule } from './commands/suggestions/suggestions.module.js';
import { RecordingController } from './commands/recording/recording.controller.js';
import { MetricsModule, OperationsModule } from './operations/operations.module.js';
import { AutomakersController } from './queries/automakers/automakers.controller.js';
import { AuditController } from './queries/audit/audit.controller.js';
import { CompaniesController } from './queries/companies/companies.controller.js';
import { OverlapController } from './queries/overlap/overlap.controller.js';
import { SearchController } from './queries/search/search.controller.js';
import { CoverageController } from './queries/coverage/coverage.controller.js';
import { GoalsController } from './queries/goals/goals.controller.js';
import { ExpansionController } from './queries/expansion/expansion.controller.js';
import { EventsController } from './queries/events/events.controller.js';
import { ExportController } from './transparency/export.controller.js';
import { FeedController } from './queries/events/feed.controller.js';
import { MarketsController } from './queries/markets/markets.controller.js';
import { WaitForPosition } from './api/wait-for-position.js';
import type { Settings } from './settings.js';
import { LedgerLogController } from './transparency/ledger-log.controller.js';
import { TrackerMetrics } from './operations/tracker-metrics.js';
import { EventStoreHealth, ReadModelHealth } from './operations/store-health.js';
import { RebuildController } from './read-model/rebuild.controller.js';
import { API_DOCUMENT, DocsController } from './api/docs.controller.js';
import { SchemasController } from './api/schemas.controller.js';
import { openApiDocument } from './api/openapi.js';
import { OperationsController } from './operations/operations.controller.js';
import { SnapshotListController, SnapshotsController } from './snapshots/snapshots.controller.js';
import { SnapshotsModule } from './snapshots/snapshots.module.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { CoreModule } from './core.module.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { PagesModule } from './pages/pages.module.js';

/** Version of the API. */
const VERSION = '0.1.0';

/** What answers questions under /api. */
const ASKED = [
  AutomakersController,
  ExpansionController,
  GoalsController,
  CoverageController,
  SearchController,
  OverlapController,
  SingleSourceController,
  SnapshotListController,
  MarketsController,
  CompaniesController,
  AuditController,
  EventsController,
  RebuildController,
  LedgerLogController,
] as const;
// Not for all of /api: an interceptor costs a request as much time as the recording of an event takes.
for (const controller of ASKED) UseInterceptors(EtagInterceptor, CostlyQuestions)(controller);

/** What answers under /api. */
const CONTROLLERS = [
  RecordingController,
  ReleasesController,
  SuggestionsController,
  ReviewsController,
  ImportsController,
  ...ASKED,
  ExportController,
  FeedController,
] as const;

/** What programs ask, under /api. */
@Module({
  controllers: [...CONTROLLERS],
  imports: [ReleaseModule, SuggestionsModule, ReviewsModule],
  providers: [ImportReports],
})
class ApiModule {}

/** The description of what answers, for the pages that show it as for programs. */
@Global()
@Module({
  providers: [
    {
      provide: API_DOCUMENT,
      useValue: () =>
        openApiDocument(
          [
            ...CONTROLLERS,
            WebhooksController,
            SnapshotsController,
            FeedsController,
            SchemasController,
            OperationsController,
          ],
          VERSION,
        ),
    },
  ],
  exports: [API_DOCUMENT],
})
class ApiDocumentModule {}

/** The application: commands and questions, answered over HTTP. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.forRoot(settings, 'writer', { answersParted: true }),
        MetricsModule,
        AccessModule.forRoot(settings),
        OperationsModule.forRoot({ checks: [EventStoreHealth, ReadModelHealth] }),
        AnswersModule,
        ApiModule,
        ApiDocumentModule,
        RouterModule.register([
          { path: 'api', module: ApiModule },
          { path: 'api', module: WebhooksModule },
        ]),
        PagesModule,
        FeedsModule,
        SnapshotsModule,
        WebhooksModule,
      ],
      controllers: [DocsController, SchemasController],
      providers: [TrackerMetrics, WaitForPosition],
    };
  }
}
