import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { EXPANSION_READINGS } from '../../domain/expansion/expansion-reading.js';
import { NotFound } from '../../problems/not-found.js';
import { ClockParameters, clocksOf } from '../../api/clock-parameters.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import {
  GetExpansion,
  GetExpansionReading,
  type ExpansionAnswer,
  type ExpansionReadingAnswer,
} from './get-expansion.js';
import { GetTheses, type ThesesAnswer } from './get-theses.js';
import { Costly } from '../../api/costly-questions.js';
import { AnswersQuestions } from '../../api/question.js';

/** Questions about the kind of an automaker's expansion. */
@Controller()
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class ExpansionController {
  constructor(private readonly queries: QueryBus) {}

  @Get('automakers/:automaker/readings')
  readings(@Param('automaker') id: string, @Query() parameters: ClockParameters): Promise<ExpansionAnswer> {
    return this.queries.execute(new GetExpansion(id, clocksOf(parameters)));
  }

  @Get('automakers/:automaker/readings/:reading')
  reading(
    @Param('automaker') id: string,
    @Param('reading') name: string,
    @Query() parameters: ClockParameters,
  ): Promise<ExpansionReadingAnswer> {
    const reading = EXPANSION_READINGS.find((each) => each === name);
    if (!reading)
      throw new NotFound({
        detail: `There is no reading ${name}. There are ${EXPANSION_READINGS.join(', ')}.`,
      });
    return this.queries.execute(new GetExpansionReading(id, reading, clocksOf(parameters)));
  }

  @Get('theses')
  theses(@Query() parameters: ClockParameters): Promise<ThesesAnswer> {
    return this.queries.execute(new GetTheses(clocksOf(parameters)));
  }

  @Get('theses/:thesis')
  thesis(@Param('thesis') id: string, @Query() parameters: ClockParameters): Promise<ThesesAnswer> {
    return this.queries.execute(new GetTheses(clocksOf(parameters), id));
  }
}
