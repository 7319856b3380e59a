import { existsSync } from 'node:fs';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import type { TestServer } from '../e2e/server.js';

const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const IS_THERE = existsSync(PATH);

/**
 * `describe` for tests in a real browser. If there is none, the tests are skipped with a message; with
 * REQUIRE_BROWSER, they fail.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  if (IS_THERE || process.env['REQUIRE_BROWSER'] === '1') {
    describe(name, tests);
    return;
  }
  process.stderr.write(
    `LEFT OUT: the browser tests of "${name}". There is no Chromium at ${PATH}: install it, or name it in CHROMIUM.\n`,
  );
  describe.skip(name, tests);
}

/** Launches a browser that only reaches the server under test. */
function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page that records its problems: console errors, requests to other hosts, and failed requests. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
}

export async function open(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      faults.push(`asked ${request.url()}`);
  });
  return { page, context, faults };
}

/** A server and a browser to open its pages. */
export interface ServedInBrowser {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Opens a page in its own browser context. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** Starts both before the tests of a block and stops them afterwards. Neither is available before that. */
export function servedInBrowser(start: () => Promise<TestServer>): ServedInBrowser {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launch()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    open: (options) => open(browser, server.url, options),
  };
}
