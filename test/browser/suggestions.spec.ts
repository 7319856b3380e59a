import { ENTERED_NO } from '../cli/small-ledger.js';
import { startSmall } from '../pages/small-server.js';
import { describeInBrowser, servedInBrowser } from './chromium.js';
import { faultsOf } from './page-faults.js';

describeInBrowser('a reader who knows better', () => {
  const served = servedInBrowser(startSmall);

  it('suggests a source at 320 px without an account, and an analyst accepts it', async () => {
    const viewport = { width: 320, height: 900 };
    const reader = await served.open({ viewport });
    await reader.page.goto(`/events/${ENTERED_NO}`);
    await reader.page.getByRole('link', { name: 'Suggest a source or a correction' }).click();
    await reader.page.getByRole('button', { name: 'Suggest it' }).click();
    await reader.page.getByRole('alert').waitFor();
    expect(await faultsOf(reader.page)).toEqual([]);
    await reader.page
      .getByLabel('Address of the source')
      .fill(`https://example.com/${'a-long-path/'.repeat(20)}`);
    await reader.page.getByLabel('Your name').fill('Zoë');
    await reader.page.getByRole('button', { name: 'Suggest it' }).click();
    await reader.page.getByRole('status').getByText('it was taken').waitFor();
    expect(await faultsOf(reader.page)).toEqual([]);

    const { page, faults } = await served.open({ viewport });
    await page.goto('/log');
    await page.getByLabel('API key').fill(served.server.keys.analyst);
    await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'One suggestion of a reader waits' }).click();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Look at it in the form' }).click();
    await page.getByLabel('Grade', { exact: true }).selectOption('reported');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('This would be recorded').waitFor();
    await page.getByRole('button', { name: 'Record this' }).click();
    expect(await page.locator('main').textContent()).toContain('the source is added to it');
    await reader.page.reload();
    expect(await reader.page.locator('main').textContent()).toContain('The suggestion was accepted');
    expect([...faults, ...reader.faults].filter((fault) => !/status of 400/.test(fault))).toEqual([]);
  }, 60_000);
});
