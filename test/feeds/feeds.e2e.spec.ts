import { jest } from '@jest/globals';
import { Clock } from '../../src/clock/clock.js';
import { toAtom } from '../../src/feeds/atom.js';
import { entered, REGISTERED, startServer, type TestServer } from '../e2e/server.js';

const namesIn = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);

describe('feeds', () => {
  let server: TestServer;
  let position = 0;
  const record = async (event: object): Promise<void> => {
    const { status, body, text } = await server.post('/api/automakers/xpeng/events', event);
    expect([status, text]).toEqual([201, text]);
    position = Number(JSON.stringify(body).match(/"position":(\d+)/)?.[1] ?? position);
    await server.get(`/api/automakers?minPosition=${position}`);
  };

  beforeAll(async () => {
    server = await startServer();
    await record(REGISTERED);
    await record({ ...entered('NO'), note: 'With <b>tags</b> & "quotes"' });
    await record(entered('SE'));
  });
  afterAll(() => server.stop());

  it('tells what the ledger learned last, newest first, the same in both formats', async () => {
    const atom = await server.get('/feeds/events.atom?automaker=xpeng');
    const json = await server.get('/feeds/events.json?automaker=xpeng');
    expect(atom.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(json.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    const [, ...titles] = namesIn(atom.text, 'title');
    expect(titles).toEqual(json.body.items.map(({ title }: { title: string }) => title));
    expect(titles[0]).toMatch(/Sweden/);
    const { events } = (await server.get('/api/events?order=recorded')).body;
    expect(json.body.items.map(({ id }: { id: string }) => id)).toEqual(
      events.map(({ id }: { id: string }) => `urn:uuid:${id}`),
    );
    expect(json.body.version).toBe('https://jsonfeed.org/version/1.1');
  });

  it('has what Atom demands of a feed and of each entry, and no markup of the ledger', async () => {
    const { text } = await server.get('/feeds/events.atom');
    const [head = '', ...entries] = text.split('<entry>');
    for (const part of [head, ...entries])
      for (const name of ['id', 'title', 'updated']) expect(part).toContain(`<${name}>`);
    expect(head).toMatch(/<link rel="self" href="http:\/\/127\.0\.0\.1:\d+\/feeds\/events\.atom"/);
    expect(text).toContain('With &lt;b&gt;tags&lt;/b&gt; &amp; &quot;quotes&quot;');
    expect(text).not.toContain('<b>');
  });

  it('answers 304 until something is learned, and keeps the ids of what it told', async () => {
    const first = await server.get('/feeds/events.json?market=NO');
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(`${server.url}/feeds/events.json?market=NO`, {
      headers: { 'If-None-Match': etag },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const { id } = (await server.get('/api/events?market=NO')).body.events[0];
    await record({ type: 'EventRetracted', data: { event: id, reason: 'It was a rumour' } });
    const after = await server.get('/feeds/events.json?market=NO');
    expect(after.headers.get('etag')).not.toBe(etag);
    const ids = after.body.items.map((item: { id: string }) => item.id);
    expect(ids).toContain(first.body.items[0].id);
    const corrections = (await server.get('/feeds/corrections.json')).body.items;
    expect(corrections).toHaveLength(1);
  });

  it('tells of sources that were put right among the corrections', async () => {
    const [{ id, evidence }] = (await server.get('/api/events?market=SE')).body.events;
    const [source] = evidence;
    await record({
      type: 'EvidenceCorrected',
      data: {
        event: id,
        url: source.url,
        replacement: { ...source, publishedOn: '2024-01-02' },
        reason: 'The page is older',
      },
    });
    const [newest] = (await server.get('/feeds/corrections.json')).body.items;
    expect(newest.title).toContain('The page is older');
  });

  it('leads from one part to the next', async () => {
    const { text } = await server.get('/feeds/events.atom?limit=1');
    const [, next = ''] = /<link rel="next" href="([^"]*)"/.exec(text) ?? [];
    const second = await fetch(next.replaceAll('&amp;', '&'));
    expect(second.status).toBe(200);
    expect(namesIn(await second.text(), 'id')).not.toEqual(namesIn(text, 'id'));
    const { body } = await server.get('/feeds/events.json?limit=1');
    expect((await fetch(String(body.next_url))).headers.get('content-type')).toMatch(/feed\+json/);
  });

  it('tells which goals have gone quiet, and stays the same while they are', async () => {
    await record({
      type: 'TargetSet',
      occurredOn: '2019-01-05',
      data: {
        target: 'half-overseas',
        measure: 'overseas-sales-share',
        threshold: 50,
        unit: 'percent',
        wording: 'Half of sales abroad',
      },
      evidence: [{ url: 'https://example.com/goal', publisher: 'Example', grade: 'reported' }],
    });
    const { body, text } = await server.get('/feeds/quiet-goals.json');
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['XPeng: a goal has gone quiet']);
    expect((await server.get('/feeds/quiet-goals.json')).text).toBe(text);
  });

  it('tells which verdicts changed: not of what is new, nor by time alone', async () => {
    const goal = {
      type: 'TargetSet',
      occurredOn: '2025-01-05',
      data: {
        target: 'abroad-2025',
        measure: 'overseas-units',
        kind: 'amount',
        period: '2025',
        threshold: 40_000,
        unit: 'units',
        basis: 'deliveries',
        wording: '40,000 abroad in 2025',
      },
      evidence: [{ url: 'https://example.com/goal-2', publisher: 'Example', grade: 'confirmed' }],
    };
    await record(goal);
    expect((await server.get('/feeds/verdicts.json')).body.items).toEqual([]);
    // The goal was recorded earlier, so today's figure is news about a known goal.
    const past = await startServer();
    try {
      const clock = past.app.get(Clock, { strict: false });
      const yesterday = new Date(Date.now() - 86_400_000).toISOString();
      const spy = jest.spyOn(clock, 'now').mockReturnValue(yesterday);
      for (const event of [REGISTERED, goal])
        expect((await past.post('/api/automakers/xpeng/events', event)).status).toBe(201);
      spy.mockRestore();
      const { status } = await past.post('/api/automakers/xpeng/events', {
        type: 'FigureReported',
        occurredOn: '2026-01-02',
        data: { measure: 'overseas-units', value: 45_008, period: '2025', basis: 'deliveries' },
        evidence: [{ url: 'https://example.com/f', publisher: 'Example', grade: 'confirmed' }],
      });
      expect(status).toBe(201);
      await past.get('/api/automakers?minPosition=3');
      const { body, text } = await past.get('/feeds/verdicts.json');
      expect(body.items).toEqual([
        expect.objectContaining({
          id: expect.stringMatching(
            /^urn:market-expansion-tracker:verdict:xpeng:abroad-2025:\d{4}-\d\d-\d\d$/,
          ),
          title: expect.stringMatching(/^XPeng: another verdict on /),
          content_text: expect.stringMatching(/^Now: .* Before: /),
        }),
      ]);
      const [change] = (await past.get('/api/goals/verdict-changes?automaker=xpeng')).body.changes;
      expect([change.before.status, change.after.status]).toEqual(['not-enough-evidence', 'achieved']);
      expect((await past.get('/feeds/verdicts.json')).text).toBe(text);
      expect((await past.get('/feeds/verdicts.atom?automaker=geely')).text).not.toContain('<entry>');
      expect((await past.get('/goals')).text).toContain('href="/feeds/verdicts.atom"');
    } finally {
      await past.stop();
    }
  });

  it('is found from the page that shows the same', async () => {
    for (const path of ['/timeline?automaker=xpeng', '/automakers/xpeng']) {
      const { text } = await server.get(path);
      const [, href = ''] = /<link rel="alternate" type="application\/atom\+xml"[^>]* href="([^"]*)"/.exec(
        text,
      ) ?? [''];
      expect(href).toContain('automaker=xpeng');
      expect((await server.get(href.replaceAll('&amp;', '&'))).status).toBe(200);
    }
  });

  it.each([
    ['/feeds/nothing.atom', 404],
    ['/feeds/events.rss', 404],
    ['/feeds/events.atom?type=Nothing', 400],
  ])('answers %s with %i', async (path, expected) => {
    expect((await server.get(path)).status).toBe(expected);
  });

  it('is well formed whatever texts hold', () => {
    const xml = toAtom({
      id: 'urn:x',
      title: 'a\u0000b\u{d800}<]]>',
      site: 'https://example.com',
      self: '/feeds/events.atom?a=1&b=2',
      page: '/timeline',
      items: [],
    });
    expect(xml).toContain('<title>ab&lt;]]&gt;</title>');
    expect(xml).toContain('a=1&amp;b=2');
    expect(xml).toContain('<updated>1970-01-01T00:00:00.000Z</updated>');
  });
});
