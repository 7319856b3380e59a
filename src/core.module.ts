import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ImportEventsHandler } from './commands/import/import-events.js';
import { PreviewEventsHandler } from './commands/recording/preview-events.js';
import { CompanyNames, RegisteredCompanies } from './commands/recording/company-names.js';
import { MoveEventsHandler } from './commands/recording/move-events.js';
import { PreviewMoveHandler } from './commands/recording/preview-move.js';
import { RecordEventsHandler } from './commands/recording/record-events.js';
import { InFlightAppends } from './commands/recording/in-flight-appends.js';
import { KeyedMutex } from './commands/recording/keyed-mutex.js';
import { CompareAutomakersHandler } from './queries/automakers/compare-automakers.js';
import { GetDifferencesHandler } from './queries/audit/get-differences.js';
import { GetStrategyHistoryHandler } from './queries/audit/get-strategy-history.js';
import { GetTargetHistoryHandler } from './queries/audit/get-target-history.js';
import { GetAutomakerHandler } from './queries/automakers/get-automaker.js';
import { GetFiguresHandler } from './queries/automakers/get-figures.js';
import { GetFootprintHandler } from './queries/automakers/get-footprint.js';
import { GetForecastHandler, GetSeriesForecastHandler } from './queries/automakers/get-forecast.js';
import { GetVintagesHandler } from './queries/automakers/get-vintages.js';
import { GetProgressHandler, ListProgressHandler } from './queries/automakers/get-progress.js';
import { GetSeriesHandler, GetTargetSeriesHandler } from './queries/automakers/get-series.js';
import { ListVerdictsHandler } from './queries/automakers/list-verdicts.js';
import { ListQuietGoalsHandler } from './queries/audit/list-quiet-goals.js';
import { ListAutomakerNamesHandler } from './queries/automakers/list-automaker-names.js';
import { ListAutomakersHandler } from './queries/automakers/list-automakers.js';
import {
  AllConditions,
  CompareExpansionHandler,
  GetExpansionHandler,
  GetExpansionReadingHandler,
} from './queries/expansion/get-expansion.js';
import { GetThesesHandler } from './queries/expansion/get-theses.js';
import { ExportLedgerHandler } from './queries/events/export-ledger.js';
import { GetEventHandler } from './queries/events/get-event.js';
import { ListEventsHandler } from './queries/events/list-events.js';
import { PastTimeline } from './queries/events/past-timeline.js';
import { HappenedEvents } from './queries/events/happened-events.js';
import { SubjectNames } from './queries/events/subject-names.js';
import { Timeline } from './queries/events/timeline.js';
import { GetCompanyHandler } from './queries/companies/get-company.js';
import { ListCompaniesHandler } from './queries/companies/list-companies.js';
import { GetMarketHandler, ListMarketsHandler } from './queries/markets/get-markets.js';
import { Names } from './queries/names.js';
import { ParkedStreams } from './queries/parked-streams.js';
import { AutomakerReader } from './queries/automaker-reader.js';
import { KeptAutomakers } from './queries/kept-automakers.js';
import { RecordingClock } from './clock/recording-clock.js';
import { StoresModule, type OpenOptions, type StoreMode } from './stores.module.js';
import type { Settings } from './settings.js';
import { ListMostRecordedHandler } from './queries/automakers/list-most-recorded.js';
import { ListGoalsHandler } from './queries/goals/list-goals.js';
import { GetCoverageHandler, GetWorklistHandler } from './queries/coverage/get-coverage.js';
import { CompanyReader } from './queries/company-reader.js';
import { EventSearch } from './queries/search/event-search.js';
import { NameSearch } from './queries/search/name-search.js';
import { ListNamesToPickHandler } from './queries/log/names-to-pick.js';
import { GetOverlapHandler } from './queries/overlap/get-overlap.js';
import { SearchLedgerHandler } from './queries/search/search-ledger.js';
import { FindSnapshotHandler } from './queries/tables/find-snapshot.js';
import { ListSnapshotsHandler } from './queries/tables/list-snapshots.js';
import { ReadTableHandler } from './queries/tables/read-table.js';
import { ListVerdictChangesHandler } from './queries/goals/list-verdict-changes.js';
import { SumPromisesHandler } from './queries/goals/sum-promises.js';
import { NameAutomakersHandler } from './queries/automakers/name-automakers.js';
import { NameGoalsHandler } from './queries/automakers/name-goals.js';
import { AutomakerIndex } from './queries/automakers/automaker-index.js';
import { AutomakerIds } from './queries/automaker-ids.js';
import { GetAsOfHandler } from './queries/get-as-of.js';
import { ListSingleSourceHandler } from './queries/review/list-single-source.js';
import { RecordingSoFar } from './queries/recording-so-far.js';
import { EventsBetween } from './queries/audit/events-between.js';

const HANDLERS = [
  RecordEventsHandler,
  MoveEventsHandler,
  PreviewMoveHandler,
  ImportEventsHandler,
  PreviewEventsHandler,
  ListAutomakersHandler,
  ListAutomakerNamesHandler,
  NameAutomakersHandler,
  NameGoalsHandler,
  ListMostRecordedHandler,
  GetAutomakerHandler,
  ListProgressHandler,
  GetProgressHandler,
  GetForecastHandler,
  GetSeriesForecastHandler,
  GetVintagesHandler,
  GetFootprintHandler,
  GetSeriesHandler,
  GetTargetSeriesHandler,
  ListVerdictsHandler,
  ListQuietGoalsHandler,
  GetTargetHistoryHandler,
  GetStrategyHistoryHandler,
  GetDifferencesHandler,
  GetFiguresHandler,
  CompareAutomakersHandler,
  GetExpansionHandler,
  GetExpansionReadingHandler,
  CompareExpansionHandler,
  GetThesesHandler,
  ListMarketsHandler,
  GetMarketHandler,
  GetCompanyHandler,
  ListCompaniesHandler,
  GetAsOfHandler,
  ListEventsHandler,
  GetEventHandler,
  ExportLedgerHandler,
  ListGoalsHandler,
  SumPromisesHandler,
  GetCoverageHandler,
  GetWorklistHandler,
  SearchLedgerHandler,
  GetOverlapHandler,
  ListNamesToPickHandler,
  ReadTableHandler,
  ListVerdictChangesHandler,
  FindSnapshotHandler,
  ListSnapshotsHandler,
  ListSingleSourceHandler,
];

/** Commands and questions over the stores that the settings name: what the server and the command line share. */
@Module({})
export class CoreModule {
  static forRoot(settings: Settings, mode: StoreMode = 'writer', options: OpenOptions = {}): DynamicModule {
    return {
      module: CoreModule,
      imports: [CqrsModule.forRoot(), StoresModule.forRoot(settings, mode, options)],
      providers: [
        ...HANDLERS,
        KeyedMutex,
        InFlightAppends,
        RecordingClock,
        ParkedStreams,
        AutomakerReader,
        Timeline,
        PastTimeline,
        RecordingSoFar,
        HappenedEvents,
        SubjectNames,
        AllConditions,
        AutomakerIds,
        KeptAutomakers,
        CompanyReader,
        CompanyNames,
        // What is registered is asked of the read model, which commands know nothing of.
        { provide: RegisteredCompanies, useExisting: CompanyReader },
        EventSearch,
        NameSearch,
        EventsBetween,
        AutomakerIndex,
        Names,
      ],
      exports: [CqrsModule],
    };
  }
}
