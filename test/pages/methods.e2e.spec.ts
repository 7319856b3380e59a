import { STATUSES } from '../../src/domain/goals/status.js';
import { GLOSSARY } from '../../src/pages/methods/glossary.js';
import { startServer, type TestServer } from '../e2e/server.js';
import { startShipped } from './shipped-server.js';
import { sentencesOf } from './visible-text.js';

const idsOf = (html: string): Set<string> =>
  new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));

describe('the methods and the glossary', () => {
  let server: TestServer;
  let methods: string;
  let glossary: string;

  beforeAll(async () => {
    server = await startShipped();
    methods = (await server.get('/methods')).text;
    glossary = (await server.get('/glossary')).text;
  }, 60_000);
  afterAll(() => server.stop());

  it('tell every verdict with an example that is worked out', () => {
    const ids = idsOf(methods);
    for (const status of STATUSES) expect(ids).toContain(status);
    const told = sentencesOf(methods).join(' ').replaceAll('\u00a0', ' ');
    expect(told).toContain(
      '44,016 of 90,000 vehicles by 30 Jun 2026: 48.9 % after 49.6 % of the time. On track.',
    );
    expect(told).toContain('Of the 7.3 points');
    expect(told).toMatch(/about 29,000\s+28,000\s+30,000/);
  });

  it('are where the links of all pages lead', async () => {
    const places = { methods: idsOf(methods), glossary: idsOf(glossary) };
    const pages = [
      '/',
      '/automakers/xpeng',
      '/automakers/xpeng/targets/half-overseas',
      '/theses',
      '/goals',
      '/compare',
      '/methods',
      '/glossary',
    ];
    const led: string[] = [];
    for (const path of pages) {
      const { text } = await server.get(path);
      for (const [, page = '', id = ''] of text.matchAll(/href="\/(methods|glossary)#([^"]+)"/g)) {
        led.push(id);
        expect([path, page, id, places[page as keyof typeof places].has(id)]).toEqual([path, page, id, true]);
      }
    }
    expect(new Set(led).size).toBeGreaterThan(20);
  });

  it('leave no verdict without its explanation', async () => {
    for (const path of ['/', '/automakers/xpeng', '/goals', '/theses']) {
      const { text } = await server.get(path);
      const main = text.slice(text.indexOf('<main'));
      const badges = main.match(/<span class="badge /g) ?? [];
      expect(badges.length).toBeGreaterThan(0);
      expect([
        path,
        main.match(/<a class="rating" href="\/methods#[a-z-]+"><span class="badge /g)?.length,
      ]).toEqual([path, badges.length]);
    }
  });

  it('stand in the order of the alphabet, each term once', () => {
    const terms = GLOSSARY.map(({ term }) => term.toLowerCase());
    expect(terms).toEqual([...terms].sort((a, b) => a.localeCompare(b)));
    expect(new Set(GLOSSARY.map(({ id }) => id)).size).toBe(GLOSSARY.length);
  });

  it('need no ledger', async () => {
    const empty = await startServer();
    for (const path of ['/methods', '/glossary']) expect((await empty.get(path)).status).toBe(200);
    await empty.stop();
  });
});
