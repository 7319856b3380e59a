import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The violations that axe finds on the page with everything expanded, and whether the page is wider than the
 * window.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    // axe defines this global.
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run({ resultTypes: ['violations'] })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`,
    );
  });
  return [...(wide > 0 ? [`${wide} px wider than the window`] : []), ...violations];
}
