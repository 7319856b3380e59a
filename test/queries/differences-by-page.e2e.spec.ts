import { randomLines } from '../../bench/random-ledger.mjs';
import { startServer, type TestServer } from '../e2e/server.js';

const [A_MAKER, MAKERS] = [1500, 4];

/** What a page compares is bounded by events, because an automaker of many takes as long as many automakers. */
describe('differences of automakers with many events', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const lines = [...randomLines(A_MAKER * MAKERS, { active: MAKERS, perAutomaker: A_MAKER })];
    const { status } = await server.post(
      '/api/imports',
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      { 'Content-Type': 'application/x-ndjson' },
    );
    expect(status).toBe(200);
    await server.get(`/api/views?minPosition=${lines.length}`);
  }, 120_000);
  afterAll(() => server.stop());

  it('come in pages that end early, and lead to each automaker once', async () => {
    const pages: string[][] = [];
    for (let cursor = ''; ;) {
      const { body } = await server.get(`/api/differences?from=2020-01-01&to=2020-01-31${cursor}`);
      pages.push(body.automakers.map(({ automaker }: { automaker: string }) => automaker));
      if (body.next === undefined) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(pages).toEqual([['maker-0', 'maker-1', 'maker-2'], ['maker-3']]);
  });

  it('keep to the limit where that ends a page sooner', async () => {
    const { body } = await server.get('/api/differences?from=2020-01-01&to=2020-01-31&limit=1');
    expect(body).toMatchObject({ automakers: [{ automaker: 'maker-0' }], next: 'maker-0' });
  });
});
