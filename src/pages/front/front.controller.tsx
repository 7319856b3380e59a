import { Get, Query } from '@nestjs/common';
import { MaxLength } from 'class-validator';
import { QueryBus } from '@nestjs/cqrs';
import { ListQuietGoals } from '../../queries/audit/list-quiet-goals.js';
import { ListVerdicts, type VerdictsAnswer } from '../../queries/automakers/list-verdicts.js';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { WORLD_EVENT_TYPES } from '../../domain/events/catalogue.js';
import { ListMarkets } from '../../queries/markets/get-markets.js';
import { marketsOfOne } from '../charts/map-picker.js';
import { stagesTable } from '../charts/stages.js';
import { STATUS_LOOKS, titleOf } from '../design/words.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PagedPageParameters } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { VERDICTS_A_PAGE } from '../../queries/automakers/automakers.controller.js';
import { pageFrom } from '../../api/paging.js';
import { addressOf } from '../page-context.js';
import { latestOf, SPARE } from '../design/latest-events.js';
import { FrontPage } from './front-page.js';
import { Costly } from '../../api/costly-questions.js';
import { eventsIn } from '../take-away/events-in.js';

const LATEST = 3;
const QUIET_GOALS = 10;

class FrontPageParameters extends PagedPageParameters {
  /** The automaker whose markets the map shows. */
  @Optional()
  @MaxLength(64)
  of?: string;
}

/** The front page: progress, markets, recent events, and goals without recent news. */
@PageController()
@CacheUntilChange()
@Costly()
export class FrontController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async front(@Query() parameters: FrontPageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { cursor, of } = parameters;
    const [verdicts, markets, latest, quiet] = await Promise.all([
      this.queries.execute(
        new ListVerdicts(
          clocks,
          pageFrom({ ...(cursor !== undefined && { cursor }) }, VERDICTS_A_PAGE, VERDICTS_A_PAGE),
        ),
      ),
      this.queries.execute(new ListMarkets(clocks)),
      this.queries.execute(
        new ListEvents(
          { types: WORLD_EVENT_TYPES },
          { by: 'day', newestFirst: true },
          SPARE * LATEST,
          clocks,
        ),
      ),
      this.queries.execute(new ListQuietGoals(clocks, { limit: QUIET_GOALS })),
    ]);
    const chosen = verdicts.verdicts.find(({ id }) => id === of);
    return {
      title: 'How far automakers are on their goals abroad',
      description:
        'An open ledger of how automakers expand abroad: each goal that was announced, how far it is, on what evidence.',
      section: 'automakers',
      feed: {},
      api: addressOf('/api/verdicts', { cursor }),
      tables: [verdictsTable(verdicts), stagesTable(markets.markets)],
      body: (
        <FrontPage
          verdicts={verdicts}
          markets={chosen ? marketsOfOne(markets.markets, chosen.id) : markets.markets}
          choice={{ automakers: verdicts.verdicts, chosen: chosen?.id, home: chosen?.homeMarket }}
          latest={latestOf(latest.events, LATEST)}
          quiet={quiet}
        />
      ),
    };
  }
}

function verdictsTable({ verdicts }: VerdictsAnswer): DataTable {
  return {
    name: 'automakers',
    caption: 'Automakers and the goal that says most about each',
    events: () => eventsIn(verdicts),
    columns: [
      'Automaker',
      'Goal in words',
      'Status',
      'At least',
      'At most',
      'Goal',
      'Unit',
      'Deadline',
      'Newest figure',
    ],
    rows: verdicts.map(({ name, headline }) => [
      name,
      headline && titleOf(headline.terms),
      headline && STATUS_LOOKS[headline.status].words,
      headline?.value?.lo,
      headline?.value?.hi,
      headline?.terms.threshold,
      headline?.terms.unit,
      headline?.terms.deadline,
      headline?.statusAsOf,
    ]),
  };
}
