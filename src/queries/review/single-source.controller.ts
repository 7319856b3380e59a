import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Matches, MaxLength } from 'class-validator';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { limitFrom, PagedParameters } from '../../api/paging.js';
import { ListSingleSource, type SingleSourceAnswer } from './list-single-source.js';
import { AnswersQuestions } from '../../api/question.js';

export class SingleSourceParameters extends PagedParameters {
  @Optional()
  @Matches(/^[a-z0-9-]{1,64}$/)
  automaker?: string;

  @Optional()
  @MaxLength(64)
  author?: string;
}

const USUAL = 50;
const MOST = 200;

/** Events that lack a second source. */
@Controller('single-source')
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class SingleSourceController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  list(@Query() parameters: SingleSourceParameters): Promise<SingleSourceAnswer> {
    const { automaker, author, limit, cursor } = parameters;
    const filter = {
      ...(automaker !== undefined && { automaker }),
      ...(author !== undefined && { author }),
    };
    return this.queries.execute(
      new ListSingleSource(filter, limitFrom(limit, USUAL, MOST), clocksOf(parameters), cursor),
    );
  }
}
