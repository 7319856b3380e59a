import { LAYOUTS } from '../domain/release/layouts.js';
import { startSmall } from '../pages/small-server.js';
import { describeInBrowser, servedInBrowser } from './chromium.js';
import { faultsOf } from './page-faults.js';

describeInBrowser('an analyst who pastes a release', () => {
  const served = servedInBrowser(startSmall);

  it.each([
    ['with script, on a wide screen', true, 1280, 'HTML with a head of two rows and spans'],
    ['without script, at 320 px', false, 320, 'of which export under each brand, Markdown'],
  ])(
    'sees the slip, mends it, and records every figure, %s',
    async (_, javaScriptEnabled, width, wanted) => {
      const layout = LAYOUTS.find(({ name }) => name === wanted);
      if (!layout) throw new Error(`there is no layout "${wanted}"`);
      const [right, wrong] = layout.slip;
      const { page, context, faults } = await served.open({
        javaScriptEnabled,
        viewport: { width, height: 900 },
      });
      await page.goto('/log');
      await page.getByLabel('API key').fill(served.server.keys.analyst);
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('link', { name: 'Paste the table of a monthly release' }).click();
      await page.getByLabel('Automaker', { exact: true }).fill('XPeng');
      await page.getByLabel('Month', { exact: true }).fill(layout.month);
      await page.getByLabel('URL', { exact: true }).fill('https://example.com/release');
      await page.getByLabel('Publisher', { exact: true }).fill('XPeng');
      await page.getByLabel('Grade', { exact: true }).selectOption('confirmed');
      const pasted = page.getByLabel('Pasted, with its heads');
      await pasted.fill(layout.text.replace(right, wrong));
      await page.getByRole('button', { name: 'Read the table' }).click();
      const alert = page.getByRole('alert').filter({ hasText: 'add up' });
      expect(await alert.textContent()).toContain(wrong);
      expect(await page.locator('mark').allTextContents()).toContain(wrong);
      if (javaScriptEnabled) expect(await faultsOf(page)).toEqual([]);
      else expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
      await page.getByRole('button', { name: /^Record these/ }).click();
      expect(await page.getByRole('alert').first().textContent()).toContain('Nothing was recorded');
      await pasted.fill(layout.text);
      await page.getByRole('button', { name: 'Read it again' }).click();
      expect(await page.locator('main').textContent()).toContain('that can be checked holds');
      await page.getByRole('button', { name: `Record these ${layout.figures} figures` }).click();
      expect(await page.getByRole('status').textContent()).toContain(
        `${layout.figures} figures are recorded`,
      );
      await page.getByRole('link', { name: 'See them on the timeline' }).click();
      expect(await page.locator('main').textContent()).toContain('XPeng, as reported: ');
      expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
      await context.close();
    },
    60_000,
  );
});
