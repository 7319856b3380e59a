import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { clocksOf } from '../../api/clock-parameters.js';
import { GetAsOf } from '../../queries/get-as-of.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { AboutPage } from './about-page.js';

/** Explains what this ledger is, its sources for names and borders, and how to cite it. */
@PageController('about')
export class AboutController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async about(@Query() parameters: PageParameters): Promise<Page> {
    const { position, trueOn } = await this.queries.execute(new GetAsOf(clocksOf(parameters)));
    return {
      title: 'About',
      description: 'What this ledger is, what it is not, and how it is cited.',
      body: <AboutPage events={position} on={trueOn} />,
    };
  }
}
