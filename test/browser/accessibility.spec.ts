import { SCRIPT_NAMES } from '../../src/pages/assets.js';
import { SOURCE, startServer, type TestServer } from '../e2e/server.js';
import { pagesOf } from '../pages/page-list.js';
import { hostilePages, startHostile } from '../pages/hostile-ledger.js';
import { startShipped } from '../pages/shipped-server.js';
import { describeInBrowser, open, servedInBrowser } from './chromium.js';
import { faultsOf } from './page-faults.js';

/** Addresses that give an error page. */
const NO_PAGES = ['/nothing', '/automakers/xpeng?trueOn=yesterday', '/automakers/nobody'];

/** Paths of events, one for each kind of record about an event. */
async function eventPages(server: TestServer): Promise<string[]> {
  const idOf = async (query: string): Promise<string> =>
    String((await server.get(`/api/events?limit=1&${query}`)).body.events[0].id);
  const [figure, corrected, retracted] = [
    await idOf('type=FigureReported'),
    await idOf('type=MarketEntered&automaker=xpeng'),
    await idOf('type=PartnerSigned&automaker=nio'),
  ];
  const { data, occurredOn } = (await server.get(`/api/events/${corrected}`)).body;
  const reason = 'The second report names another day';
  await server.post('/api/automakers/xpeng/events', [
    { type: 'EventCorrected', data: { event: corrected, data, occurredOn: '2026-04', reason } },
    { type: 'EvidenceAdded', data: { event: corrected, evidence: SOURCE } },
  ]);
  await server.post('/api/automakers/nio/events', {
    type: 'EventRetracted',
    data: { event: retracted, reason: 'It was a rumour' },
  });
  expect(occurredOn).not.toBe('2026-04');
  return [figure, corrected, retracted].map((id) => `/events/${id}`);
}

describeInBrowser('everybody can read it', () => {
  const served = servedInBrowser(startShipped);
  let paths: string[];

  beforeAll(async () => {
    const { server } = served;
    const pages = await pagesOf(server);
    paths = [...pages.map(({ path }) => path), ...NO_PAGES, ...(await eventPages(server))];
  }, 60_000);

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 320],
    ['dark', 320],
  ] as const)(
    'axe finds nothing, %s, %i px; nothing is cut off, nobody else is asked',
    async (colorScheme, width) => {
      const { page, context, faults } = await served.open({
        colorScheme,
        viewport: { width, height: 900 },
      });
      await page.goto('/sign-in');
      await page.getByLabel('API key').fill(served.server.keys.analyst);
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(/\/log$/);
      const found: string[] = [];
      const look = async (name: string): Promise<void> => {
        found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      };
      for (const path of paths) {
        await page.goto(path);
        await look(path);
      }
      // The answers to forms: errors, a duplicate, a preview, and the report of an import.
      await page.goto('/log?type=MarketEntered&automaker=xpeng');
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await page.getByRole('alert').first().waitFor();
      await look('a form with errors');
      await page.getByLabel('URL', { exact: true }).fill('https://example.com/news');
      await page.getByLabel('Publisher', { exact: true }).fill('Example News');
      await page.getByLabel('Grade', { exact: true }).selectOption('reported');
      await page.getByLabel('Occurred on').fill('2024-05');
      await page.getByLabel('Market', { exact: true }).fill('DE');
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('link', { name: /Add your source to that one/ }).waitFor();
      await look('a duplicate');
      await page.getByLabel('Market', { exact: true }).fill('CL');
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.locator('[data-preview]').getByText('Markets where it sells, by what is logged').waitFor();
      await look('a preview');
      await page.goto('/import');
      await page.getByLabel('Lines').fill('{"type":"MarketEntered"}');
      await page.getByRole('button', { name: 'Import' }).click();
      await page.getByRole('status').waitFor();
      await look('the report of an import');
      expect(found).toEqual([]);
      expect(faults.filter((fault) => !/status of 4(00|04)/.test(fault))).toEqual([]);
      await context.close();
    },
    400_000,
  );

  it('with the colours of the reader, what is looked at and what a key explains can still be told apart', async () => {
    const { page, context } = await served.open({
      forcedColors: 'active',
      viewport: { width: 1280, height: 900 },
    });
    await page.goto('/');
    const lines = await page
      .locator('.site-nav a')
      .evaluateAll((links) =>
        links.map((link) => [link.ariaCurrent !== null, getComputedStyle(link).borderBottomColor] as const),
      );
    const here = lines.find(([isHere]) => isHere)?.[1];
    expect(lines.filter(([, colour]) => colour === here)).toHaveLength(1);
    const swatches = await page
      .locator('.legend .with-swatch')
      .evaluateAll((items) => items.map((item) => getComputedStyle(item, '::before').background));
    expect(new Set(swatches).size).toBe(swatches.length);
    await context.close();
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'with the colours of a reader who likes it %s, axe finds no fault',
    async (colorScheme) => {
      const { page, context } = await served.open({ forcedColors: 'active', colorScheme });
      for (const path of ['/', '/search?q=norway', '/automakers/xpeng']) {
        await page.goto(path);
        expect([path, await faultsOf(page)]).toEqual([path, []]);
      }
      await context.close();
    },
    60_000,
  );

  it('an empty ledger says what to do, on every page', async () => {
    const empty = await startServer();
    const { page, context, faults } = await open(served.browser, empty.url, {
      viewport: { width: 320, height: 900 },
    });
    for (const path of [
      '/',
      '/goals',
      '/coverage',
      '/markets',
      '/timeline',
      '/compare',
      '/theses',
      '/search?q=xpeng',
      '/overlap',
      '/audit',
    ]) {
      await page.goto(path);
      expect([path, await faultsOf(page)]).toEqual([path, []]);
      expect([path, await page.locator('main a, main button').count()]).not.toEqual([path, 0]);
      expect([path, faults]).toEqual([path, []]);
    }
    await context.close();
    await empty.stop();
  }, 60_000);

  it.each([1280, 320])(
    'hostile text of a ledger runs nowhere, and breaks no page, at %i px',
    async (width) => {
      const { server: hostile, events: ids } = await startHostile();
      const { page, context, faults } = await open(served.browser, hostile.url, {
        viewport: { width, height: 900 },
      });
      for (const path of hostilePages(ids)) {
        await page.goto(path);
        expect([path, await faultsOf(page)]).toEqual([path, []]);
        const state = await page.evaluate(() => ({
          ran: 'hostile' in globalThis,
          images: document.images.length,
          // A JSON description of the data is not executable, but must be valid JSON whatever it contains.
          scripts: [...document.scripts].filter(
            ({ type, textContent }) => type !== 'application/ld+json' || !JSON.parse(textContent),
          ).length,
        }));
        // Only the page's own script runs. axe adds none, since it is evaluated.
        expect([path, state]).toEqual([path, { ran: false, images: 0, scripts: 1 }]);
      }
      expect(faults.filter((fault) => !/status of 4(00|04)/.test(fault))).toEqual([]);
      await context.close();
      await hostile.stop();
    },
    120_000,
  );

  it('the script that pages ask for is the one that is measured', async () => {
    const { page, context } = await served.open();
    const scripts = new Set<string>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.add(response.url().split('/').at(-1) ?? '');
    });
    for (const path of ['/', '/automakers/xpeng', '/timeline', '/sign-in']) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
    }
    expect([...scripts].sort()).toEqual([...SCRIPT_NAMES].sort());
    await context.close();
  }, 30_000);
});
