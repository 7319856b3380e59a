import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { clocksOf } from '../../api/clock-parameters.js';
import { isDay } from '../../domain/ledger/edtf.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ListSnapshots, type SnapshotsAnswer } from '../../queries/tables/list-snapshots.js';
import { LEDGER_TABLES } from '../../queries/tables/ledger-tables.js';
import { PageController } from '../page-controller.js';
import { addressOf } from '../page-context.js';
import { PagedPageParameters } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { DataPage } from './data-page.js';

const DAYS_A_PAGE = 30;

/** Lists everything that can be downloaded. */
@PageController('data')
export class DataPageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async data(@Query() parameters: PagedPageParameters): Promise<Page> {
    const { cursor } = parameters;
    if (cursor !== undefined && !isDay(cursor))
      throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier page' }]);
    const answer = await this.queries.execute(new ListSnapshots(clocksOf(parameters), DAYS_A_PAGE, cursor));
    return {
      title: 'Data to take away',
      description:
        'The whole ledger as dated archives of tables, with licence, checkpoint and the program that checks them.',
      api: addressOf('/api/snapshots', { cursor }),
      tables: [snapshotsTable(answer)],
      body: <DataPage answer={answer} tables={LEDGER_TABLES} />,
    };
  }
}

function snapshotsTable({ snapshots }: SnapshotsAnswer): DataTable {
  return {
    name: 'snapshots',
    caption: 'Days on which something was recorded',
    columns: ['Day', 'Events by then', 'Recorded on this day', 'Archive'],
    rows: snapshots.map(({ day, position, events }) => [day, position, events, `/snapshots/${day}`]),
  };
}
