import type { Page } from 'playwright-core';
import { startShipped } from '../pages/shipped-server.js';
import { describeInBrowser, servedInBrowser } from './chromium.js';

/** Presses Tab until the named element has the focus, like a keyboard user. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 400; steps += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      const element = document.activeElement;
      const labels =
        element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement
          ? [...(element.labels ?? [])]
          : [];
      return [element?.textContent, ...labels.map((label) => label.textContent)].join(' ').trim();
    });
    if (name.test(text)) return;
  }
  throw new Error(`the tabulator never came to ${String(name)}`);
}

/** Goes to a field with Tab and types. Arriving selects the old content, so typing replaces it. */
async function typeInto(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

async function press(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

describeInBrowser('what people do', () => {
  const served = servedInBrowser(startShipped);

  it.each([
    ['with a pointer', true],
    ['with script off', false],
  ])(
    'a newcomer goes from the front page to the source of a number, %s',
    async (_, javaScriptEnabled) => {
      const { page, context, faults } = await served.open({ javaScriptEnabled });
      await page.goto('/');
      await page.getByRole('link', { name: 'XPeng', exact: true }).first().click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('XPeng');
      await page.locator('.facts a').first().click();
      expect(page.url()).toContain('/automakers/xpeng/targets/overseas-units-2026#proof');
      const proof = page.locator('#proof');
      expect(await proof.textContent()).toContain('vehicles sold abroad from 1 Jan 2026 to 30 Apr 2026');
      await proof.getByRole('link', { name: /XPeng, as reported: 6,006 vehicles sold abroad/ }).click();
      const source = page.locator('#evidence a').first();
      expect(await source.getAttribute('href')).toMatch(/^https?:\/\//);
      expect(faults).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('the same by keyboard alone', async () => {
    const { page, context } = await served.open();
    await page.goto('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#main');
    await tabTo(page, /^XPeng$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/automakers\/xpeng$/);
    await tabTo(page, /^at least 6,006/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#proof/);
    await tabTo(page, /XPeng, as reported: 6,006 vehicles sold abroad/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/events/);
    await tabTo(page, /Electrek/);
    await context.close();
  }, 60_000);

  it('arrow keys walk through the points of a chart, and each is said', async () => {
    const { page, context } = await served.open();
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
      const { page, context, faults } = await served.open({ javaScriptEnabled });
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
      // A slow machine still reads the page when its beginning is there.
      await page.waitForLoadState();
      const text = await page.locator('main').textContent();
      expect(text).toContain(
        'Half of sales abroad: on 31 Dec 2024 there was not enough evidence to judge it',
      );
      expect(text).toContain('Because something happened');
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
      const { page, context, faults } = await served.open({ javaScriptEnabled });
      await page.goto('/log');
      await page.getByLabel('API key').fill(served.server.keys.analyst);
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
      await page.getByLabel('Whose event is it?').fill('XPeng');
      await page.getByRole('radio', { name: /Market entered/ }).check();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByLabel('URL', { exact: true }).fill('https://example.com/news');
      await page.getByLabel('Publisher', { exact: true }).fill('Example News');
      await page.getByLabel('Grade', { exact: true }).selectOption('reported');
      await page.getByLabel('Occurred on').fill('2024-05');
      await page.getByLabel('Market', { exact: true }).fill('DE');
      await page.getByRole('button', { name: 'Preview' }).click();
      expect(await page.getByRole('link', { name: /Add your source to that one/ }).count()).toBe(1);
      const market = javaScriptEnabled ? 'CL' : 'PE';
      await page.getByLabel('Market', { exact: true }).fill(market);
      await page.getByLabel('Occurred on').fill('2026-06');
      await page.getByRole('button', { name: 'Preview' }).click();
      expect(await page.locator('[data-preview]').textContent()).toContain(
        'Markets where it sells, by what is logged',
      );
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      expect(await page.getByRole('status').textContent()).toContain('Recorded');
      await page.getByRole('link', { name: 'Correct', exact: true }).click();
      await page.getByLabel('Reason').fill('It was a month later');
      await page.getByLabel('Occurred on').fill('2026-07');
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      expect(await page.locator('main').textContent()).toContain('It was a month later');
      // The error status of a refused preview is not a fault of the page.
      expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it.each([
    ['with script', true],
    ['with script off', false],
  ])(
    'the analyst imports a file, and mends what was refused in the box, %s',
    async (_, javaScriptEnabled) => {
      const { page, context, faults } = await served.open({ javaScriptEnabled });
      await page.goto('/sign-in?next=/import');
      await page.getByLabel('API key').fill(served.server.keys.analyst);
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
      const line = (market: string): string =>
        JSON.stringify({
          stream: 'automaker-xpeng',
          type: 'MarketEntered',
          occurredOn: '2026-08',
          data: { market },
          evidence: [{ url: 'https://example.com/news', publisher: 'Example News', grade: 'reported' }],
        });
      const [good, mended] = javaScriptEnabled ? ['PY', 'SR'] : ['GY', 'PA'];
      await page.getByLabel('A file').setInputFiles({
        name: 'events.jsonl',
        mimeType: 'application/jsonl',
        buffer: Buffer.from(`${line(good)}\n${line('nowhere')}\n`),
      });
      await page.getByRole('button', { name: 'Import' }).click();
      const report = page.getByRole('status');
      expect(await report.textContent()).toContain('1 recorded, 0 already recorded, 1 refused');
      const box = page.getByLabel('Or lines, pasted');
      await box.fill((await box.inputValue()).replace('nowhere', mended));
      await page.getByRole('button', { name: 'Import' }).click();
      await report.getByText('1 recorded, 0 already recorded, 0 refused').waitFor();
      expect(faults).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('the same by keyboard alone: signed in, warned of a duplicate, previewed, recorded, corrected, retracted', async () => {
    const { page, context, faults } = await served.open();
    await page.goto('/log');
    await typeInto(page, /^API key$/, served.server.keys.analyst);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/log$/);
    await typeInto(page, /^Whose event is it\?$/, 'xpeng');
    await tabTo(page, /^Automaker registered/);
    const chosen = (): Promise<string | undefined> =>
      page.evaluate(() => document.querySelector<HTMLInputElement>('input[name=type]:checked')?.value);
    for (let steps = 0; steps < 30 && (await chosen()) !== 'MarketEntered'; steps += 1)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/type=MarketEntered/);
    await typeInto(page, /^URL$/, 'https://example.com/news');
    await typeInto(page, /^Publisher$/, 'Example News');
    await typeInto(page, /Grade$/, 'r');
    await typeInto(page, /^Occurred on$/, '2024-05');
    await typeInto(page, /^Market$/, 'DE');
    await press(page, /^Preview$/);
    await page.getByRole('link', { name: /Add your source to that one/ }).waitFor();
    await typeInto(page, /^Occurred on$/, '2026-06');
    await typeInto(page, /^Market$/, 'BO');
    await press(page, /^Preview$/);
    await page.locator('[data-preview]').getByText('Markets where it sells, by what is logged').waitFor();
    await press(page, /^Record$/);
    await page.getByRole('status').getByText('Recorded').waitFor();
    await press(page, /^Correct$/);
    await page.waitForURL(/\/correct$/);
    await typeInto(page, /^Reason$/, 'It was a month later');
    await typeInto(page, /^Occurred on$/, '2026-07');
    await press(page, /^Record$/);
    await page.locator('#acts').getByText('It was a month later').waitFor();
    await press(page, /^Retract$/);
    await page.waitForURL(/\/retract$/);
    await typeInto(page, /^Reason$/, 'The paper took it back');
    await press(page, /^Record$/);
    await page.getByText('This event is retracted').waitFor();
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  }, 60_000);

  it('the audit by keyboard alone: both clocks, back to now, and what differs between two days', async () => {
    const { page, context, faults } = await served.open();
    await page.goto('/automakers/xpeng');
    await press(page, /^Look at another time$/);
    await typeInto(page, /^True on$/, '12312024');
    await page.keyboard.press('Enter');
    await page.waitForURL(/trueOn=2024-12-31/);
    expect(await page.locator('.clock-bar.past').textContent()).toContain('Not now');
    const today = new Date().toISOString().slice(0, 10);
    await press(page, /^Look at another time$/);
    await typeInto(page, /^Known on$/, `${today.slice(5, 7)}${today.slice(8)}${today.slice(0, 4)}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`trueOn=2024-12-31&knownOn=${today}`));
    await press(page, /^Go to now$/);
    await page.waitForURL(/automakers\/xpeng$/);
    await press(page, /^What changed between two dates$/);
    await page.waitForURL(/audit/);
    await page.locator('#from').focus();
    await page.keyboard.type('12312024');
    await press(page, /^Show the differences$/);
    await page.waitForURL(/from=2024-12-31/);
    await page.locator('main').getByText('Half of sales abroad').first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  }, 60_000);

  it('while one types, the event that looks the same is shown, and then the preview, by itself', async () => {
    const { page, context, faults } = await served.open();
    await page.goto('/sign-in?next=/log?type=MarketEntered%26automaker=xpeng');
    await page.getByLabel('API key').fill(served.server.keys.analyst);
    await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('URL', { exact: true }).fill('https://example.com/news');
    await page.getByLabel('Publisher', { exact: true }).fill('Example News');
    await page.getByLabel('Grade', { exact: true }).selectOption('reported');
    await page.getByLabel('Occurred on').fill('2024-05');
    await page.getByLabel('Market', { exact: true }).fill('DE');
    await page.locator('[data-preview]').getByText('Add your source to that one').waitFor();
    await page.getByLabel('Occurred on').fill('2026-06');
    await page.getByLabel('Market', { exact: true }).fill('UY');
    await page.locator('[data-preview]').getByText('Markets where it sells, by what is logged').waitFor();
    // An incomplete entry must not cause errors on the page.
    expect(faults).toEqual([]);
    await context.close();
  }, 30_000);

  it('what is typed into the log form survives a reload and another page, until it is recorded', async () => {
    const { page, context, faults } = await served.open();
    const form = '/log?type=MarketEntered&automaker=xpeng';
    await page.goto(`/sign-in?next=${encodeURIComponent(form)}`);
    await page.getByLabel('API key').fill(served.server.keys.analyst);
    await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    const url = page.getByLabel('URL', { exact: true });
    const back = page.getByText('What you had typed here is back');
    await url.fill('https://example.com/honduras');
    await page.getByLabel('Grade', { exact: true }).selectOption('reported');
    await page.getByText('More that may be told').click();
    await page.getByLabel(/^Entity/).fill('G6');
    await page.getByLabel(/Ask a second analyst/).check();
    await page.reload();
    expect(await url.inputValue()).toBe('https://example.com/honduras');
    expect(await page.getByLabel('Grade', { exact: true }).inputValue()).toBe('reported');
    expect(await page.getByLabel(/^Entity/).inputValue()).toBe('G6');
    expect(await page.getByLabel(/^Entity/).isVisible()).toBe(true);
    expect(await page.getByLabel(/Ask a second analyst/).isChecked()).toBe(true);
    expect(await back.isVisible()).toBe(true);
    await page.goto('/about');
    await page.goto('/log?type=StoreOpened&automaker=xpeng');
    expect([await url.inputValue(), await back.isVisible()]).toEqual(['', false]);
    await page.goto(form);
    await page.getByLabel('Publisher', { exact: true }).fill('Example News');
    await page.getByLabel('Occurred on').fill('Jun 2026');
    // The entry is also kept when the server refuses it.
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('alert').first().waitFor();
    await page.goto(form);
    expect(await page.getByLabel('Publisher', { exact: true }).inputValue()).toBe('Example News');
    await page.getByLabel('Market', { exact: true }).fill('Honduras');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('status').getByText('Recorded').waitFor();
    await page.goto(form);
    expect([await url.inputValue(), await back.isVisible()]).toEqual(['', false]);
    await url.fill('https://example.com/panama');
    await page.reload();
    await page.getByRole('button', { name: 'Empty the form' }).click();
    await back.waitFor({ state: 'hidden' });
    expect(await url.inputValue()).toBe('');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  }, 60_000);

  it.each([
    ['with script', true],
    ['with script off', false],
  ])(
    'what is typed into a form can be kept as a link, %s',
    async (_, javaScriptEnabled) => {
      const { page, context } = await served.open({ javaScriptEnabled });
      await page.goto('/sign-in?next=/log?type=MarketEntered%26automaker=xpeng');
      await page.getByLabel('API key').fill(served.server.keys.analyst);
      await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
      await page.getByLabel('URL', { exact: true }).fill('https://example.com/?a=1&b=ä');
      await page.getByLabel('Market', { exact: true }).fill('Honduras');
      await page.getByRole('button', { name: 'Keep as a link' }).click();
      await page.waitForURL(/draft=/);
      const link = page.url();
      await page.goto('/about');
      await page.goto(link);
      expect(await page.getByLabel('URL', { exact: true }).inputValue()).toBe('https://example.com/?a=1&b=ä');
      expect(await page.getByLabel('Market', { exact: true }).inputValue()).toBe('Honduras');
      await context.close();
    },
    30_000,
  );
});
