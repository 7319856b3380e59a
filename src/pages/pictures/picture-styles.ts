import { readFileSync } from 'node:fs';

/** The styles of pages are the same distance from here in `src` and in `dist`. */
const styles = (name: string): string =>
  readFileSync(new URL(`../styles/${name}.css`, import.meta.url), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** Rules that belong to the page around a drawing, or that a picture has no use for. */
const OF_PAGES =
  /@|:|^\.chart$|\.events|figcaption|\.finding|\.subtitle|\.drawing|\.reading|\.legend|\.bullet|svg\b|>|\.symbol|\.sparkline|\.cursor|\.maps\b|\.market-names|\.for-\w+$/;

/**
 * The styles of drawings with their colours put in, for programs that read SVG and know nothing of pages: those of light
 * pages, since a picture stands on ground of its own.
 */
export function pictureStyles(): string {
  made ??= make();
  return made;
}

let made: string | undefined;

function make(): string {
  const [, root = ''] = /:root\s*\{([^}]*)\}/.exec(styles('foundation')) ?? [];
  const colours = new Map(
    [...root.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const rules = [...styles('charts').matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .map(([, selector = '', body = '']) => [selector.trim(), body.trim()] as const)
    .filter(([selector]) => !OF_PAGES.test(selector))
    .map(([selector, body]) => `${selector}{${body.replaceAll(/\s+/g, ' ')}}`);
  return rules.join('\n').replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => colours.get(name) ?? 'none');
}

/** The colour of the page, and of its texts, for what a picture adds to a drawing. */
export const GROUND = '#fcfbf8';
export const INK = '#17212b';
export const FAINT = '#5d6873';
