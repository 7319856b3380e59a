import type { VNode } from 'preact';
import { addressOf, type PageContext } from '../page-context.js';
import type { Page } from '../page.js';
import { chartsOf, pictureQuery } from './charts-to-take.js';

/** The preview metadata for sharing a page on other sites: title, sentence, and its chart as a picture. */
export function SharedCard({ page, context }: { page: Page; context: PageContext }): VNode {
  const { site, path, query } = context;
  const [chart] = chartsOf(page, path);
  const address = site + addressOf(path, query);
  return (
    <>
      <meta property="og:site_name" content="Market Expansion Tracker" />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={page.title} />
      <meta property="og:description" content={page.description} />
      <meta property="og:url" content={address} />
      {chart !== undefined && (
        <>
          <meta
            property="og:image"
            content={site + addressOf(`/charts/${chart}.png`, pictureQuery(chart, context))}
          />
          <meta name="twitter:card" content="summary_large_image" />
          {chart !== 'timeline' && (
            <link
              rel="alternate"
              type="application/json+oembed"
              title={page.title}
              href={addressOf('/oembed', { url: site + addressOf(`/embed/${chart}`, { ...context.clocks }) })}
            />
          )}
        </>
      )}
    </>
  );
}
