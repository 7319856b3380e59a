import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import { forecastOf, type Forecast } from '../../domain/forecast/forecast.js';
import { vintagesOf } from '../../domain/forecast/vintages.js';
import { MEASURES } from '../../domain/measures/measures.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import { NotFound } from '../../problems/not-found.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface ForecastAnswer extends Forecast {
  readonly asOf: AsOf;
}

/** Where a target's measure is going, by every method that was right often enough on what was known then. */
export class GetForecast extends Query<ForecastAnswer> {
  constructor(
    readonly automaker: string,
    readonly target: string,
    readonly clocks: Clocks,
    readonly rule?: ChoosingRule,
    readonly ceiling?: number,
  ) {
    super();
  }
}

@QueryHandler(GetForecast)
export class GetForecastHandler implements IQueryHandler<GetForecast> {
  constructor(private readonly states: AutomakerReader) {}

  /** Throws NotFound for a target that there is not, InvalidRequest for a ceiling that the measure cannot have. */
  async execute({ automaker: id, target, clocks, rule, ceiling }: GetForecast): Promise<ForecastAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const record = automaker.targets.find((each) => each.target === target);
    const terms = record?.versions.at(-1)?.terms;
    if (!record || !terms) throw new NotFound({ detail: `${id} has no target ${target}.` });
    const isShare = MEASURES[terms.measure].nature === 'share';
    if (ceiling !== undefined && !(ceiling > 0 && (!isShare || ceiling <= 100)))
      throw new InvalidRequest([
        { field: 'ceiling', message: `must be above 0${isShare ? ', and at most 100 for a share' : ''}` },
      ]);
    const state = await this.states.state(
      automakerStream(id),
      clocks.publicOn === undefined ? {} : { publicOn: clocks.publicOn },
    );
    const question = {
      on: asOf.trueOn,
      ...(rule !== undefined && { rule }),
      ...(ceiling !== undefined && { ceiling }),
    };
    const vintages = vintagesOf(state, { ...clocks, trueOn: asOf.trueOn });
    return { asOf, ...forecastOf(automaker, record, vintages, question) };
  }
}
