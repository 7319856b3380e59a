import { readFileSync } from 'node:fs';

/** Reads a stylesheet of the pages. The relative path is the same from `src` and from `dist`. */
const styles = (name: string): string =>
  readFileSync(new URL(`../styles/${name}.css`, import.meta.url), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** Selectors of rules for the page around a drawing, and others that a picture does not need. */
const OF_PAGES =
  /@|:|^\.chart$|\.events|figcaption|\.finding|\.subtitle|\.drawing|\.reading|\.legend|\.bullet|svg\b|>|\.symbol|\.sparkline|\.cursor|\.maps\b|\.market-names|\.for-\w+$/;

/**
 * The styles of drawings with literal colours, for programs that read SVG without a page. Uses the colours of
 * light pages, because a picture has its own background.
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

/** The background and text colours of pages, for everything that a picture adds to a drawing. */
export const GROUND = '#fcfbf8';
export const INK = '#17212b';
export const FAINT = '#5d6873';
