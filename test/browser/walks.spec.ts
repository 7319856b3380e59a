import type { Browser, Page } from 'playwright-core';
import type { TestServer } from '../e2e/server.js';
import { startShipped } from '../pages/shipped-server.js';
import { describeInBrowser, launch, open } from './chromium.js';

/** Moves the focus with the tabulator until the named element has it, as somebody without a pointer does. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 400; steps += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      const element = document.activeElement;
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLSelectElement
          ? [...(element.labels ?? [])]
          : [];
      return [element?.textContent, ...labels.map((label) => label.textContent)].join(' ').trim();
    });
    if (name.test(text)) return;
  }
  throw new Error(`the tabulator never came to ${String(name)}`);
}

describeInBrowser('what people do', () => {
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startShipped(), launch()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it.each([
    ['with a pointer', true],
    ['with script off', false],
  ])(
    'a newcomer goes from the front page to the source of a number, %s',
    async (_, javaScriptEnabled) => {
      const { page, context, faults } = await open(browser, server.url, { javaScriptEnabled });
      await page.goto('/');
      await page.getByRole('link', { name: 'XPeng', exact: true }).first().click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('XPeng');
      await page.locator('.facts a').first().click();
      expect(page.url()).toContain('/automakers/xpeng/targets/half-overseas#proof');
      const proof = page.locator('#proof');
      expect(await proof.textContent()).toContain('100 × overseas-units / total-units');
      await proof.getByRole('link', { name: /XPeng reported overseas-units of 45,008/ }).click();
      const source = page.locator('#evidence a').first();
      expect(await source.getAttribute('href')).toMatch(/^https?:\/\//);
      expect(faults).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('the same by keyboard alone', async () => {
    const { page, context } = await open(browser, server.url);
    await page.goto('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#main');
    await tabTo(page, /^XPeng$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/automakers\/xpeng$/);
    await tabTo(page, /^10\.5/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#proof/);
    await tabTo(page, /XPeng reported overseas-units of 45,008/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/events/);
    await tabTo(page, /AInvest/);
    await context.close();
  }, 60_000);

  it('arrow keys walk through the points of a chart, and each is said', async () => {
    const { page, context } = await open(browser, server.url);
    await page.goto('/automakers/xpeng/targets/half-overseas');
    await page.locator('figure .drawing').first().focus();
    const said: (string | null)[] = [];
    for (let steps = 0; steps < 3; steps += 1) {
      await page.keyboard.press('ArrowLeft');
      said.push(await page.locator('figure .reading').first().textContent());
    }
    expect(said[0]).toContain('31 Dec 2025: 10.5');
    expect(new Set(said).size).toBe(3);
    await context.close();
  }, 30_000);

  it.each([
    ['with script', true],
    ['with script off', false],
  ])(
    'the auditor looks at the past on both clocks, and at what changed since, %s',
    async (_, javaScriptEnabled) => {
      const { page, context, faults } = await open(browser, server.url, { javaScriptEnabled });
      await page.goto('/automakers/xpeng');
      await page.getByText('Look at another time').click();
      await page.getByLabel('True on').fill('2024-12-31');
      await page.getByRole('button', { name: 'Go', exact: true }).click();
      expect(await page.locator('.clock-bar.past').textContent()).toContain('Not now');
      expect(page.url()).toContain('trueOn=2024-12-31');
      await page.getByRole('link', { name: 'Go to now' }).click();
      expect(await page.locator('.clock-bar.past').count()).toBe(0);
      await page.goto('/audit?automaker=xpeng');
      await page.locator('#from').fill('2024-12-31');
      await page.getByRole('button', { name: 'Show the differences' }).click();
      const text = await page.locator('main').textContent();
      expect(text).toContain('targets › half-overseas › value');
      expect(text).toContain('new fact');
      expect(text).toContain('agrees with every checkpoint');
      expect(faults).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it.each([
    ['with script', true],
    ['with script off', false],
  ])(
    'the analyst logs an event: warned of a duplicate, shown every number, corrected later, %s',
    async (_, javaScriptEnabled) => {
      const { page, context, faults } = await open(browser, server.url, { javaScriptEnabled });
      await page.goto('/log');
      await page.getByLabel('API key').fill(server.keys.analyst);
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
      await page.getByLabel('Automaker', { exact: true }).fill('xpeng');
      await page.getByRole('radio', { name: /Market entered/ }).check();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByLabel('Url').fill('https://example.com/news');
      await page.getByLabel('Publisher').fill('Example News');
      await page.getByLabel('Grade').selectOption('reported');
      await page.getByLabel('Occurred on').fill('2024-05');
      await page.getByLabel('Market', { exact: true }).fill('DE');
      await page.getByRole('button', { name: 'Preview' }).click();
      expect(await page.getByRole('link', { name: /Add your source to that one/ }).count()).toBe(1);
      const market = javaScriptEnabled ? 'CL' : 'PE';
      await page.getByLabel('Market', { exact: true }).fill(market);
      await page.getByLabel('Occurred on').fill('2026-06');
      await page.getByRole('button', { name: 'Preview' }).click();
      expect(await page.locator('[data-preview]').textContent()).toContain('markets › present');
      await page.getByRole('button', { name: 'Record' }).click();
      expect(await page.getByRole('status').textContent()).toContain('Recorded');
      await page.getByRole('link', { name: 'Correct' }).click();
      await page.getByLabel('Reason').fill('It was a month later');
      await page.getByLabel('Occurred on').fill('2026-07');
      await page.getByRole('button', { name: 'Record' }).click();
      expect(await page.locator('main').textContent()).toContain('It was a month later');
      // What a refused preview answers with is not an error of the page.
      expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('while one types, the preview comes by itself', async () => {
    const { page, context } = await open(browser, server.url);
    await page.goto('/sign-in?next=/log?type=MarketEntered%26automaker=xpeng');
    await page.getByLabel('API key').fill(server.keys.analyst);
    await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Url').fill('https://example.com/news');
    await page.getByLabel('Publisher').fill('Example News');
    await page.getByLabel('Grade').selectOption('reported');
    await page.getByLabel('Occurred on').fill('2026-06');
    await page.getByLabel('Market', { exact: true }).fill('UY');
    await page.locator('[data-preview]').getByText('markets › present').waitFor();
    await context.close();
  }, 30_000);
});
