import type { PageContext } from '../page-context.js';
import { addressOf } from '../page-context.js';
import { tablesOffered, type Page } from '../page.js';
import { tableAddress } from './table-notes.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The description of a page's tables for data search engines (schema.org Dataset); undefined if it has no
 * tables.
 */
export function datasetOf(page: Page, context: PageContext): object | undefined {
  const tables = tablesOffered(page);
  // A search result is no data set, because it answers only one question.
  if (tables.length === 0 || page.isAnswer === true) return undefined;
  const { site, path, query } = context;
  const { csv: _csv, xlsx: _xlsx, notes: _notes, ...asked } = query;
  return {
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    name: `${page.title}: Market Expansion Tracker`,
    description: page.description,
    url: site + addressOf(path, asked),
    license: 'https://opensource.org/license/mit',
    isAccessibleForFree: true,
    creator: { '@type': 'Organization', name: 'Market Expansion Tracker', url: `${site}/` },
    includedInDataCatalog: { '@type': 'DataCatalog', name: 'Market Expansion Tracker', url: `${site}/data` },
    distribution: tables.flatMap(({ name, caption }) => [
      {
        '@type': 'DataDownload',
        name: caption,
        encodingFormat: 'text/csv',
        contentUrl: tableAddress('csv', name, context),
      },
      {
        '@type': 'DataDownload',
        name: caption,
        encodingFormat: XLSX,
        contentUrl: tableAddress('xlsx', name, context),
      },
    ]),
  };
}

/** JSON for a script element; `<` is escaped so that nothing ends the element. */
export const jsonInHtml = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
