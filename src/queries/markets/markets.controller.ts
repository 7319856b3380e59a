import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { isMarket } from '../../domain/events/fields.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { MaxLength } from 'class-validator';
import { ClockParameters, clocksOf, Optional } from '../../api/clock-parameters.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { pageFrom, PagedParameters } from '../../api/paging.js';
import { GetMarket, ListMarkets, type MarketAnswer } from './get-markets.js';
import { Costly } from '../../api/costly-questions.js';
import { AnswersQuestions } from '../../api/question.js';

/** The default page size; the page of a market shows this many. */
export const AUTOMAKERS_A_PAGE = 50;
const MOST_AUTOMAKERS = 200;

export class MarketParameters extends PagedParameters {
  /** The id of one automaker there. */
  @Optional()
  @MaxLength(64)
  automaker?: string;
}

/** Questions about markets. */
@Controller('markets')
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class MarketsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  list(@Query() parameters: ClockParameters) {
    return this.queries.execute(new ListMarkets(clocksOf(parameters)));
  }

  @Get(':market')
  one(@Param('market') market: string, @Query() parameters: MarketParameters): Promise<MarketAnswer> {
    if (!isMarket(market)) {
      throw new InvalidRequest([
        {
          field: 'market',
          message: 'must be an ISO 3166-1 alpha-2 code in capitals, or a region, such as EU or EUROPE',
        },
      ]);
    }
    return this.queries.execute(
      new GetMarket(
        market,
        clocksOf(parameters),
        pageFrom(parameters, AUTOMAKERS_A_PAGE, MOST_AUTOMAKERS),
        parameters.automaker,
      ),
    );
  }
}
