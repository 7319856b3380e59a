import { startShipped } from '../pages/shipped-server.js';
import { describeInBrowser, servedInBrowser } from './chromium.js';

describeInBrowser('a reader of the map', () => {
  const served = servedInBrowser(startShipped);

  it('reaches each market with a finger at 390 px, small countries too', async () => {
    const { page, context } = await served.open({
      viewport: { width: 390, height: 900 },
      hasTouch: true,
    });
    await page.goto('/markets');
    const links = page.locator('.map .market-names a');
    const sizes = await links.evaluateAll((all) =>
      all.map((each) => {
        const { width, height } = each.getBoundingClientRect();
        return { name: each.textContent, width, height };
      }),
    );
    expect(sizes.filter(({ width, height }) => width < 24 || height < 24)).toEqual([]);
    const drawn = await page
      .locator('.map svg:not(.inset) a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    const named = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    expect([...named].sort()).toEqual([...drawn].sort());
    await links.filter({ hasText: 'Luxembourg' }).tap();
    await page.waitForURL('**/markets/LU');
    await context.close();
  }, 30_000);

  it('sees disputed land hatched, in the colour of no side, and why', async () => {
    const { page, context } = await served.open({ viewport: { width: 1280, height: 900 } });
    await page.goto('/markets');
    for (const map of await page.locator('.map .maps svg').all()) {
      expect(await map.locator('path.disputed').getAttribute('d')).toMatch(/^M/);
      // It must cover the colour of every automaker in that market, so it is drawn last.
      expect(await map.evaluate((svg) => svg.lastElementChild?.getAttribute('class'))).toBe('disputed');
    }
    await page.locator('.map .legend').getByRole('link', { name: 'disputed' }).click();
    await page.waitForURL('**/methods#borders');
    expect(await page.locator('#borders').textContent()).toMatch(/Crimea.*Kashmir.*Western Sahara/s);
    await context.close();
  }, 30_000);
});
