import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { clocksOf } from '../../api/clock-parameters.js';
import { GetTheses } from '../../queries/expansion/get-theses.js';
import { NameAutomakers } from '../../queries/automakers/name-automakers.js';
import { NameGoals } from '../../queries/automakers/name-goals.js';
import { NameSites } from '../../queries/automakers/name-sites.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { eventsIn } from '../take-away/events-in.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { automakersIn } from './case-words.js';
import { ThesesPage } from './theses-page.js';
import { Costly } from '../../api/costly-questions.js';

/** What the ledger says about the claims on asset-light expansion. */
@PageController('theses')
@CacheUntilChange()
@Costly()
export class ThesesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async theses(@Query() parameters: PageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { theses, automakersLeftOut = 0 } = await this.queries.execute(new GetTheses(clocks));
    const ids = automakersIn(theses.flatMap(({ cases }) => cases.map(({ name }) => name)));
    const [automakers, sites, goals] = await Promise.all([
      this.queries.execute(new NameAutomakers(ids, clocks)),
      this.queries.execute(new NameSites(ids, clocks)),
      this.queries.execute(new NameGoals(ids, clocks)),
    ]);
    return {
      title: 'Theses',
      description:
        'Claims about asset-light expansion, each tested on the ledger by a rule that is stated with it.',
      section: 'theses',
      api: '/api/theses',
      tables: [
        {
          name: 'cases',
          caption: 'All cases of all theses',
          events: () => eventsIn(theses),
          columns: ['Thesis', 'Verdict', 'Case', 'Finding', 'What the ledger shows'],
          rows: theses.flatMap(({ id, verdict, cases }) =>
            cases.map(({ name, finding, shows }) => [id, verdict, name, finding, shows]),
          ),
        },
      ],
      body: (
        <ThesesPage
          theses={theses}
          automakersLeftOut={automakersLeftOut}
          names={{ automakers, sites, goals }}
        />
      ),
    };
  }
}
