import { dayInWords } from '../design/dates.js';
import { addressOf, usePageContext, type PageContext } from '../page-context.js';
import type { DataTable, Page } from '../page.js';
import type { AsOf } from '../../queries/automaker-reader.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';

/** Information for readers who have only the table, with a label. */
export type TableNote = readonly [label: string, text: string];

export const LICENCE = 'MIT License, https://opensource.org/license/mit';

/**
 * The address of a table on the current page. It gives the data that the page shows at the time of the
 * request.
 */
export function tableAddress(
  format: 'csv' | 'xlsx',
  name: string,
  { site, path, query }: Pick<PageContext, 'site' | 'path' | 'query'>,
  withNotes = false,
): string {
  const {
    csv: _csv,
    xlsx: _xlsx,
    notes: _notes,
    minPosition: _minPosition,
    cursor: _cursor,
    ...asked
  } = query;
  return site + addressOf(path, { ...asked, [format]: name, ...(withNotes && { notes: 'true' }) });
}

/** Returns the addresses of this page's tables as CSV, for links on the page. */
export function useTableAddress(): (name: string) => string {
  const context = usePageContext();
  return (name) => tableAddress('csv', name, { ...context, site: '' });
}

/** Title, source, licence, basis, and caveats. */
export function notesOf(
  page: Pick<Page, 'title'>,
  table: Pick<DataTable, 'name' | 'caption' | 'notes'>,
  context: PageContext,
  { position, trueOn, knownOn, publicOn }: AsOf,
): readonly TableNote[] {
  const { site, path, query } = context;
  const { csv: _csv, xlsx: _xlsx, notes: _notes, minPosition: _minPosition, ...asked } = query;
  const clocks = [
    `the world as of ${dayInWords(trueOn)}`,
    ...(knownOn === undefined ? [] : [`using only what was recorded by ${knownOn}`]),
    ...(publicOn === undefined ? [] : [`using only what had been published by ${dayInWords(publicOn)}`]),
  ];
  return [
    ['Title', table.caption.startsWith(page.title) ? table.caption : `${page.title}: ${table.caption}`],
    ['Source', `Market Expansion Tracker, ${site}${addressOf(path, asked)}`],
    ['Licence', LICENCE],
    ['As of', `event ${position} of the ledger; ${clocks.join('; ')}`],
    ['Address of this table', tableAddress('csv', table.name, context)],
    ...(table.notes ?? []).map((note): TableNote => ['Note', note]),
  ];
}

/** The columns of a table's sources; each source is a row. */
export const SOURCE_COLUMNS = ['What', 'Happened', 'Publisher', 'Published', 'Grade', 'Address', 'Event'];

export const sourceRows = (events: readonly TimelineEntry[]): readonly (readonly (string | undefined)[])[] =>
  events.flatMap(({ id, sentence, occurredOn, evidence }) =>
    evidence.map(({ publisher, publishedOn, grade, url }) => [
      sentence,
      occurredOn,
      publisher,
      publishedOn,
      grade,
      url,
      id,
    ]),
  );
