import { renderToString } from 'preact-render-to-string';
import { assetPath } from '../assets.js';
import { dataAddress, tablesOffered, type Page } from '../page.js';
import { datasetOf, jsonInHtml } from '../take-away/dataset.js';
import { SharedCard } from '../pictures/shared-card.js';
import { tableAddress } from '../take-away/table-notes.js';
import { addressOf, PageContextProvider, type PageContext } from '../page-context.js';
import { SiteFrame } from './site-frame.js';

const FEED_TYPES = [
  ['atom', 'application/atom+xml', 'Atom'],
  ['json', 'application/feed+json', 'JSON Feed'],
] as const;

/** A page as a complete HTML document. All data is inserted as text, which the renderer escapes. */
export function renderDocument(page: Page, context: PageContext): string {
  const { title, description, feed, otherFeeds = [] } = page;
  const data = dataAddress(page, context.clocks);
  const dataset = datasetOf(page, context);
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Market Expansion Tracker`}</title>
        <meta name="description" content={description} />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link
          rel="preload"
          href={assetPath('source-sans-3.woff2')}
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={assetPath('site.css')} />
        {data !== undefined && <link rel="alternate" type="application/json" href={data} />}
        <SharedCard page={page} context={context} />
        {tablesOffered(page).map(({ name, caption }) => (
          <link
            key={name}
            rel="alternate"
            type="text/csv"
            title={caption}
            href={tableAddress('csv', name, { ...context, site: '' })}
          />
        ))}
        {dataset && (
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonInHtml(dataset) }} />
        )}
        {otherFeeds.flatMap(([name, about]) =>
          FEED_TYPES.map(([format, type, words]) => (
            <link
              key={`${name}.${format}`}
              rel="alternate"
              type={type}
              title={`${about} (${words})`}
              href={`/feeds/${name}.${format}`}
            />
          )),
        )}
        {feed &&
          FEED_TYPES.map(([format, type, words]) => (
            <link
              key={format}
              rel="alternate"
              type={type}
              title={`${title} (${words})`}
              href={addressOf(`/feeds/events.${format}`, feed)}
            />
          ))}
        <script type="module" src={assetPath('site.js')} />
      </head>
      <body>
        <PageContextProvider value={context}>
          <SiteFrame page={page} />
        </PageContextProvider>
      </body>
    </html>,
  );
  return `<!doctype html>\n${withUnbrokenPercents(html)}\n`;
}

/**
 * Keeps a number and its percent sign on one line, whoever wrote the sentence: answers have a plain space there. What somebody
 * may send back stays as it is: attributes, and the text of a form.
 */
const withUnbrokenPercents = (html: string): string =>
  html.replace(/(?<=\d) (?=%)/g, (space, at: number) => (isProse(html, at) ? '\u00a0' : space));

function isProse(html: string, at: number): boolean {
  const tag = html.lastIndexOf('<', at);
  const isWithin = html.lastIndexOf('>', at) < tag;
  return !isWithin && !/^<(?:textarea|script|option)\b/.test(html.slice(tag, tag + 10));
}
