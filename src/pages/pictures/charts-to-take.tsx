import type { VNode } from 'preact';
import { addressOf, usePageContext, type PageContext } from '../page-context.js';
import type { Page } from '../page.js';
import { chartOfPage } from './chart-of-page.js';

/** The names of a page's charts, as used for pictures; error pages have none. */
export const chartsOf = ({ charts, status = 200 }: Page, path: string): readonly string[] =>
  status >= 400 ? [] : (charts ?? mapOf(path));

/** The map, for pages that have no other chart. */
const mapOf = (path: string): readonly string[] => (chartOfPage(path) === 'markets' ? ['markets'] : []);

/** The query of a picture: the clocks and, for the timeline, its filters. */
export function pictureQuery(chart: string, { query, clocks }: Pick<PageContext, 'query' | 'clocks'>) {
  const { csv: _csv, xlsx: _xlsx, notes: _notes, minPosition: _minPosition, ...asked } = query;
  return chart === 'timeline' ? asked : { ...clocks };
}

/** Links to the charts of a page as pictures. */
export function ChartsToTake({ page }: { page: Page }): VNode | null {
  const context = usePageContext();
  const charts = chartsOf(page, context.path);
  if (charts.length === 0) return null;
  return (
    <ul class="data-links">
      <li>{charts.length === 1 ? 'The chart of this page:' : 'The charts of this page:'}</li>
      {charts.map((chart, index) => {
        const which = charts.length === 1 ? '' : ` of chart ${index + 1}`;
        return ['svg', 'png'].map((format) => (
          <li key={`${chart}.${format}`}>
            <a href={addressOf(`/charts/${chart}.${format}`, pictureQuery(chart, context))} rel="nofollow">
              {format.toUpperCase()}
              {which}
            </a>
          </li>
        ));
      })}
    </ul>
  );
}
