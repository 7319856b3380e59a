import type { VNode } from 'preact';
import { daySpan } from '../../domain/ledger/edtf.js';
import { dateInWords } from './dates.js';
import type { DataTable } from '../page.js';
import { addressOf, usePageContext } from '../page-context.js';
import { numberInWords } from './words.js';

/** A cell in words. The file contains the machine-readable form. */
function cellInWords(cell: DataTable['rows'][number][number]): string {
  if (typeof cell === 'number') return numberInWords(cell);
  return cell !== undefined && daySpan(cell) ? dateInWords(cell) : (cell ?? '');
}

/** The data of a chart or map, as a collapsible table below it and as a file. */
export function TableTwin({ table }: { table: DataTable }): VNode {
  const { path, query } = usePageContext();
  const { caption, columns, rows, name } = table;
  const isNumeric = columns.map((_, index) => rows.some((row) => typeof row[index] === 'number'));
  return (
    <details>
      <summary>As a table</summary>
      <section class="table-scroll" tabIndex={0} aria-label={caption}>
        <table>
          <caption>
            {caption} (<a href={addressOf(path, { ...query, csv: name })}>CSV</a>)
          </caption>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={column} scope="col" class={isNumeric[index] ? 'num' : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, line) => (
              <tr key={line}>
                {row.map((cell, index) => (
                  <td key={index} class={isNumeric[index] ? 'num' : undefined}>
                    {cellInWords(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
