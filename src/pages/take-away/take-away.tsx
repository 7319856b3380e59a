import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { tablesOffered, type Page } from '../page.js';
import { tableAddress } from './table-notes.js';

/** Links to the tables of a page as files, and formulas for spreadsheets that stay up to date. */
export function TablesToTake({ page }: { page: Page }): VNode | null {
  const context = usePageContext();
  const tables = tablesOffered(page);
  if (tables.length === 0) return null;
  // On this site, an address needs no host.
  const here = { ...context, site: '' };
  return (
    <details>
      <summary>The tables of this page</summary>
      <ul class="data-links">
        {tables.map(({ name, caption }) => (
          <li key={name}>
            {caption}: <a href={tableAddress('csv', name, here)}>CSV</a>,{' '}
            <a href={tableAddress('csv', name, here, true)}>CSV with notes</a>,{' '}
            <a href={tableAddress('xlsx', name, here)}>Excel</a>
          </li>
        ))}
      </ul>
      <p>A spreadsheet follows a table by a formula. Copy one of these into a cell:</p>
      {tables.map(({ name, caption }) => (
        <div class="field" key={name}>
          <label for={`follow-${name}`}>{caption}</label>
          <input
            id={`follow-${name}`}
            type="text"
            readOnly
            value={`=IMPORTDATA("${tableAddress('csv', name, context)}")`}
          />
        </div>
      ))}
    </details>
  );
}
