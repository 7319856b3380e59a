import type { Page } from 'playwright-core';
import type { TestServer } from '../e2e/server.js';
import { startShipped } from '../pages/shipped-server.js';
import { coveredMarks } from './chart-labels.js';
import { describeInBrowser, servedInBrowser } from './chromium.js';

const GOAL = '/automakers/xpeng/targets/half-overseas';

describeInBrowser('a reader of a chart', () => {
  const served = servedInBrowser(startShipped);

  it.each([1280, 390])(
    'finds no label that covers a mark, on all charts of all automakers, at %i px',
    async (width) => {
      const { page, context } = await served.open({ viewport: { width, height: 900 } });
      const covered: string[] = [];
      for (const path of await chartedPages(served.server)) {
        await page.goto(path);
        covered.push(...(await coveredMarks(page)).map((each) => `${path} ${each}`));
      }
      expect(covered).toEqual([]);
      await context.close();
    },
    400_000,
  );

  const reading = (page: Page) => page.locator('#chart .reading');

  it('is told the value at a point by hovering', async () => {
    const { page, context } = await served.open({ viewport: { width: 1280, height: 900 } });
    await page.goto(GOAL);
    const point = page.locator('#chart svg.for-wide [data-point] circle').last();
    await point.hover({ force: true });
    expect(await reading(page).textContent()).toMatch(/^1 Jan 2025 to 31 Dec 2025: 10\.5/);
    const [near, told] = [await point.boundingBox(), await reading(page).boundingBox()];
    // The tooltip is close to the point: at most its own height and a gap away.
    expect(Math.abs((near?.y ?? 0) - (told?.y ?? 0))).toBeLessThan((told?.height ?? 0) + 40);
    await context.close();
  }, 30_000);

  it('is told it at a tap, which stays when the finger is lifted', async () => {
    const { page, context } = await served.open({
      viewport: { width: 390, height: 900 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(GOAL);
    const point = page.locator('#chart svg.for-narrow [data-point] circle').last();
    await point.scrollIntoViewIfNeeded();
    const box = await point.boundingBox();
    await page.touchscreen.tap((box?.x ?? 0) + 3, (box?.y ?? 0) + 3);
    await page.waitForTimeout(300);
    expect(await reading(page).isVisible()).toBe(true);
    expect(await reading(page).textContent()).toMatch(/2025: 10\.5/);
    const tick = page.locator('#chart svg.for-narrow [data-event] path').last();
    const at = await tick.boundingBox();
    await page.touchscreen.tap(at?.x ?? 0, (at?.y ?? 0) + 4);
    await page.waitForTimeout(300);
    expect(await reading(page).textContent()).not.toMatch(/10\.5/);
    await context.close();
  }, 30_000);

  it('goes from point to point with left and right, from event to event with up and down', async () => {
    const { page, context } = await served.open({ viewport: { width: 1280, height: 900 } });
    await page.goto(GOAL);
    await page.locator('#chart .drawing').focus();
    await page.keyboard.press('ArrowLeft');
    const newest = await reading(page).textContent();
    expect(newest).toMatch(/2025: 10\.5/);
    await page.keyboard.press('ArrowLeft');
    expect(await reading(page).textContent()).not.toBe(newest);
    await page.keyboard.press('ArrowUp');
    const event = await reading(page).textContent();
    await page.keyboard.press('ArrowUp');
    expect(await reading(page).textContent()).not.toBe(event);
    await page.keyboard.press('Escape');
    expect(await reading(page).isVisible()).toBe(false);
    await context.close();
  }, 30_000);

  it('sees reports that disagree as alternatives, and no line that goes to and fro between them', async () => {
    const { page, context } = await served.open({ viewport: { width: 1280, height: 900 } });
    await page.goto(GOAL);
    const said = await page
      .locator('#chart svg.for-wide [data-point]')
      .evaluateAll((all) => all.map((each) => (each as SVGElement).dataset['say'] ?? ''));
    expect(said.filter((words) => words.includes('by another report'))).toEqual([
      expect.stringContaining(': about 13'),
      expect.stringContaining('9 to 11'),
      // A report of units sold abroad, instead of the one that is used.
      expect.stringContaining(': 8'),
    ]);
    // "More than 50 markets" between two reports of 60 does not mean that any market was left.
    await page.goto('/automakers/xpeng/targets/sixty-markets');
    const heights = await page
      .locator('#chart svg.for-wide path.series-line')
      .evaluate((path) =>
        [...(path.getAttribute('d') ?? '').matchAll(/[ML,]?[\d.]+,([\d.]+)/g)].map(([, y]) => Number(y)),
      );
    expect(heights.length).toBeGreaterThan(2);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    await context.close();
  }, 30_000);
});

/** The page of each automaker, and the pages of its goals that have a chart. */
async function chartedPages(server: TestServer): Promise<string[]> {
  const pages = ['/compare', '/timeline'];
  for (const { id } of (await server.get('/api/automakers')).body.automakers) {
    pages.push(`/automakers/${id}`);
    for (const { target, value } of (await server.get(`/api/automakers/${id}/targets`)).body.targets)
      if (value) pages.push(`/automakers/${id}/targets/${target}`);
  }
  return pages;
}
