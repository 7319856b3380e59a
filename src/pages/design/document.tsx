import { renderToString } from 'preact-render-to-string';
import { assetPath } from '../assets.js';
import { dataAddress, type Page } from '../page.js';
import { addressOf, PageContextProvider, type PageContext } from '../page-context.js';
import { SiteFrame } from './site-frame.js';

const FEED_TYPES = [
  ['atom', 'application/atom+xml', 'Atom'],
  ['json', 'application/feed+json', 'JSON Feed'],
] as const;

/** A page as a whole HTML document. Everything that is told goes in as text: the renderer escapes it. */
export function renderDocument(page: Page, context: PageContext): string {
  const { title, description, feed } = page;
  const data = dataAddress(page, context.clocks);
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
  return `<!doctype html>\n${html}\n`;
}
