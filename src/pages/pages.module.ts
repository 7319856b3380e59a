import { Module } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { AuditPageController } from './audit/audit-page.controller.js';
import { AutomakerController } from './automaker/automaker.controller.js';
import { CompanyPagesController } from './companies/companies.controller.js';
import { CitationController, CitePageController, FrozenController } from './cite/cite.controller.js';
import { Citations } from './cite/citations.js';
import { CompareController } from './compare/compare.controller.js';
import { CoveragePageController } from './coverage/coverage.controller.js';
import { AboutController } from './about/about.controller.js';
import { DocsPageController } from './docs/docs.controller.js';
import { DataPageController } from './data/data.controller.js';
import { EventController } from './event/event.controller.js';
import { FrontController } from './front/front.controller.js';
import { ActsController } from './log/amendments.controller.js';
import { Beginnings } from './log/beginnings.js';
import { EventFormService } from './log/event-form-service.js';
import { GoalsPageController } from './goals/goals.controller.js';
import { ImportPageController } from './import/import.controller.js';
import { LogController } from './log/log.controller.js';
import { OverlapPageController } from './overlap/overlap.controller.js';
import { SearchPageController } from './search/search.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { MethodsController } from './methods/methods.controller.js';
import { MarketPagesController } from './markets/markets.controller.js';
import { ChartSource } from './pictures/chart-source.js';
import { EmbedController, OembedController, PicturesController } from './pictures/pictures.controller.js';
import { ReadersModule } from '../queries/readers.module.js';
import { ReleaseModule } from '../commands/release/release.module.js';
import { ReleasePageController } from './release/release.controller.js';
import { SuggestionsModule } from '../commands/suggestions/suggestions.module.js';
import { SuggestionPagesController } from './suggestions/suggestions.controller.js';
import { ReviewsModule } from '../commands/review/reviews.module.js';
import { ReviewPagesController } from './review/reviews.controller.js';
import { SendTable } from './take-away/send-table.js';
import { TargetController } from './target/target.controller.js';
import { ThesesController } from './theses/theses.controller.js';
import { TimelineController } from './timeline/timeline.controller.js';
import { VintagesController } from './vintages/vintages.controller.js';

/** The web pages, built on the same queries and commands as the API. */
@Module({
  imports: [ReadersModule, ReleaseModule, SuggestionsModule, ReviewsModule],
  controllers: [
    AssetsController,
    FrontController,
    AutomakerController,
    TargetController,
    VintagesController,
    GoalsPageController,
    CoveragePageController,
    CitePageController,
    CitationController,
    FrozenController,
    DataPageController,
    PicturesController,
    EmbedController,
    OembedController,
    MarketPagesController,
    CompanyPagesController,
    TimelineController,
    ThesesController,
    MethodsController,
    DocsPageController,
    AboutController,
    EventController,
    CompareController,
    AuditPageController,
    LogController,
    ReleasePageController,
    SuggestionPagesController,
    ReviewPagesController,
    ActsController,
    ImportPageController,
    SearchPageController,
    OverlapPageController,
    SignInController,
  ],
  providers: [EventFormService, Beginnings, SendTable, Citations, ChartSource],
})
export class PagesModule {}
