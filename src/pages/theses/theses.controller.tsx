import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { clocksOf } from '../../api/clock-parameters.js';
import { GetTheses } from '../../queries/expansion/get-theses.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { ThesesPage } from './theses-page.js';
import { Costly } from '../../api/costly-questions.js';

/** What the ledger says of the claims about asset-light expansion. */
@PageController('theses')
@CacheUntilChange()
@Costly()
export class ThesesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async theses(@Query() parameters: PageParameters): Promise<Page> {
    const { theses, automakersLeftOut = 0 } = await this.queries.execute(new GetTheses(clocksOf(parameters)));
    return {
      title: 'Theses',
      description:
        'Claims about asset-light expansion, each tested on the ledger by a rule that was stated before.',
      section: 'theses',
      api: '/api/theses',
      tables: [
        {
          name: 'cases',
          caption: 'All cases of all theses',
          columns: ['Thesis', 'Verdict', 'Case', 'Finding', 'What the ledger shows'],
          rows: theses.flatMap(({ id, verdict, cases }) =>
            cases.map(({ name, finding, shows }) => [id, verdict, name, finding, shows]),
          ),
        },
      ],
      body: <ThesesPage theses={theses} automakersLeftOut={automakersLeftOut} />,
    };
  }
}
