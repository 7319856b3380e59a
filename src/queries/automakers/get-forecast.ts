import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import type { Steps } from '../../domain/state/steps.js';
import { PerObjectMemo } from '../../domain/state/per-object-memo.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import { forecastOf, seriesForecast, type Forecast, type Vintages } from '../../domain/forecast/forecast.js';
import type { OriginClock } from '../../domain/forecast/past-errors.js';
import { publishedVintages, recordedVintages } from '../../domain/forecast/vintages.js';
import { MEASURES, type Measure, type Perimeter } from '../../domain/measures/measures.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import { inSlices } from '../../event-store/in-slices.js';
import { NotFound } from '../../problems/not-found.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface ForecastAnswer extends Forecast {
  readonly asOf: AsOf;
}

/** The options of a forecast. */
export interface ForecastOptions {
  readonly rule?: ChoosingRule;
  readonly ceiling?: number;
  readonly originClock?: OriginClock;
}

/** Forecasts a target's measure, by every method that was accurate enough on what was known at the time. */
export class GetForecast extends Query<ForecastAnswer> {
  constructor(
    readonly automaker: string,
    readonly target: string,
    readonly clocks: Clocks,
    readonly options: ForecastOptions = {},
  ) {
    super();
  }
}

/** Forecasts a series, independent of any target. */
export class GetSeriesForecast extends Query<ForecastAnswer> {
  constructor(
    readonly automaker: string,
    readonly measure: Measure,
    readonly perimeter: Perimeter,
    readonly clocks: Clocks,
    readonly options: ForecastOptions = {},
  ) {
    super();
  }
}

@QueryHandler(GetForecast)
export class GetForecastHandler implements IQueryHandler<GetForecast> {
  constructor(private readonly states: AutomakerReader) {}

  /** Throws NotFound for an unknown target, InvalidRequest for a ceiling that the measure cannot have. */
  async execute({ automaker: id, target, clocks, options }: GetForecast): Promise<ForecastAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const record = automaker.targets.find((each) => each.target === target);
    const terms = record?.versions.at(-1)?.terms;
    if (!record || !terms) throw new NotFound({ detail: `${id} has no target ${target}.` });
    checkCeiling(terms.measure, options.ceiling);
    const forecast = await workedOutOnce(
      automaker,
      JSON.stringify(['target', target, asOf.trueOn, clocks, options]),
      () => vintagesFrom(this.states, id, clocks, asOf, terms.measure, terms),
      (vintages) => forecastOf(automaker, record, vintages, { on: asOf.trueOn, ...options }),
    );
    return { asOf, ...forecast };
  }
}

@QueryHandler(GetSeriesForecast)
export class GetSeriesForecastHandler implements IQueryHandler<GetSeriesForecast> {
  constructor(private readonly states: AutomakerReader) {}

  /** Throws InvalidRequest for a ceiling that the measure cannot have. */
  async execute(query: GetSeriesForecast): Promise<ForecastAnswer> {
    const { automaker: id, measure, perimeter, clocks, options } = query;
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    checkCeiling(measure, options.ceiling);
    const forecast = await workedOutOnce(
      automaker,
      JSON.stringify(['series', measure, perimeter, asOf.trueOn, clocks, options]),
      () => vintagesFrom(this.states, id, clocks, asOf, measure, perimeter),
      (vintages) => seriesForecast(automaker, measure, perimeter, vintages, { on: asOf.trueOn, ...options }),
    );
    return { asOf, ...forecast };
  }
}

const forecasts = new PerObjectMemo<Automaker, Promise<Forecast>>();

/** Reads the vintages only if the forecast is not cached. */
async function workedOutOnce(
  automaker: Automaker,
  name: string,
  vintagesOf: () => Promise<Vintages>,
  forecastFrom: (vintages: Vintages) => Steps<Forecast>,
): Promise<Forecast> {
  const known = forecasts.find(automaker, name);
  if (known) return known;
  const vintages = await vintagesOf();
  // A concurrent request may have started it meanwhile.
  return forecasts.of(automaker, name, () => inSlices(forecastFrom(vintages)));
}

function checkCeiling(measure: Measure, ceiling: number | undefined): void {
  const isShare = MEASURES[measure].nature === 'share';
  if (ceiling !== undefined && !(ceiling > 0 && (!isShare || ceiling <= 100)))
    throw new InvalidRequest([
      { field: 'ceiling', message: `must be above 0${isShare ? ', and at most 100 for a share' : ''}` },
    ]);
}

/** What had been recorded or published at past moments, as far as the question's clocks allow. */
async function vintagesFrom(
  states: AutomakerReader,
  id: string,
  clocks: Clocks,
  { trueOn }: AsOf,
  measure: Measure,
  wanted: Perimeter,
): Promise<Vintages> {
  const { knownOn, publicOn } = clocks;
  const [recorded, published] = await Promise.all([
    states.state(automakerStream(id), publicOn === undefined ? {} : { publicOn }),
    states.state(automakerStream(id), {
      ...(knownOn !== undefined && { knownOn }),
      ...(publicOn !== undefined && { publicOn }),
    }),
  ]);
  return {
    recorded: () => recordedVintages(recorded, { ...clocks, trueOn }),
    published: () => publishedVintages(id, published, trueOn, measure, wanted),
  };
}
