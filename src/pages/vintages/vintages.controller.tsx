import { Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn, MaxLength } from 'class-validator';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { BASES, MEASURE_NAMES, type Basis, type Measure } from '../../domain/measures/measures.js';
import { perimeterFrom } from '../../queries/automakers/automakers.controller.js';
import { GetAutomaker } from '../../queries/automakers/get-automaker.js';
import { GetFigures } from '../../queries/automakers/get-figures.js';
import { GetSeriesForecast } from '../../queries/automakers/get-forecast.js';
import { GetVintages } from '../../queries/automakers/get-vintages.js';
import { countedInWords, withCapital } from '../design/words.js';
import { addressOf } from '../page-context.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { choicesOf } from './series-choices.js';
import { VintagesPage } from './vintages-page.js';
import { figuresTable, tellingsTable, vintagesTable } from './vintage-tables.js';

export class VintagesPageParameters extends PageParameters {
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

/** How figures of an automaker were first reported, and how they changed since. */
@PageController('automakers')
@Costly()
export class VintagesController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':automaker/vintages')
  async vintages(@Param('automaker') id: string, @Query() parameters: VintagesPageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { profile } = await this.queries.execute(new GetAutomaker(id, clocks));
    const { figures } = await this.queries.execute(new GetFigures(id, {}, clocks));
    const choices = choicesOf(figures);
    const { measure = 'overseas-sales-share', ...perimeter } = isAsked(parameters)
      ? { measure: parameters.measure, ...perimeterFrom(parameters) }
      : (choices[0] ?? {});
    const answer = await this.queries.execute(new GetVintages(id, measure, perimeter, clocks));
    const forecast = await this.queries.execute(new GetSeriesForecast(id, measure, perimeter, clocks));
    const { name } = profile;
    const counted = countedInWords({ measure, ...perimeter });
    return {
      title: `${name}: ${counted}, as first told and as told since`,
      description: `${withCapital(counted)}: what ${name} and others published, and when, and what they put right later.`,
      section: 'automakers',
      api: addressOf(`/api/automakers/${id}/vintages`, { measure, ...perimeter }),
      tables: [tellingsTable(answer, counted), vintagesTable(answer, counted), figuresTable(answer, counted)],
      body: (
        <VintagesPage name={name} counted={counted} answer={answer} choices={choices} forecast={forecast} />
      ),
    };
  }
}

const isAsked = ({ measure, market, entity, basis }: VintagesPageParameters): boolean =>
  [measure, market, entity, basis].some((each) => each !== undefined);
