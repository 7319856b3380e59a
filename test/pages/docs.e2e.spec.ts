import { startServer, type TestServer } from '../e2e/server.js';
import { sentencesOf } from './visible-text.js';

describe('the pages about the API and the ledger', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  it('list every route with its parameters, without script', async () => {
    const { text } = await server.get('/docs');
    const { body } = await server.get('/docs/json');
    const routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.length).toBeGreaterThan(40);
    // A long path breaks between its parts, and nowhere else.
    const unbroken = text.replaceAll(/<wbr\/?>/g, '');
    for (const route of routes) expect(unbroken).toContain(`<code>${route}</code>`);
    expect(text).toMatch(/<code>GET \/api<wbr\/?>\/automakers<wbr\/?>\/\{automaker\}<\/code>/);
    expect(text).toContain('<code>publicOn</code>');
    expect(text).toContain('<link rel="stylesheet" href="/assets/');
  });

  it('let only the explorer use inline styles, and keep it light', async () => {
    const explorer = await server.get('/docs/explorer');
    expect(explorer.text).toContain('<meta name="color-scheme" content="light">');
    expect(explorer.headers.get('content-security-policy')).toContain("'unsafe-inline'");
    expect((await server.get('/docs')).headers.get('content-security-policy')).not.toContain('unsafe-inline');
  });

  it('say what the ledger is, and what it is not', async () => {
    const told = sentencesOf((await server.get('/about')).text).join(' ');
    expect(told).toContain('it holds 0 events');
    expect(told).toContain('It is not complete.');
    // Forms, the methods and this page have no data to take away.
    expect(told).toContain('Pages that show data offer it at their foot');
    expect(told).not.toContain('Every page offers');
    expect((await server.get('/')).text).toContain('href="/about"');
  });
});
