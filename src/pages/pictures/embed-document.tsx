import { renderToString } from 'preact-render-to-string';
import { Drawings } from '../charts/chart-figure.js';
import { assetPath } from '../assets.js';
import type { ShownChart } from './chart-source.js';

/** A chart as a separate document without scripts, with its source and day, for a frame of any width. */
export function embedDocument(
  { figure }: ShownChart,
  [source, place]: readonly [string, string],
  page: string,
): string {
  const { id, finding, subtitle } = figure;
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{finding}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={assetPath('site.css')} />
      </head>
      <body class="embedded">
        <main>
          <figure class="chart" aria-labelledby={`${id}-finding`}>
            <figcaption>
              <h1 class="finding" id={`${id}-finding`}>
                {finding}
              </h1>
              <p class="subtitle">{subtitle}</p>
            </figcaption>
            <div class="drawing">
              <Drawings figure={figure} />
            </div>
            <p class="subtitle">
              {source}.{' '}
              <a href={page} target="_blank" rel="noopener">
                {place}
              </a>
            </p>
          </figure>
        </main>
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}
