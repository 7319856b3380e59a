import type { TestServer } from '../e2e/server.js';
import { startSmall } from './small-server.js';

describe('partners on pages', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startSmall();
  });
  afterAll(() => server.stop());

  const linksIn = (html: string): string[] =>
    [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

  it.each([
    ['/markets/NO', 'ZEM'],
    ['/markets/SE', 'Bilia "AB", Göteborg'],
    ['/search?q=bilia', 'Bilia "AB", Göteborg'],
  ])('of %s lead to the page of the company %s', async (path, partner) => {
    const { text } = await server.get(path);
    const href = `/companies/${encodeURIComponent(partner)}`;
    expect(linksIn(text)).toContain(href);
    expect((await server.get(href)).status).toBe(200);
  });

  it('a market page names its feed, in its head for programs and at its foot for people', async () => {
    const { text } = await server.get('/markets/NO');
    expect(text).toMatch(
      /<link rel="alternate" type="application\/atom\+xml" title="Norway \(Atom\)" href="\/feeds\/events.atom\?market=NO"/,
    );
    expect(text).toMatch(/<a href="\/feeds\/events.json\?market=NO"/);
    expect((await server.get('/feeds/events.atom?market=NO')).text).toContain(
      '<title>Events: Norway</title>',
    );
  });

  it('a search is no data set to search engines, and a filtered page is one of its own address', async () => {
    expect((await server.get('/search?q=norway')).text).not.toContain('application/ld+json');
    const { text } = await server.get('/timeline?automaker=xpeng');
    const dataset: unknown = JSON.parse(/application\/ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? '{}');
    expect(dataset).toMatchObject({ '@type': 'Dataset', url: `${server.url}/timeline?automaker=xpeng` });
  });
});
