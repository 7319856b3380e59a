import { gzipSync } from 'node:zlib';
import { SCRIPT_NAMES } from '../../src/pages/assets.js';
import { REGISTERED, SOURCE, startServer, type TestServer } from '../e2e/server.js';
import { sentencesOf } from './visible-text.js';

const HOSTILE = `<script>alert("x")</script>'"&<img src=x onerror=alert(1)>`;

describe('pages', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const target = {
      target: 'half-overseas',
      measure: 'overseas-sales-share',
      threshold: 50,
      unit: 'percent',
      deadline: '2030/2033',
      wording: HOSTILE,
    };
    const figure = (measure: string, value: number) => ({
      type: 'FigureReported',
      occurredOn: '2026-01',
      data: { measure, value, period: '2025', basis: 'deliveries' },
      evidence: [{ ...SOURCE[0], publisher: HOSTILE, quote: HOSTILE }],
    });
    const { status } = await server.post('/api/automakers/xpeng/events', [
      REGISTERED,
      { type: 'TargetSet', occurredOn: '2024', data: target, evidence: SOURCE },
      figure('overseas-units', 45_008),
      figure('total-units', 429_445),
      {
        type: 'MarketEntered',
        occurredOn: '2021',
        data: { market: 'NO', partner: HOSTILE },
        evidence: SOURCE,
      },
    ]);
    expect(status).toBe(201);
  });
  afterAll(() => server.stop());

  it('a target that nothing recorded speaks to has a page', async () => {
    const data = {
      target: 'malaysia-units',
      measure: 'market-units',
      market: 'MY',
      threshold: 100_000,
      unit: 'units',
      wording: 'a hundred thousand a year',
    };
    const { status, body } = await server.post('/api/automakers/nio/events', [
      REGISTERED,
      { type: 'TargetSet', occurredOn: '2024', data, evidence: SOURCE },
    ]);
    expect([status, body.errors]).toEqual([201, undefined]);
    await server.get(`/api/automakers?minPosition=${body.position}`);
    expect((await server.get('/automakers/nio/targets/malaysia-units')).status).toBe(200);
  });

  it.each([
    '/',
    '/automakers/xpeng',
    '/automakers/xpeng/targets/half-overseas',
    '/markets',
    '/markets/NO',
    '/timeline',
    '/timeline?type=MarketEntered&order=recorded',
    '/compare',
    '/theses',
    '/compare?automakers=xpeng&measure=overseas-units',
    '/audit',
    '/audit?automaker=xpeng&from=2020-01-01',
  ])('%s is an HTML page that names its data as JSON, and shows hostile text as text', async (path) => {
    const { status, headers, text } = await server.get(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<link rel="alternate" type="application/json" href="/api/');
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img');
  });

  it('the share stands on the front page with its value for programs', async () => {
    const { text } = await server.get('/');
    expect(text).toContain('value="10.480503906204518" data-from="/api/verdicts"');
  });

  it('an event tells its life, its sources, and what rests on it, as text', async () => {
    const { body } = await server.get('/api/events?type=FigureReported&limit=1');
    const { text } = await server.get(`/events/${body.events[0].id}`);
    expect(text).toContain('Half of sales abroad</a>: newest figure');
    expect(text).toContain('&lt;script>alert');
  });

  it('what was left empty in a form of filters is left out', async () => {
    const { status, text } = await server.get(
      '/timeline?automaker=&type=MarketEntered&market=&trueOn=&knownOn=',
    );
    expect(status).toBe(200);
    expect(text).toContain('XPeng entered Norway');
  });

  it('a market of a filter is one by its name, and shown so', async () => {
    for (const market of ['Norway', 'NO']) {
      const { text } = await server.get(`/timeline?market=${market}`);
      expect(text).toContain('XPeng entered Norway');
      expect(text).toContain('value="Norway"');
    }
  });

  it('an address with a word that it does not take leads to the page without it, codes folded', async () => {
    const { status, text } = await server.get('/compare?measure=bad&automakers=xpeng');
    expect(status).toBe(400);
    expect(text).toContain('Not understood in the address: measure.');
    expect(text).toContain('<a href="/compare?automakers=xpeng">This page without it</a>');
    expect(text.slice(0, text.indexOf('<summary>What is wrong in it'))).not.toContain('overseas-units');
  });

  it('a percentage stays on one line in a sentence, and as it was typed in a form', async () => {
    const { text } = await server.get('/methods');
    expect(text).toMatch(/\d\u00a0%/);
    expect(text.replaceAll(/<[^>]*>/g, '')).not.toMatch(/\d %/);
    const form = await server.get(`/search?q=${encodeURIComponent('50 %')}`);
    expect(form.text).toContain('value="50 %"');
  });

  it('an address that nothing answers gets a page from a browser, and a problem from a program', async () => {
    const page = await fetch(`${server.url}/nothing`, { headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const problem = await server.get('/nothing');
    expect(problem.headers.get('content-type')).toBe('application/problem+json');
  });

  it('the audit tells why a number differs, and that the ledger agrees with its checkpoints', async () => {
    const { text } = await server.get('/audit?automaker=xpeng&from=2020-01-01');
    expect(text).toContain('Because something happened');
    expect(text).toContain('Half of sales abroad</a>: no such goal on 1 Jan 2020; on ');
    expect(text).toMatch(
      />there is not enough evidence to judge it<\/strong>\. Its newest figure is [\d.]+\u00a0%, where there was none\./,
    );
    expect(text).toContain('<code>targets.half-overseas.value</code>');
    expect(text).toContain('agrees with every checkpoint');
  });

  it('boxes that were ticked choose the automakers of a comparison', async () => {
    const { status, text } = await server.get(
      '/compare?automakers=xpeng&automakers=xpeng&measure=overseas-units',
    );
    expect(status).toBe(200);
    expect(text).toContain('data-from="/api/compare?automakers=xpeng&amp;measure=overseas-units"');
  });

  it('tables of a page are files too; cells that a spreadsheet would run are text', async () => {
    const { headers, text } = await server.get('/automakers/xpeng?csv=goals');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n')[0]).toBe('Target,Measure,Status,At least,At most,Goal,Unit,Deadline,Wording');
    expect(text).toContain('half-overseas,overseas-sales-share,');
  });

  it('an older page is what the ledger knew then, and says so', async () => {
    const { text } = await server.get('/automakers/xpeng?trueOn=2024-12-31');
    expect(text).toContain('Not now.');
    expect(text).toContain('href="/automakers/xpeng/targets/half-overseas?trueOn=2024-12-31"');
    expect(text).not.toContain('45,008');
  });

  it.each([
    ['/automakers/nobody', 404],
    ['/automakers/xpeng/targets/none', 404],
    ['/automakers/xpeng?trueOn=yesterday', 400],
    ['/automakers/xpeng?csv=none', 404],
    ['/markets/norway', 404],
    ['/events/none', 404],
    ['/compare?automakers=a,b,c,d,e,f,g', 400],
    ['/audit?from=soon', 400],
    ['/audit?automaker=nobody', 404],
  ])('%s is an error with a page of its own (%i)', async (path, status) => {
    const answer = await server.get(path);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain('<h1>');
  });

  it('is not sent again to whoever has it', async () => {
    const first = await server.get('/');
    const again = await fetch(`${server.url}/`, {
      headers: { 'If-None-Match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('asks for at most 30 KB of script in all, as gzip', async () => {
    const { text } = await server.get('/');
    const [folder = ''] = /\/assets\/[\w-]+/.exec(text) ?? [];
    const sent = await Promise.all(
      SCRIPT_NAMES.map(async (name) => gzipSync((await server.get(`${folder}/${name}`)).text).length),
    );
    expect(Math.min(...sent)).toBeGreaterThan(0);
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(30_000);
  });

  it('allows no inline script or style on any page, and none is there', async () => {
    for (const path of ['/', '/automakers/xpeng', '/log', '/sign-in', '/nothing', '/automakers/nobody']) {
      const { headers, text } = await server.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")]);
      expect(policy).not.toContain('unsafe');
      expect(text).not.toMatch(
        /<style|\sstyle="|\son[a-z]+="|<script(?![^>]* src=)(?! type="application\/ld\+json">)/,
      );
    }
  });

  it('keeps its files for ever, and lets no other host take part', async () => {
    const { text, headers } = await server.get('/');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';style-src 'self'");
    const css = /href="(\/assets\/[^"]+site\.css)"/.exec(text)?.[1] ?? '';
    const asset = await fetch(server.url + css);
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(text.match(/(src|href)="https?:/g)).toBeNull();
  });

  it('a plant that ended and started again has started on its first day', async () => {
    const plant = (type: string, occurredOn: string, data: object) => ({
      type,
      occurredOn,
      data: { site: 'zhodino', ...data },
      evidence: SOURCE,
    });
    const { status, body } = await server.post('/api/automakers/resumed/events', [
      { ...REGISTERED, data: { ...REGISTERED.data, name: 'Resumed' } },
      plant('ProductionStarted', '2017-11-17', { name: 'Zhodino', market: 'BY' }),
      plant('ProductionEnded', '2022-03', { reason: 'No supplies' }),
      plant('ProductionStarted', '2022-09', { market: 'BY' }),
    ]);
    expect([status, body.errors]).toEqual([201, undefined]);
    const told = async (path: string): Promise<string> =>
      sentencesOf((await server.get(`${path}?minPosition=${body.position}`)).text).join(' ');
    expect(await told('/automakers/resumed')).toMatch(/17 Nov 2017 ?, again Sept 2022/);
    expect(await told('/markets/BY')).toMatch(/started on 17 Nov 2017 ?, again in Sept 2022/);
  });
});
