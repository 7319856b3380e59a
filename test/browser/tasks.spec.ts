import type { Page } from 'playwright-core';
import { startShipped } from '../pages/shipped-server.js';
import { describeInBrowser, servedInBrowser, type WatchedPage } from './chromium.js';

/** Counts the clicks of a task; typing is not counted. */
class Counted {
  clicks = 0;
  constructor(readonly page: Page) {}

  async click(role: 'link' | 'button', name: string | RegExp, within = 'main'): Promise<void> {
    this.clicks += 1;
    const exact = typeof name === 'string';
    await this.page.locator(within).getByRole(role, { name, exact }).first().click();
    await this.page.waitForLoadState();
  }
}

const textOf = async (page: Page, selector = 'main'): Promise<string> =>
  ((await page.locator(selector).first().textContent()) ?? '').replaceAll('\u00a0', ' ');

// The exact number of clicks that a task may take.
describeInBrowser('the seven tasks of readers', () => {
  const served = servedInBrowser(startShipped);

  const begin = async (path: string, options = {}): Promise<WatchedPage & { way: Counted }> => {
    const opened = await served.open(options);
    await opened.page.goto(path);
    return { ...opened, way: new Counted(opened.page) };
  };

  const signedIn = async (next: string): Promise<WatchedPage & { way: Counted }> => {
    const opened = await begin(`/sign-in?next=${encodeURIComponent(next)}`);
    await opened.page.getByLabel('API key').fill(served.server.keys.analyst);
    await opened.page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await opened.page.waitForURL((url) => url.pathname === next.split('?')[0]);
    return opened;
  };

  it('a: is XPeng on course for half overseas, and why believe it: 2 clicks, script off', async () => {
    const { page, context, way } = await begin('/', { javaScriptEnabled: false });
    await page.getByLabel('Search the ledger').fill('xpeng half overseas');
    await way.click('button', 'Search');
    await way.click('link', 'XPeng: Half of sales abroad');
    const text = await textOf(page);
    expect(text).toMatch(/as of 31 Dec 2025/);
    expect(text).toMatch(/Formula: /);
    expect(await page.locator('#proof a[href^="/events/"]').count()).toBeGreaterThan(0);
    expect(way.clicks).toBe(2);
    await context.close();
  }, 30_000);

  it('b: where XPeng and Geely both sell, and who came first: 2 clicks', async () => {
    const { page, context, way } = await begin('/');
    await way.click('link', 'Compare', 'header');
    await way.click('link', /Geely and XPeng|XPeng and Geely/);
    const text = await textOf(page);
    expect(text).toMatch(/both went to \d+ markets abroad/);
    expect(text).toMatch(/XPeng came first to \d+/);
    expect(text).toMatch(/Geely, by \d+ to \d+ months|XPeng, by \d+/);
    expect(way.clicks).toBe(2);
    await context.close();
  }, 30_000);

  it('c: how the goal changed, with sources: a table on the page of the goal', async () => {
    const { page, context, way } = await begin('/automakers/xpeng/targets/half-overseas');
    const table = page.locator('table.history');
    expect(await table.locator('tbody tr').count()).toBeGreaterThan(1);
    expect(await table.locator('a[rel~="external"]').count()).toBeGreaterThan(1);
    expect(way.clicks).toBe(0);
    await context.close();
  }, 30_000);

  it('d: what could be believed on a day, by both clocks: 2 clicks', async () => {
    const { page, context, way } = await begin('/automakers/xpeng');
    way.clicks += 1;
    await page.getByText('Look at another time').click();
    await page.getByLabel('Known on').fill('2025-09-01');
    await way.click('button', 'Go', 'body');
    expect(way.clicks).toBe(2);
    // Recording began later than this day, so the page says so and offers the view by publication date.
    expect(await textOf(page, 'body')).toMatch(/What had been published by/);
    await page.goto('/automakers/xpeng?publicOn=2025-09-01');
    expect(await textOf(page, '.clock-bar')).toContain('1 Sept 2025');
    expect(await textOf(page, 'h1')).toBe('XPeng');
    await context.close();
  }, 30_000);

  it('e: log a service center in Oslo within 8 key presses beside typing, correct a typo, retract it', async () => {
    const { page, context } = await signedIn('/log?type=ServiceCenterOpened&of=XPeng');
    let presses = 0;
    const press = async (key: string): Promise<void> => {
      presses += 1;
      await page.keyboard.press(key);
    };
    const type = (text: string): Promise<void> => page.keyboard.type(text);
    // The browser focuses the first field when it draws the page; anything typed earlier is lost.
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await type('https://example.com/oslo');
    await press('Tab');
    await type('Example News');
    await press('Tab');
    await type('rep');
    // Skips the fold with rarely used fields.
    await press('Tab');
    await press('Tab');
    await type('12 Nov 2025');
    await press('Tab');
    await type('Norway');
    await press('Tab');
    await type('Oslp');
    await press('Enter');
    await page.getByText('XPeng opened a service center in Oslp, Norway').waitFor();
    await page.waitForLoadState();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Record this');
    await press('Enter');
    await page.getByRole('status').getByText('Recorded').waitFor();
    expect(presses).toBeLessThanOrEqual(8);

    const way = new Counted(page);
    await way.click('link', 'Correct');
    await page.getByLabel('Reason', { exact: true }).fill('A typo');
    await page.getByLabel('City').fill('Oslo');
    await way.click('button', 'Record');
    await page.getByRole('status').getByText('the correction holds').waitFor();
    expect(await textOf(page, 'h1')).toContain('Oslo');
    await way.click('link', 'Retract');
    await page.getByLabel('Reason', { exact: true }).fill('It was a rumour');
    await way.click('button', 'Record');
    await page.getByRole('status').getByText('it is retracted, and counts for nothing').waitFor();
    expect(way.clicks).toBe(4);
    await context.close();
  }, 60_000);

  it('f: import lines of which two are wrong, and mend them: 2 clicks', async () => {
    const { page, context, way } = await signedIn('/import');
    const line = (market: string): string =>
      JSON.stringify({
        stream: 'automaker-xpeng',
        type: 'MarketEntered',
        occurredOn: '2026-08',
        data: { market },
        evidence: [{ url: 'https://example.com/news', publisher: 'Example News', grade: 'reported' }],
      });
    const box = page.getByLabel('Lines');
    await box.fill([line('PY'), line('Norwegen'), line('Nowhere')].join('\n'));
    await way.click('button', 'Import');
    await page.getByRole('status').getByText('1 recorded').waitFor();
    expect(
      await page.getByLabel('Or lines, pasted').or(page.getByLabel('Lines')).first().inputValue(),
    ).toContain('Norwegen');
    const again = page.getByLabel('Or lines, pasted').or(page.getByLabel('Lines')).first();
    await again.fill((await again.inputValue()).replace('Norwegen', 'Suriname').replace('Nowhere', 'GY'));
    await way.click('button', 'Import');
    await page.getByRole('status').getByText('2 recorded').waitFor();
    expect(way.clicks).toBe(2);
    await context.close();
  }, 60_000);

  it('g: a chart as an image, cited or embedded, is one click away each, and its data two', async () => {
    const { page, context } = await begin('/automakers/xpeng/targets/half-overseas');
    const foot = page.locator('footer');
    const png = await foot.getByRole('link', { name: 'PNG' }).getAttribute('href');
    const image = await context.request.get(png ?? '');
    expect([image.status(), image.headers()['content-type']]).toEqual([200, 'image/png']);
    await foot.getByRole('link', { name: 'Cite or embed this page' }).click();
    const text = await textOf(page);
    expect(text).toContain('BibTeX');
    const offered = await page
      .locator('main :is(textarea, input)')
      .evaluateAll((fields) => fields.map((field) => (field as HTMLTextAreaElement).value));
    expect(offered).toContainEqual(expect.stringContaining('<iframe'));
    await page.goBack();
    await foot.getByText('The tables of this page').click();
    const download = page.waitForEvent('download');
    await foot.getByRole('link', { name: 'CSV', exact: true }).first().click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await context.close();
  }, 60_000);

  it('the main findings of an automaker end within 60 tab stops', async () => {
    const { page, context } = await begin('/automakers/xpeng');
    const stops = await page.evaluate(() => {
      const all = [
        ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, [tabindex="0"]'),
      ];
      const shown = all.filter((each) => each.checkVisibility() && each.getAttribute('type') !== 'hidden');
      const end = document.querySelector('#production');
      return shown.filter(
        (each) => end && each.compareDocumentPosition(end) & Node.DOCUMENT_POSITION_FOLLOWING,
      ).length;
    });
    expect(stops).toBeLessThanOrEqual(60);
    await context.close();
  }, 30_000);
});
