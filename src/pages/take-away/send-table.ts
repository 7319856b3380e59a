import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../problems/not-found.js';
import type { AsOf } from '../../queries/automaker-reader.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { GetAsOf } from '../../queries/get-as-of.js';
import { csvOf } from '../csv.js';
import type { PageContext } from '../page-context.js';
import { tablesOffered, type DataTable, type Page } from '../page.js';
import { csvWithNotes } from './csv-with-notes.js';
import { notesOf, sourceRows, type TableNote } from './table-notes.js';
import { xlsxOf } from './xlsx.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Maximum number of events whose sources go into a workbook. */
const MOST_EVENTS = 1000;

/** Answers with a table of a page as a file. */
@Injectable()
export class SendTable {
  constructor(private readonly queries: QueryBus) {}

  /**
   * The file, if a table was requested; otherwise undefined. Throws NotFound if the page has no table of that
   * name.
   */
  async send(page: Page, context: PageContext, reply: FastifyReply): Promise<string | Buffer | undefined> {
    const { csv, xlsx, notes } = context.query;
    const wanted = csv ?? xlsx;
    if (wanted === undefined) return undefined;
    const table = await tableOf(page, wanted);
    void reply.header('Cache-Control', 'no-cache');
    const extension = csv === undefined ? 'xlsx' : 'csv';
    void reply.header('Content-Disposition', `attachment; filename="${table.name}.${extension}"`);
    void reply.type(csv === undefined ? XLSX : 'text/csv; charset=utf-8');
    if (csv !== undefined && notes !== 'true') return csvOf(table);
    const asOf = await this.queries.execute(new GetAsOf(context.clocks));
    const told = notesOf(page, table, context, asOf);
    return csv === undefined ? this.workbook(table, told, context, asOf) : csvWithNotes(table, told);
  }

  private async workbook(
    table: DataTable,
    notes: readonly TableNote[],
    { clocks }: PageContext,
    { knownOn, publicOn }: AsOf,
  ): Promise<Buffer> {
    const ids = [...new Set(table.events?.() ?? [])];
    // Events dated after trueOn may state what had happened by then, so trueOn does not apply.
    const known = {
      ...(clocks.knownOn !== undefined && knownOn !== undefined && { knownOn }),
      ...(clocks.publicOn !== undefined && publicOn !== undefined && { publicOn }),
    };
    const { events, next } = await this.queries.execute(
      new ListEvents(
        table.eventTypes ? { types: table.eventTypes } : { ids: ids.slice(0, MOST_EVENTS) },
        { by: 'day', newestFirst: true },
        MOST_EVENTS,
        known,
      ),
    );
    const cut: TableNote[] =
      ids.length > MOST_EVENTS
        ? [['Note', `The sources are those of ${MOST_EVENTS} of the ${ids.length} events that it rests on.`]]
        : next !== undefined
          ? [['Note', `The sources are those of the last ${MOST_EVENTS} events that it rests on.`]]
          : [];
    const none: TableNote[] =
      events.length === 0 ? [['Note', 'What this table rests on is told event by event at its source.']] : [];
    return xlsxOf(table, [...notes, ...cut, ...none], sourceRows(events));
  }
}

async function tableOf(page: Page, wanted: string): Promise<DataTable> {
  const offered = tablesOffered(page);
  const found = offered.find(({ name }) => name === wanted);
  if (found) return 'rows' in found ? found : found.make();
  const names = offered.map(({ name }) => name).join(', ');
  throw new NotFound({
    detail: `This page has no table ${wanted}. ${names === '' ? 'It has none.' : `It has ${names}.`}`,
  });
}
