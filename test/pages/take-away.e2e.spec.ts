import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { csvWithNotes } from '../../src/pages/take-away/csv-with-notes.js';
import { jsonInHtml } from '../../src/pages/take-away/dataset.js';
import { xlsxOf } from '../../src/pages/take-away/xlsx.js';
import { SMALL_LEDGER } from '../cli/small-ledger.js';
import type { TestServer } from '../e2e/server.js';
import { pagesOf } from './page-list.js';
import { startShipped } from './shipped-server.js';
import { startSmall } from './small-server.js';
import { unescaped } from './unescaped.js';

/** Each downloadable table, and some of its columns. */
const TABLES: readonly (readonly [path: string, name: string, columns: readonly string[]])[] = [
  ['/goals', 'goals', ['Automaker', 'Goal', 'Status', 'Event']],
  ['/goals', 'promised', ['Year', 'Added up']],
  ['/coverage', 'coverage', ['Automaker', 'Month', 'Coverage']],
  ['/coverage', 'worklist', ['Automaker', 'Due']],
  ['/timeline', 'events', ['Id', 'What', 'Sources']],
  ['/automakers/xpeng', 'series', ['Measure', 'Value', 'At least']],
  ['/automakers/xpeng', 'figures', ['Measure', 'Figure', 'Publishers']],
  ['/automakers/xpeng/vintages', 'vintages', ['From', 'To']],
  ['/automakers/xpeng/vintages', 'tellings', ['Published by', 'Value']],
  ['/automakers/xpeng/vintages', 'printed', ['Published', 'Told as', 'Event']],
  ['/automakers/xpeng/targets/half-overseas', 'reports', ['Measure', 'Figure', 'Event']],
  ['/automakers/xpeng/targets/half-overseas', 'versions', ['Said', 'Wording']],
];

describe('the tables of pages', () => {
  let server: TestServer;
  const bytesOf = async (path: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(server.url + path)).arrayBuffer());

  beforeAll(async () => {
    server = await startSmall();
  });
  afterAll(() => server.stop());

  it.each(TABLES)(
    'of %s: %s is plain CSV, CSV with notes and a workbook, all with the same rows',
    async (path, name, columns) => {
      const plain = parse((await server.get(`${path}?csv=${name}`)).text);
      const [head = []] = plain;
      expect(head).toEqual(expect.arrayContaining([...columns]));
      const { text } = await server.get(`${path}?csv=${name}&notes=true`);
      const [notes = '', ...table] = text.split('\r\n\r\n');
      expect(parse(table.join('\r\n\r\n'))).toEqual(plain);
      const labelled = new Map(parse(notes).map(([label = '', words = '']) => [label, words]));
      expect([...labelled.keys()]).toEqual(
        expect.arrayContaining(['Title', 'Source', 'Licence', 'As of', 'Address of this table']),
      );
      expect(labelled.get('As of')).toContain(`event ${SMALL_LEDGER.length} of the ledger`);
      // The address in the notes gives the same table.
      const again = await (await fetch(labelled.get('Address of this table') ?? '')).text();
      expect(parse(again)).toEqual(plain);
      const sheets = await readWorkbook(await bytesOf(`${path}?xlsx=${name}`));
      expect(sheets.map(({ sheet }) => sheet)).toEqual(['Data', 'Notes', 'Sources']);
      const cells = sheets[0]?.data.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
      expect(cells).toEqual(plain);
    },
  );

  it('carry the sources of what they rest on into the workbook', async () => {
    const sheets = await readWorkbook(await bytesOf('/automakers/xpeng/targets/half-overseas?xlsx=reports'));
    const [head, ...sources] = sheets[2]?.data ?? [];
    expect(head).toContain('Address');
    expect(sources).toHaveLength(4);
    expect(sources.flat()).toContain('https://example.com/a');
  });

  it('stand on the clocks of the page', async () => {
    const { text } = await server.get('/automakers/xpeng?csv=figures&notes=true&trueOn=2025-06-30');
    expect(text).toContain('the world as of 30 Jun 2025');
    expect(text).toContain('trueOn=2025-06-30');
    expect(text).not.toContain('45008');
  });

  it('are offered at the foot, as formulas that spreadsheets follow, and to programs', async () => {
    const { text } = await server.get('/goals?measure=overseas-sales-share');
    const address = `${server.url}/goals?measure=overseas-sales-share&csv=goals`;
    expect(unescaped(text)).toContain(`value="=IMPORTDATA("${address}")"`);
    expect(unescaped(text)).toContain(
      '<link rel="alternate" type="text/csv" title="All goals, with their first and their current terms" href="/goals?measure=overseas-sales-share&csv=goals"',
    );
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
    const dataset = JSON.parse(json);
    expect(dataset).toMatchObject({
      '@context': 'https://schema.org/',
      '@type': 'Dataset',
      license: 'https://opensource.org/license/mit',
      name: expect.stringContaining('The goal book'),
    });
    expect(dataset.description.length).toBeGreaterThan(50);
    for (const { contentUrl, encodingFormat } of dataset.distribution) {
      const answer = await fetch(String(contentUrl));
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining(String(encodingFormat)),
      ]);
    }
  });

  it.each([
    ['/goals?xlsx=none', 404],
    ['/goals?csv=goals&notes=perhaps', 400],
    ['/timeline?xlsx=events&limit=1&cursor=nothing', 400],
  ])('answer %s with %i', async (path, status) => {
    expect((await server.get(path)).status).toBe(status);
  });

  it('run no formula, whatever texts hold', async () => {
    const table = {
      name: 'hostile',
      caption: '=1+1',
      columns: ['Text'],
      rows: [['=HYPERLINK("https://evil.example")'], ['@SUM(1)'], ['a\u0000b\u{d800}'], ['x'.repeat(40_000)]],
    };
    const csv = csvWithNotes(table, [['Title', '=1+1']]);
    expect(csv).toContain(`Title,'=1+1`);
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    const sheets = await readWorkbook(await xlsxOf(table, [['Title', '=1+1']], []));
    expect(sheets[0]?.data[1]).toEqual(['=HYPERLINK("https://evil.example")']);
    expect(sheets[0]?.data[3]).toEqual(['ab']);
    expect(String(sheets[0]?.data[4]?.[0])).toHaveLength(32_767);
  });

  it('do not end the element that describes them', () => {
    expect(jsonInHtml({ name: '</script><script>alert(1)' })).not.toContain('</script>');
  });
});

/** Tables about missing data or about the ledger itself, which come from no particular event. */
const OF_NO_EVENT = /[?&]xlsx=(?:coverage|worklist|snapshots|companies)$/;

describe('the workbooks of the shipped ledger', () => {
  it('say where their rows are stated, on every page', async () => {
    const server = await startShipped();
    const without: string[] = [];
    let stated = 0;
    for (const { path } of await pagesOf(server)) {
      const { text } = await server.get(path);
      const links = new Set(
        [...text.matchAll(/ href="([^"]*[?&]xlsx=[^"]*)"/g)].map(([, href = '']) => unescaped(href)),
      );
      for (const link of links) {
        const bytes = Buffer.from(await (await fetch(new URL(link, server.url))).arrayBuffer());
        const [data, , sources] = await readWorkbook(bytes);
        if ((data?.data.length ?? 0) < 2 || OF_NO_EVENT.test(link)) continue;
        if ((sources?.data.length ?? 0) < 2) without.push(link);
        stated += 1;
      }
    }
    await server.stop();
    expect(without).toEqual([]);
    expect(stated).toBeGreaterThan(30);
  }, 240_000);
});
