import { Module } from '@nestjs/common';
import { AutomakerIndex } from './automaker-index.js';
import { AutomakersController } from './automakers.controller.js';
import { CompareAutomakersHandler } from './compare-automakers.js';
import { GetAutomakerHandler } from './get-automaker.js';
import { GetFiguresHandler } from './get-figures.js';
import { GetFootprintHandler } from './get-footprint.js';
import { GetForecastHandler, GetSeriesForecastHandler } from './get-forecast.js';
import { GetProgressHandler, ListProgressHandler } from './get-progress.js';
import { GetSeriesHandler, GetTargetSeriesHandler } from './get-series.js';
import { GetVintagesHandler } from './get-vintages.js';
import { KeptOutlines } from './kept-outlines.js';
import { KeptPasts } from './kept-pasts.js';
import { PastStandings } from './past-standings.js';
import { ListAutomakerNamesHandler } from './list-automaker-names.js';
import { ListAutomakersHandler } from './list-automakers.js';
import { ListMostRecordedHandler } from './list-most-recorded.js';
import { ListMostToldHandler } from './list-most-told.js';
import { ListVerdictsHandler } from './list-verdicts.js';
import { NameAutomakersHandler } from './name-automakers.js';
import { NameGoalsHandler } from './name-goals.js';
import { NameSitesHandler } from './name-sites.js';
import { ReadersModule } from '../readers.module.js';

/** Automakers: their goals, figures, series and forecasts, their footprint, and comparisons. */
@Module({
  imports: [ReadersModule],
  controllers: [AutomakersController],
  providers: [
    AutomakerIndex,
    PastStandings,
    KeptOutlines,
    KeptPasts,
    CompareAutomakersHandler,
    GetAutomakerHandler,
    GetFiguresHandler,
    GetFootprintHandler,
    GetForecastHandler,
    GetSeriesForecastHandler,
    GetProgressHandler,
    ListProgressHandler,
    GetSeriesHandler,
    GetTargetSeriesHandler,
    GetVintagesHandler,
    ListAutomakerNamesHandler,
    ListAutomakersHandler,
    ListMostRecordedHandler,
    ListMostToldHandler,
    ListVerdictsHandler,
    NameAutomakersHandler,
    NameGoalsHandler,
    NameSitesHandler,
  ],
  exports: [AutomakerIndex, KeptOutlines, KeptPasts],
})
export class AutomakersModule {}
