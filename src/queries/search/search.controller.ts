import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import { clocksOf } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { limitFrom, PagedParameters } from '../../api/paging.js';
import { SearchLedger, type SearchAnswer } from './search-ledger.js';
import { AnswersQuestions } from '../../api/question.js';

/** The default page size; a page shows this many events. */
export const EVENTS_A_PAGE = 25;
const MOST_EVENTS = 100;
export const LONGEST_QUESTION = 200;

export class SearchParameters extends PagedParameters {
  /** The words to search for. */
  @MaxLength(LONGEST_QUESTION)
  q!: string;
}

/** Finds names and events by words. */
@Controller('search')
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class SearchController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  search(@Query() parameters: SearchParameters): Promise<SearchAnswer> {
    const { q, cursor } = parameters;
    const limit = limitFrom(parameters.limit, EVENTS_A_PAGE, MOST_EVENTS);
    return this.queries.execute(new SearchLedger(q, limit, clocksOf(parameters), cursor));
  }
}
