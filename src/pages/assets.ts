import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A file that pages load, ready to be sent. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

/** In cascade order: later styles override earlier ones. */
const STYLES = ['foundation', 'layout', 'parts', 'lists', 'forms', 'charts', 'print'] as const;

/** Compiled from `browser/`. The relative path is the same from `src` and from `dist`. */
const SCRIPTS = new URL('../../dist/pages/browser/', import.meta.url);
/** All scripts that pages load: together at most 30 KB as gzip. */
export const SCRIPT_NAMES = ['site.js', 'charts.js', 'draft.js', 'log-form.js', 'tables.js'] as const;
const FONT = '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#0b5e63"/><path d="M6 23 13 15l5 4 8-10" fill="none" stroke="#fff" stroke-width="3.2"/><circle cx="26" cy="9" r="3.4" fill="#ffb066"/></svg>`;

function load(): ReadonlyMap<string, Asset> {
  const styles = STYLES.map((name) => readFileSync(new URL(`styles/${name}.css`, import.meta.url), 'utf8'));
  const font = readFileSync(createRequire(import.meta.url).resolve(FONT));
  return new Map<string, Asset>([
    ['site.css', { type: 'text/css; charset=utf-8', body: Buffer.from(styles.join('\n')) }],
    ['source-sans-3.woff2', { type: 'font/woff2', body: font }],
    ['icon.svg', { type: 'image/svg+xml', body: Buffer.from(ICON) }],
    ...SCRIPT_NAMES.map((name): [string, Asset] => [
      name,
      { type: 'text/javascript; charset=utf-8', body: readFileSync(new URL(name, SCRIPTS)) },
    ]),
  ]);
}

/** All files that pages load, by name. */
export const ASSETS = load();

/** Changes when any of the files changes, so that browsers may cache them permanently. */
const ASSETS_VERSION = version();

function version(): string {
  const hash = createHash('sha256');
  for (const { body } of ASSETS.values()) hash.update(body);
  return hash.digest('base64url').slice(0, 12);
}

/** The address of a file. */
export const assetPath = (name: string): string => `/assets/${ASSETS_VERSION}/${name}`;
