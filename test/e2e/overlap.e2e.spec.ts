import { startShipped } from '../pages/shipped-server.js';
import type { TestServer } from './server.js';

describe('where automakers meet, and under which conditions', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startShipped();
  }, 60_000);
  afterAll(() => server.stop());

  it('is told of each two of some automakers', async () => {
    const { status, body } = await server.get('/api/overlap?automakers=xpeng,geely,saic');
    expect(status).toBe(200);
    expect(body.pairs.map(({ automakers }: { automakers: object }) => automakers)).toEqual([
      { a: 'xpeng', b: 'geely' },
      { a: 'xpeng', b: 'saic' },
      { a: 'geely', b: 'saic' },
    ]);
    const [{ both }] = body.pairs;
    expect(both.length).toBeGreaterThan(3);
    // Each overlap is based on two events that are entries into that market.
    for (const { market, a, b, first } of both) {
      for (const { event, occurredOn } of [a, b]) {
        const { body: life } = await server.get(`/api/events/${event}`);
        expect([life.type, life.data.market, life.occurredOn]).toEqual(['MarketEntered', market, occurredOn]);
      }
      expect(['a', 'b', 'not known']).toContain(first);
    }
  });

  it('knows less in the past', async () => {
    const then = await server.get('/api/overlap?automakers=xpeng,geely&trueOn=2024-01-01');
    const now = await server.get('/api/overlap?automakers=xpeng,geely');
    expect(then.body.pairs[0].both.length).toBeLessThan(now.body.pairs[0].both.length);
  });

  it.each(['', 'automakers=xpeng', 'automakers=xpeng,xpeng', 'automakers=a,b,c,d,e,f,g', 'automakers=X,Y'])(
    'refuses %s',
    async (query) => {
      expect((await server.get(`/api/overlap?${query}`)).status).toBe(400);
    },
  );

  it('knows no automaker that is not registered', async () => {
    expect((await server.get('/api/overlap?automakers=xpeng,nobody')).status).toBe(404);
  });

  it('is a page that is reached from an automaker and from the comparison', async () => {
    expect((await server.get('/automakers/xpeng')).text).toContain('href="/overlap?automakers=xpeng"');
    expect((await server.get('/compare?automakers=xpeng,geely')).text).toMatch(
      /href="\/overlap\?automakers=xpeng%2Cgeely"/,
    );
    const { text } = await server.get('/overlap?automakers=xpeng&automakers=geely');
    expect(text).toContain('XPeng and Geely both went to');
    expect((await server.get('/overlap')).status).toBe(200);
  });

  it('says of more than two that it compares two, and leads to the others', async () => {
    const { text } = await server.get('/overlap?automakers=xpeng,geely,saic');
    expect(text).toContain('XPeng and Geely both went to');
    expect(text).toContain('This page compares two automakers. SAIC Motor was asked for, too:');
    for (const pair of ['xpeng%2Csaic', 'geely%2Csaic'])
      expect(text).toContain(`href="/overlap?automakers=${pair}"`);
  });

  it('shows a market with the conditions of its regions, what is law apart from what is proposed', async () => {
    const { body } = await server.get('/api/markets/DE');
    expect(body.regions.map(({ market }: { market: string }) => market)).toContain('EU');
    const { text } = await server.get('/markets/DE');
    expect(text).toContain('<caption>In force, by what is logged</caption>');
    // Seres is there since 2020 by rumour alone.
    expect(text).toMatch(
      /By rumour alone, Seres sells here\. The first logged entry is that of NIO, on 7 Oct 2022/,
    );
    // A duty proposed for October 2024 is no longer ahead.
    const ahead = /<caption>Proposed, or yet to take effect<\/caption>.*?<\/table>/s.exec(text)?.[0];
    expect(ahead).toContain('Local content');
    expect(ahead).not.toContain('36.3');
    expect(/<caption>Proposed for a day that is over<\/caption>.*?<\/table>/s.exec(text)?.[0]).toContain(
      '36.3',
    );
    // What is provisional applies, although it is no final law.
    const then = (await server.get('/markets/DE?trueOn=2024-08-01')).text;
    expect(/<caption>Proposed, or yet.*?<\/table>/s.exec(then)?.[0]).toContain('37.6');
    const only = await server.get('/markets/DE?automaker=xpeng');
    expect(only.text).not.toContain('Seres 3');
    expect((await server.get('/api/markets/DE?automaker=xpeng')).body.automakers).toHaveLength(1);
  });

  it('names who sells in a market by figures alone, and who is at home there', async () => {
    const { text } = await server.get('/markets/GB');
    expect(text).toMatch(/Figures tell of sales here of [^.]*SAIC Motor[^.]*, too/);
    expect(text).toContain('Sold here by figures, and no entry is logged');
    const home = (await server.get('/markets/CN')).text;
    expect(home).toContain('at home here');
    expect(home).not.toContain('Figures tell of sales here of');
    const union = (await server.get('/markets/EU')).text;
    expect(union).toContain('What is told of it as a whole');
    expect(union).not.toContain('Nobody is logged as selling');
    const both = (await server.get('/overlap?automakers=xpeng,geely')).text;
    const alone = /XPeng alone, in .*?<\/p>/s.exec(both)?.[0];
    expect(alone).toBeDefined();
    expect(alone).not.toContain('Germany');
    expect(both).toMatch(/XPeng by its entry, and Geely by its sales figures alone, in .*Germany/s);
  });

  it('compares what can be compared, on one scale', async () => {
    const { text } = await server.get('/compare?automakers=xpeng,geely,saic&measure=overseas-units');
    expect(text.match(/<figure class="chart"/g)).toHaveLength(1);
    expect(text).not.toContain('<option value="market-presence"');
    expect((await server.get('/compare?measure=market-presence')).status).toBe(400);
  });
});
