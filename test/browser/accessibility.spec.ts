import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import type { TestServer } from '../e2e/server.js';
import { startShipped } from '../pages/shipped-server.js';
import { describeInBrowser, launch, open } from './chromium.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PAGES = [
  '/',
  '/automakers/xpeng',
  '/automakers/xpeng?trueOn=2024-12-31',
  '/automakers/xpeng/targets/half-overseas',
  '/markets',
  '/markets/DE',
  '/timeline',
  '/timeline?automaker=xpeng&type=MarketEntered',
  '/compare',
  '/theses',
  '/audit?automaker=xpeng',
  '/log',
  '/log?type=TargetSet&automaker=xpeng',
  '/log?type=PartnerSigned&automaker=xpeng',
  '/import',
  '/sign-in',
  '/nothing',
];

describeInBrowser('everybody can read it', () => {
  let server: TestServer;
  let browser: Browser;
  let event: string;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startShipped(), launch()]);
    event = (await server.get('/api/events?type=FigureReported&limit=1')).body.events[0].id;
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 320],
    ['dark', 320],
  ] as const)(
    'axe finds nothing, %s, %i px; nothing is cut off, nobody else is asked',
    async (colorScheme, width) => {
      const { page, context, faults } = await open(browser, server.url, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      await page.goto('/sign-in');
      await page.getByLabel('API key').fill(server.keys.analyst);
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(/\/log$/);
      const found: string[] = [];
      for (const path of [...PAGES, `/events/${event}`, `/events/${event}/correct`]) {
        await page.goto(path);
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) found.push(`${path}: ${wide} px wider than the window`);
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          // axe has put itself there.
          const { axe } = globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          return (await axe.run()).violations.map(
            ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`,
          );
        });
        found.push(...violations.map((violation) => `${path}: ${violation}`));
      }
      expect(found).toEqual([]);
      expect(faults.filter((fault) => !/status of 404/.test(fault))).toEqual([]);
      await context.close();
    },
    180_000,
  );

  it('the script is small: less than 30 KB in all, and what pages ask of the server is their own', async () => {
    const { page, context } = await open(browser, server.url);
    const scripts: number[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(Number(response.headers()['content-length'] ?? 0));
    });
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(30_000);
    await context.close();
  }, 30_000);
});
