import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startShipped } from '../pages/shipped-server.js';
import { describeInBrowser, servedInBrowser } from './chromium.js';

const GOAL = 'automakers/xpeng/targets/half-overseas';

describeInBrowser('an embedded chart', () => {
  const served = servedInBrowser(startShipped);
  let elsewhere: Server;
  let origin: string;
  /** A page of another site that embeds the address in a frame. */
  const frameAround = (address: string): string =>
    `<!doctype html><title>Elsewhere</title><body style="margin:0"><iframe src="${address}" title="A chart" width="320" height="420" style="border:0"${address.includes('sandboxed') ? ' sandbox' : ''}></iframe>`;

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://elsewhere').searchParams.get('frame') ?? '';
      response.setHeader('Content-Type', 'text/html').end(frameAround(served.server.url + path));
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    elsewhere.close();
  });

  it.each(['wide', 'dark', 'sandboxed'])(
    'shows finding, drawing, source and day at 320 px on another site, without script (%s)',
    async (look) => {
      const context = await served.browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 320, height: 480 },
        colorScheme: look === 'dark' ? 'dark' : 'light',
      });
      const page = await context.newPage();
      await page.goto(`${origin}/?frame=${encodeURIComponent(`/embed/${GOAL}#${look}`)}`);
      const frame = page.frameLocator('iframe');
      await frame.locator('h1').waitFor({ timeout: 10_000 });
      expect(await frame.locator('h1').innerText()).toMatch(/XPeng/);
      // The frame has the typeface and its sizes.
      const styled = await frame
        .locator('h1')
        .evaluate((head) => [
          document.fonts.check('16px "Source Sans 3"') && document.fonts.size > 0,
          Number.parseFloat(getComputedStyle(head).fontSize) < 24,
        ]);
      expect(styled).toEqual([true, true]);
      expect(await frame.locator('.for-narrow').isVisible()).toBe(true);
      expect(await frame.locator('.for-wide').isVisible()).toBe(false);
      expect(await frame.locator('main').innerText()).toContain('Market Expansion Tracker, as of');
      const box = await frame.locator('.for-narrow').boundingBox();
      expect(box?.width).toBeGreaterThan(240);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
      await context.close();
    },
  );

  it('has a legend that can be read where the map is small', async () => {
    const page = await served.browser.newPage({ viewport: { width: 320, height: 480 } });
    await page.goto(`${served.server.url}/embed/markets`);
    const heights = await page
      .locator('.for-narrow text')
      .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(3);
    for (const height of heights) expect(height).toBeGreaterThan(9);
    await page.close();
  });

  it('is all that another site may put a frame around', async () => {
    const page = await served.browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(`${origin}/?frame=${encodeURIComponent(`/${GOAL}`)}`);
    await page.waitForTimeout(500);
    expect(refused.join('\n')).toMatch(/frame-ancestors|Refused to (?:frame|display)|violates/i);
    await page.close();
  });
});
