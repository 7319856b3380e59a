import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn, Matches, MaxLength } from 'class-validator';
import { EXPANSION_READINGS, type ExpansionReadingName } from '../../domain/expansion/expansion-reading.js';
import { togetherOf } from '../../domain/measures/brands-together.js';
import { CHOOSING_RULES, type ChoosingRule } from '../../domain/measures/flows.js';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import {
  BASES,
  MEASURE_NAMES,
  type Basis,
  type Measure,
  type Perimeter,
} from '../../domain/measures/measures.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ClockParameters, clocksOf, IsDay, Optional } from '../../api/clock-parameters.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { pageFrom, PagedParameters } from '../../api/paging.js';
import { CompareExpansion, type ExpansionComparison } from '../expansion/get-expansion.js';
import { CompareAutomakers, type ComparisonAnswer } from './compare-automakers.js';
import { GetAutomaker, type AutomakerAnswer } from './get-automaker.js';
import { GetFigures, type FiguresAnswer } from './get-figures.js';
import { ORIGIN_CLOCKS, type OriginClock } from '../../domain/forecast/past-errors.js';
import { GetForecast, GetSeriesForecast, type ForecastAnswer, type ForecastOptions } from './get-forecast.js';
import { GetFootprint, type FootprintAnswer } from './get-footprint.js';
import { GetProgress, ListProgress, type ProgressAnswer } from './get-progress.js';
import { GetSeries, GetTargetSeries, type SeriesAnswer } from './get-series.js';
import { ListAutomakers, type AutomakersAnswer } from './list-automakers.js';
import { GetVintages, type VintagesAnswer } from './get-vintages.js';
import { ListVerdicts, type VerdictsAnswer } from './list-verdicts.js';
import { Costly } from '../../api/costly-questions.js';
import { AnswersQuestions } from '../../api/question.js';

const USUAL_PAGE = 200;
const LARGEST_PAGE = 1000;
/** The default page size; the front page shows this many. */
export const VERDICTS_A_PAGE = 50;
const COMPARED_A_PAGE = 50;
const MOST_COMPARED = 100;

export class RuleParameters extends ClockParameters {
  /** How to choose between contradictory figures. Defaults to `least-repair`. */
  @Optional()
  @IsIn(CHOOSING_RULES)
  rule?: ChoosingRule;
}

export class ForecastParameters extends RuleParameters {
  /** The upper limit: for a share in percent (default 100), for anything else an amount. */
  @Optional()
  @Matches(/^\d{1,12}(\.\d{1,6})?$/, { message: 'must be a number such as 60 or 250000' })
  ceiling?: string;

  /**
   * What past forecasts are based on: `recorded` here by then, or `published` by then (pseudo-real-time).
   * Defaults to `recorded`, if that gives enough past forecasts.
   */
  @Optional()
  @IsIn(ORIGIN_CLOCKS)
  origins?: OriginClock;
}

export class SeriesForecastParameters extends ForecastParameters {
  /** Defaults to the share of overseas sales. */
  @Optional()
  @IsIn(MEASURE_NAMES)
  measure?: Measure;

  @Optional()
  @MaxLength(64)
  market?: string;

  @Optional()
  @MaxLength(300)
  entity?: string;

  @Optional()
  @IsIn(BASES)
  basis?: Basis;
}

export class FigureParameters extends RuleParameters {
  @Optional()
  @IsIn(MEASURE_NAMES)
  measure?: Measure;

  @Optional()
  @MaxLength(12)
  market?: string;

  @Optional()
  @MaxLength(300)
  entity?: string;

  /** First day of the period in question. */
  @Optional()
  @IsDay()
  from?: string;

  /** Last day of the period in question. */
  @Optional()
  @IsDay()
  to?: string;
}

export class SeriesParameters extends ClockParameters {
  /** Defaults to the share of overseas sales. */
  @Optional()
  @IsIn(MEASURE_NAMES)
  measure?: Measure;

  @Optional()
  @MaxLength(12)
  market?: string;

  @Optional()
  @MaxLength(300)
  entity?: string;

  @Optional()
  @IsIn(BASES)
  basis?: Basis;
}

export class VintageParameters extends SeriesParameters {
  /** How to choose between contradictory figures. */
  @Optional()
  @IsIn(CHOOSING_RULES)
  rule?: ChoosingRule;
}

export class ComparisonParameters extends PagedParameters {
  /** Ids, separated by commas. Defaults to all automakers, page by page. */
  @Optional()
  @MaxLength(1000)
  automakers?: string;

  @Optional()
  @IsIn(MEASURE_NAMES)
  measure?: Measure;

  /** One of the six readings of an expansion, instead of a measure. */
  @Optional()
  @IsIn(EXPANSION_READINGS)
  reading?: ExpansionReadingName;
}

/** Questions about automakers. */
@Controller()
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class AutomakersController {
  constructor(private readonly queries: QueryBus) {}

  @Get('automakers')
  list(@Query() parameters: PagedParameters): Promise<AutomakersAnswer> {
    const page = pageFrom(parameters, USUAL_PAGE, LARGEST_PAGE);
    return this.queries.execute(new ListAutomakers(clocksOf(parameters), page));
  }

  @Get('automakers/:automaker')
  one(@Param('automaker') id: string, @Query() parameters: ClockParameters): Promise<AutomakerAnswer> {
    return this.queries.execute(new GetAutomaker(id, clocksOf(parameters)));
  }

  @Get('automakers/:automaker/targets')
  targets(@Param('automaker') id: string, @Query() parameters: RuleParameters) {
    return this.queries.execute(new ListProgress(id, clocksOf(parameters), parameters.rule));
  }

  @Get('automakers/:automaker/targets/:target')
  target(
    @Param('automaker') id: string,
    @Param('target') target: string,
    @Query() parameters: RuleParameters,
  ): Promise<ProgressAnswer> {
    return this.queries.execute(new GetProgress(id, target, clocksOf(parameters), parameters.rule));
  }

  @Get('automakers/:automaker/targets/:target/forecast')
  forecast(
    @Param('automaker') id: string,
    @Param('target') target: string,
    @Query() parameters: ForecastParameters,
  ): Promise<ForecastAnswer> {
    return this.queries.execute(
      new GetForecast(id, target, clocksOf(parameters), forecastOptions(parameters)),
    );
  }

  @Get('automakers/:automaker/forecast')
  seriesForecast(
    @Param('automaker') id: string,
    @Query() parameters: SeriesForecastParameters,
  ): Promise<ForecastAnswer> {
    const { measure = 'overseas-sales-share' } = parameters;
    const perimeter = perimeterFrom(parameters);
    return this.queries.execute(
      new GetSeriesForecast(id, measure, perimeter, clocksOf(parameters), forecastOptions(parameters)),
    );
  }

  @Get('automakers/:automaker/targets/:target/series')
  targetSeries(
    @Param('automaker') id: string,
    @Param('target') target: string,
    @Query() parameters: ClockParameters,
  ): Promise<SeriesAnswer> {
    return this.queries.execute(new GetTargetSeries(id, target, clocksOf(parameters)));
  }

  @Get('automakers/:automaker/series')
  series(@Param('automaker') id: string, @Query() parameters: SeriesParameters): Promise<SeriesAnswer> {
    const { measure = 'overseas-sales-share' } = parameters;
    return this.queries.execute(new GetSeries(id, measure, perimeterFrom(parameters), clocksOf(parameters)));
  }

  @Get('automakers/:automaker/vintages')
  vintages(@Param('automaker') id: string, @Query() parameters: VintageParameters): Promise<VintagesAnswer> {
    const { measure = 'overseas-sales-share', rule } = parameters;
    return this.queries.execute(
      new GetVintages(id, measure, perimeterFrom(parameters), clocksOf(parameters), rule),
    );
  }

  @Get('verdicts')
  verdicts(@Query() parameters: PagedParameters): Promise<VerdictsAnswer> {
    const page = pageFrom(parameters, VERDICTS_A_PAGE, LARGEST_PAGE);
    return this.queries.execute(new ListVerdicts(clocksOf(parameters), page));
  }

  @Get('automakers/:automaker/markets')
  markets(@Param('automaker') id: string, @Query() parameters: ClockParameters): Promise<FootprintAnswer> {
    return this.queries.execute(new GetFootprint(id, 'markets', clocksOf(parameters)));
  }

  @Get('automakers/:automaker/partners')
  partners(@Param('automaker') id: string, @Query() parameters: ClockParameters): Promise<FootprintAnswer> {
    return this.queries.execute(new GetFootprint(id, 'partnerships', clocksOf(parameters)));
  }

  @Get('automakers/:automaker/outlets')
  outlets(@Param('automaker') id: string, @Query() parameters: ClockParameters): Promise<FootprintAnswer> {
    return this.queries.execute(new GetFootprint(id, 'outlets', clocksOf(parameters)));
  }

  @Get('automakers/:automaker/production')
  production(@Param('automaker') id: string, @Query() parameters: ClockParameters): Promise<FootprintAnswer> {
    return this.queries.execute(new GetFootprint(id, 'sites', clocksOf(parameters)));
  }

  @Get('automakers/:automaker/figures')
  figures(@Param('automaker') id: string, @Query() parameters: FigureParameters): Promise<FiguresAnswer> {
    const { measure, market, entity, from, to } = parameters;
    if (market !== undefined && !isMarket(market))
      throw wrong('market', 'must be an ISO 3166-1 alpha-2 code in capitals, or a region such as EUROPE');
    if (from !== undefined && to !== undefined && from > to)
      throw wrong('to', `must not lie before from, ${from}`);
    const filter = {
      ...(measure !== undefined && { measure }),
      ...(market !== undefined && { market }),
      ...entityAsked(entity),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
    return this.queries.execute(new GetFigures(id, filter, clocksOf(parameters), parameters.rule));
  }

  @Get('compare')
  async compare(
    @Query() parameters: ComparisonParameters,
  ): Promise<(ComparisonAnswer | ExpansionComparison) & { readonly next?: string }> {
    const clocks = clocksOf(parameters);
    const { measure = 'overseas-sales-share' } = parameters;
    const ids = parameters.automakers?.split(',').map((id) => id.trim());
    if (ids?.some((id) => !isSlug(id)))
      throw wrong('automakers', 'must be ids separated by commas, such as xpeng,geely');
    const { reading } = parameters;
    if (reading !== undefined && parameters.measure !== undefined)
      throw wrong('reading', 'must not stand beside a measure: leave one of them out');
    if (ids && ids.length > MOST_COMPARED) throw wrong('automakers', `must be at most ${MOST_COMPARED} ids`);
    const listed = ids
      ? undefined
      : await this.queries.execute(
          new ListAutomakers(clocks, pageFrom(parameters, COMPARED_A_PAGE, MOST_COMPARED)),
        );
    const all = new Set(ids ?? listed?.automakers.map(({ id }) => id));
    const answer = await (reading === undefined
      ? this.queries.execute(new CompareAutomakers([...all], measure, clocks))
      : this.queries.execute(new CompareExpansion([...all], reading, clocks)));
    return { ...answer, ...(listed?.next !== undefined && { next: listed.next }) };
  }
}

const forecastOptions = ({ rule, ceiling, origins }: ForecastParameters): ForecastOptions => ({
  ...(rule !== undefined && { rule }),
  ...(ceiling !== undefined && { ceiling: Number(ceiling) }),
  ...(origins !== undefined && { originClock: origins }),
});

/**
 * In a URL, "+" stands for a space, and slugs contain none: both separate brands that are counted together.
 */
const entityAsked = (entity: string | undefined): Pick<Perimeter, 'entity'> =>
  entity === undefined ? {} : { entity: togetherOf(entity.split(/[ +]/)) };

/** The perimeter in question. Defaults to the whole automaker, everywhere. */
export function perimeterFrom({
  market,
  entity,
  basis,
}: Pick<SeriesParameters, 'market' | 'entity' | 'basis'>): Perimeter {
  return {
    ...entityAsked(entity),
    ...(market !== undefined && { market }),
    ...(basis !== undefined && { basis }),
  };
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
