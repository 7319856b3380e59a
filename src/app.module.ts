import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { RouterModule } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { API_DOCUMENT, DocsController } from './api/docs.controller.js';
import { openApiDocument } from './api/openapi.js';
import { SchemasController } from './api/schemas.controller.js';
import { WaitForPosition } from './api/wait-for-position.js';
import { ImportsModule } from './commands/import/imports.module.js';
import { ReleaseModule } from './commands/release/release.module.js';
import { ReviewsModule } from './commands/review/reviews.module.js';
import { SuggestionsModule } from './commands/suggestions/suggestions.module.js';
import { CoreModule, SUBJECTS } from './core.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { OperationsController } from './operations/operations.controller.js';
import { MetricsModule, OperationsModule } from './operations/operations.module.js';
import { EventStoreHealth, ReadModelHealth } from './operations/store-health.js';
import { TrackerMetrics } from './operations/tracker-metrics.js';
import { PagesModule } from './pages/pages.module.js';
import { AutomakersModule } from './queries/automakers/automakers.module.js';
import { OutlinesAhead } from './queries/automakers/outlines-ahead.js';
import { PastsAhead } from './queries/automakers/pasts-ahead.js';
import { FeedModule } from './queries/events/feed.module.js';
import { ViewsModule } from './queries/views/views.module.js';
import type { Settings } from './settings.js';
import { SnapshotListModule, SnapshotsModule } from './snapshots/snapshots.module.js';
import { LedgerLogModule } from './transparency/ledger-log.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** Version of the API. */
const VERSION = '0.1.0';

/** What the server answers besides the subjects that it shares with the command line. */
const OF_THE_SERVER = [
  ImportsModule,
  ReleaseModule,
  SuggestionsModule,
  ReviewsModule,
  SnapshotListModule,
  ViewsModule,
  LedgerLogModule,
  FeedModule,
  WebhooksModule,
] as const;

/** What answers under /api. */
const API = [...SUBJECTS, ...OF_THE_SERVER];

const controllersOf = (module: Type): Type[] =>
  (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) as Type[] | undefined) ?? [];

/** The description of what answers, for the pages that show it as for programs. */
@Global()
@Module({
  providers: [
    {
      provide: API_DOCUMENT,
      useValue: () =>
        openApiDocument(
          [
            ...[...API, SnapshotsModule, FeedsModule].flatMap(controllersOf),
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
        ...OF_THE_SERVER,
        RouterModule.register([{ path: 'api', children: API }]),
        ApiDocumentModule,
        AutomakersModule,
        PagesModule,
        FeedsModule,
        SnapshotsModule,
      ],
      controllers: [DocsController, SchemasController],
      providers: [TrackerMetrics, WaitForPosition, OutlinesAhead, PastsAhead],
    };
  }
}
