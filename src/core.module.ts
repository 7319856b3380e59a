import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AnswersModule } from './api/api.module.js';
import { ImportModule } from './commands/import/import.module.js';
import { RegisteredCompanies } from './commands/recording/company-names.js';
import { RecordingModule } from './commands/recording/recording.module.js';
import { AuditModule } from './queries/audit/audit.module.js';
import { AutomakersModule } from './queries/automakers/automakers.module.js';
import { CompaniesModule } from './queries/companies/companies.module.js';
import { CompanyReader } from './queries/company-reader.js';
import { CoverageModule } from './queries/coverage/coverage.module.js';
import { EventsModule } from './queries/events/events.module.js';
import { ExpansionModule } from './queries/expansion/expansion.module.js';
import { GoalsModule } from './queries/goals/goals.module.js';
import { NamesToPickModule } from './queries/log/names-to-pick.module.js';
import { MarketsModule } from './queries/markets/markets.module.js';
import { OverlapModule } from './queries/overlap/overlap.module.js';
import { ReadersModule } from './queries/readers.module.js';
import { SingleSourceModule } from './queries/review/single-source.module.js';
import { SearchModule } from './queries/search/search.module.js';
import { TablesModule } from './queries/tables/tables.module.js';
import { StoresModule, type OpenOptions, type StoreMode } from './stores.module.js';
import type { Settings } from './settings.js';

/** A module a subject, with its handlers and controllers. */
export const SUBJECTS = [
  RecordingModule,
  ImportModule,
  AutomakersModule,
  ExpansionModule,
  GoalsModule,
  CoverageModule,
  SearchModule,
  OverlapModule,
  SingleSourceModule,
  MarketsModule,
  CompaniesModule,
  AuditModule,
  EventsModule,
  TablesModule,
  NamesToPickModule,
] as const;

/** What is registered is asked of the read model, which commands know nothing of. */
@Global()
@Module({
  imports: [ReadersModule],
  providers: [{ provide: RegisteredCompanies, useExisting: CompanyReader }],
  exports: [RegisteredCompanies],
})
class RegisteredCompaniesModule {}

/** Commands and questions over the stores that the settings name: what the server and the command line share. */
@Module({})
export class CoreModule {
  static forRoot(settings: Settings, mode: StoreMode = 'writer', options: OpenOptions = {}): DynamicModule {
    return {
      module: CoreModule,
      imports: [
        CqrsModule.forRoot(),
        StoresModule.forRoot(settings, mode, options),
        AnswersModule,
        RegisteredCompaniesModule,
        ...SUBJECTS,
      ],
      exports: [CqrsModule],
    };
  }
}
