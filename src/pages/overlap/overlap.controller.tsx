import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Transform } from 'class-transformer';
import { MaxLength } from 'class-validator';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { ListAutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { ListMostRecorded } from '../../queries/automakers/list-most-recorded.js';
import { GetAsOf } from '../../queries/get-as-of.js';
import { marketName } from '../../queries/names.js';
import { GetOverlap, type OverlapAnswer } from '../../queries/overlap/get-overlap.js';
import { pairFrom } from '../../queries/overlap/overlap.controller.js';
import { MOST_OFFERED } from '../design/automaker-choice.js';
import { addressOf } from '../page-context.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { OverlapPage } from './overlap-page.js';
import { eventsIn } from '../take-away/events-in.js';

export class OverlapPageParameters extends PageParameters {
  /** Two ids, separated by a comma or as repeated parameters. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.join(',') : value))
  @MaxLength(400)
  automakers?: string;
}

/** The markets where two automakers both sell. */
@PageController('overlap')
@CacheUntilChange()
@Costly()
export class OverlapPageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async overlap(@Query() parameters: OverlapPageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { position } = await this.queries.execute(new GetAsOf(clocks));
    const listed = await this.queries.execute(new ListAutomakerNames(clocks, MOST_OFFERED));
    const ids = await this.idsFrom(
      parameters.automakers,
      listed.automakers.map(({ id }) => id),
    );
    const answer = ids.length < 2 ? undefined : await this.queries.execute(new GetOverlap(ids, clocks));
    const names = answer?.automakers
      .slice(0, 2)
      .map(({ name }) => name)
      .join(' and ');
    return {
      title: names === undefined ? 'Where both sell' : `Where ${names} both sell`,
      description: 'The markets that two automakers both entered, with dates, and who came first.',
      section: 'compare',
      api: answer ? addressOf('/api/overlap', { automakers: ids.join(',') }) : '/api/automakers',
      tables: answer ? [overlapTable(answer)] : [],
      body: <OverlapPage answer={answer} listed={listed} position={position} chosen={ids} />,
    };
  }

  /** The requested automakers. A missing one is replaced by the one with the most recorded events. */
  private async idsFrom(text: string | undefined, listed: readonly string[]): Promise<readonly string[]> {
    const wanted = text?.split(',').filter((id) => id !== '') ?? [];
    if (wanted.length >= 2) return pairFrom(wanted.join(','));
    const most = await this.queries.execute(new ListMostRecorded(MOST_OFFERED));
    const others = most.filter((id) => listed.includes(id) && !wanted.includes(id));
    return [...wanted, ...others].slice(0, 2);
  }
}

function overlapTable({ automakers: [a, b], pairs }: OverlapAnswer): DataTable {
  return {
    name: 'overlap',
    caption: `Markets that ${a?.name ?? ''} and ${b?.name ?? ''} both entered`,
    events: () => eventsIn(pairs[0]),
    columns: ['Code', 'Market', `${a?.name ?? 'a'} entered`, `${b?.name ?? 'b'} entered`, 'First'],
    rows: (pairs[0]?.both ?? []).map((each) => [
      each.market,
      marketName(each.market),
      each.a.occurredOn,
      each.b.occurredOn,
      each.first === 'a' ? a?.name : each.first === 'b' ? b?.name : 'not known',
    ]),
  };
}
