import { csvOf } from '../../src/pages/csv.js';
import { HOSTILE, hostilePages, startHostile, type HostileLedger } from './hostile-ledger.js';

/** Cells of a CSV (RFC 4180). */
const cellsOf = (csv: string): string[] =>
  [...csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r\n)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );

describe('hostile text in every field of the ledger', () => {
  let ledger: HostileLedger;
  const pages = new Map<string, string>();

  beforeAll(async () => {
    ledger = await startHostile();
    for (const path of hostilePages(ledger.events)) {
      const answer = await fetch(ledger.server.url + path, { headers: { Accept: 'text/html' } });
      pages.set(path, await answer.text());
    }
  }, 60_000);
  afterAll(() => ledger.server.stop());

  it('is text on every page: in titles, tables, charts, alternatives and descriptions', () => {
    for (const [path, text] of pages) {
      expect([path, text.startsWith('<!doctype html>')]).toEqual([path, true]);
      // The JSON description of the page's data is not executed as a script.
      const described = /<script type="application\/ld\+json">([^<]*)<\/script>/;
      const run = text.replace(described, '');
      expect(() => JSON.parse(described.exec(text)?.[1] ?? '{}') as unknown).not.toThrow();
      expect([path, run.match(/<script[^>]*>/g)]).toEqual([
        path,
        [expect.stringMatching(/^<script type="module" src="\/assets\/[\w-]+\/site\.js">$/)],
      ]);
      expect([path, /<img|\son\w+=["']/i.test(run.replaceAll(/"[^"]*"/g, '""'))]).toEqual([path, false]);
      expect([path, /<\/textarea><\/svg>|<\/script><script/.test(run)]).toEqual([path, false]);
    }
  });

  it('is shown, and not left out', () => {
    const escaped = HOSTILE.slice(0, 40).replaceAll('<', '&lt;');
    for (const path of [
      '/',
      '/automakers/xpeng',
      '/markets/NO',
      '/markets/EU',
      '/timeline',
      '/compare?automakers=xpeng',
    ])
      expect([path, pages.get(path)?.includes(escaped)]).toEqual([path, true]);
  });

  it('is no formula in any CSV of any page', async () => {
    let files = 0;
    for (const [, text] of pages) {
      for (const [, href = ''] of text.matchAll(/ href="(\/[^"]*csv=[^"]*)"/g)) {
        const csv = await ledger.server.get(href.replaceAll('&amp;', '&'));
        expect([href, csv.status]).toEqual([href, 200]);
        const running = cellsOf(csv.text).filter(
          (cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?[\d.]+$/.test(cell),
        );
        expect([href, running]).toEqual([href, []]);
        files += 1;
      }
    }
    expect(files).toBeGreaterThan(20);
  }, 60_000);

  it.each([
    ['=1+1', "'=1+1"],
    ['-1+1', "'-1+1"],
    ['\t=1', "'\t'=1"],
    ['a\n=1', "a\n'=1"],
  ])('the cell %j is told as text', (cell, told) => {
    const csv = csvOf({ name: 'x', caption: 'x', columns: ['a'], rows: [[cell]] });
    expect(cellsOf(csv)).toEqual(['a', told]);
  });

  it('a number stays a number, even below zero', () => {
    expect(csvOf({ name: 'x', caption: 'x', columns: ['a'], rows: [[-1.5]] })).toBe('a\r\n-1.5\r\n');
  });
});
