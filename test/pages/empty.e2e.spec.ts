import { startServer, type TestServer } from '../e2e/server.js';

describe('pages of a ledger that holds nothing', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  it.each(['/', '/timeline', '/compare'])('%s says how to begin', async (path) => {
    const { status, text } = await server.get(path);
    expect(status).toBe(200);
    expect(text).toMatch(/No automaker is registered yet\. <a href="\/log">Log an event<\/a>, or load/);
  });

  it('the timeline does not lead back to itself, and there is nobody to compare', async () => {
    expect((await server.get('/timeline')).text).not.toContain('Show all of them');
    const { text } = await server.get('/compare');
    expect(text).not.toContain('up to six');
    expect(text).not.toContain('Choose at least one automaker');
  });

  it.each(['/markets', '/audit', '/theses'])('%s is a page', async (path) => {
    expect((await server.get(path)).status).toBe(200);
  });
});
