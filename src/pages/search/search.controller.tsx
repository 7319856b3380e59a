import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { wantedWords } from '../../domain/search/wanted-words.js';
import { EVENTS_A_PAGE, LONGEST_QUESTION } from '../../queries/search/search.controller.js';
import { SearchLedger } from '../../queries/search/search-ledger.js';
import { addressOf } from '../page-context.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PagedPageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { SearchPage } from './search-page.js';

export class SearchPageParameters extends PagedPageParameters {
  /** The search words. */
  @Optional()
  @MaxLength(LONGEST_QUESTION)
  q?: string;
}

/** Searches names and events by their words. */
@PageController('search')
@CacheUntilChange()
@Costly()
export class SearchPageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async search(@Query() parameters: SearchPageParameters): Promise<Page> {
    const { q = '', cursor } = parameters;
    const about = {
      description:
        'Finds automakers, goals, markets, companies, partners, plants, events and what sources say.',
    };
    if (wantedWords(q).length === 0)
      return { title: 'Search', ...about, body: <SearchPage q={q} answer={undefined} /> };
    const answer = await this.queries.execute(
      new SearchLedger(q, EVENTS_A_PAGE, clocksOf(parameters), cursor),
    );
    return {
      title: `${q}: search`,
      ...about,
      isAnswer: true,
      api: addressOf('/api/search', { q, cursor }),
      tables: [
        {
          name: 'events',
          caption: 'The events that were found',
          columns: ['Id', 'Happened', 'What', 'Piece of a source', 'Sources'],
          rows: answer.events.map(({ id, occurredOn, sentence, excerpt, evidence }) => [
            id,
            occurredOn,
            sentence,
            excerpt,
            evidence.map(({ url }) => url).join(' '),
          ]),
        },
      ],
      body: <SearchPage q={q} answer={answer} />,
    };
  }
}
