import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { HtmlValidate } from 'html-validate';
import { SMALL_LEDGER } from '../cli/small-ledger.js';
import { entered, type TestServer } from '../e2e/server.js';
import { startSmall } from './small-server.js';

const GOAL = 'automakers/xpeng/targets/half-overseas';
const CHARTS = [GOAL, 'automakers/xpeng/years/overseas-units', 'markets', 'timeline'];

/** The main colour of each picture. */
const COLOURS: Readonly<Record<string, string>> = {
  [GOAL]: '#a8440c',
  'automakers/xpeng/years/overseas-units': '#0b5e63',
  markets: '#e6e2d7',
  timeline: '#0b5e63',
};

/** Number of pixels of a picture that have a colour. */
function pixelsOf(svg: string, colour: string): number {
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  const wanted = Number.parseInt(`${colour.slice(1)}ff`, 16);
  let count = 0;
  for (let at = 0; at + 4 <= pixels.length; at += 4) if (pixels.readUInt32BE(at) === wanted) count += 1;
  return count;
}

const yearly = (year: number, threshold: number) => ({
  type: 'TargetSet',
  occurredOn: `${year - 1}-12-20`,
  data: {
    target: `abroad-${year}`,
    measure: 'overseas-units',
    kind: 'amount',
    period: String(year),
    threshold,
    unit: 'units',
    basis: 'deliveries',
    wording: `${threshold} abroad in ${year}`,
  },
  evidence: [{ url: `https://example.com/${year}`, publisher: 'Example', grade: 'confirmed' }],
});

/** Width, height and pixels of a PNG with eight bits per channel, as far as the test needs them. */
function pngSize(png: Buffer): { width: number; height: number; colours: number } {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.subarray(at + 4, at + 8).toString() === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return { width, height, colours: new Set(inflateSync(Buffer.concat(data))).size };
}

describe('the charts of pages, for elsewhere', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startSmall();
    for (const event of [yearly(2024, 20_000), yearly(2025, 50_000)]) {
      const { status, text } = await server.post('/api/automakers/xpeng/events', event);
      expect([status, text]).toEqual([201, text]);
    }
    await server.get(`/api/automakers?minPosition=${SMALL_LEDGER.length + 2}`);
  });
  afterAll(() => server.stop());

  it.each(CHARTS)('%s is an SVG with source and day inside, which reads nothing else', async (chart) => {
    for (const room of ['wide', 'narrow']) {
      const { status, text, headers } = await server.get(`/charts/${chart}.svg?room=${room}`);
      expect([chart, status]).toEqual([chart, 200]);
      expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
      expect(text).toMatch(/Market\b[^<]*\bExpansion|Market Expansion Tracker/);
      expect(text.replaceAll(/<[^>]*>/g, ' ')).toContain(new Date().getUTCFullYear().toString());
      expect(text).not.toContain('display');
      expect(pixelsOf(text, COLOURS[chart] ?? '')).toBeGreaterThan(100);
      expect(text).not.toMatch(/var\(--|undefined|NaN|<script|href=|url\((?!#)/);
      const named = [...text.matchAll(/url\(#([^)]+)\)/g)].map(([, id = '']) => id);
      expect(named.filter((id) => !text.includes(`id="${id}"`))).toEqual([]);
    }
  });

  it.each(CHARTS)('%s is a PNG with something drawn on it', async (chart) => {
    const answer = await fetch(`${server.url}/charts/${chart}.png`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const { width, height, colours } = pngSize(Buffer.from(await answer.arrayBuffer()));
    expect(width).toBeGreaterThan(1200);
    expect(height).toBeGreaterThan(300);
    expect(colours).toBeGreaterThan(20);
  });

  it.each(CHARTS)('%s is framed by others, without script; nothing else is', async (chart) => {
    const { status, text, headers } = await server.get(`/embed/${chart}`);
    expect([chart, status]).toEqual([chart, 200]);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain('frame-ancestors *');
    expect(policy).toContain("script-src 'none'");
    expect(headers.get('x-frame-options')).toBeNull();
    expect(text).not.toContain('<script');
    expect(text).toContain('Market Expansion Tracker, as of');
    const report = await new HtmlValidate({ extends: ['html-validate:recommended'] }).validateString(text);
    const faults = report.results.flatMap(({ messages }) =>
      messages
        .filter(
          ({ ruleId }) =>
            !/^(no-inline-style|long-title|svg-focusable|void-style|no-trailing|doctype-style)/.test(ruleId),
        )
        .map(({ ruleId, message }) => `${ruleId}: ${message}`),
    );
    expect(faults).toEqual([]);
    for (const path of ['/', '/goals', `/charts/${chart}.svg`, '/oembed?url=x', '/api/goals', '/docs']) {
      const other = (await server.get(path)).headers.get('content-security-policy') ?? '';
      expect([path, other]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
    }
  });

  it('stay as they stood where the clocks say so', async () => {
    const { recordedAt } = (await server.get('/api/events?order=recorded&limit=1')).body.events[0];
    const frozen = `/embed/${GOAL}?knownOn=${recordedAt}&trueOn=${recordedAt.slice(0, 10)}`;
    const before = await server.get(frozen);
    expect(before.text).toContain('nothing recorded later');
    const { status } = await server.post('/api/automakers/xpeng/events', [
      entered('DK'),
      {
        type: 'FigureReported',
        occurredOn: '2026-02-01',
        data: { measure: 'overseas-units', value: 5000, period: '2026-01', basis: 'deliveries' },
        evidence: [{ url: 'https://example.com/b', publisher: 'Example', grade: 'confirmed' }],
      },
    ]);
    expect(status).toBe(201);
    await server.get(`/api/automakers?minPosition=${SMALL_LEDGER.length + 4}`);
    expect((await server.get(frozen)).text).toBe(before.text);
    const cite = await server.get(`/cite?of=/${GOAL}`);
    expect(cite.text).toContain(`/embed/${GOAL}`);
    expect(cite.text).toContain('knownOn=');
  });

  it('are described to sites that ask (oEmbed), and found from the page', async () => {
    const { text } = await server.get(`/${GOAL}`);
    const [, href = ''] = /type="application\/json\+oembed"[^>]* href="([^"]*)"/.exec(text) ?? [];
    const { body } = await server.get(href.replaceAll('&amp;', '&'));
    expect(body).toMatchObject({ version: '1.0', type: 'rich', width: 640, height: 480 });
    const [, src = ''] = /src="([^"]*)"/.exec(String(body.html)) ?? [];
    expect((await fetch(src)).status).toBe(200);
    const picture = await fetch(String(body.thumbnail_url));
    const size = pngSize(Buffer.from(await picture.arrayBuffer()));
    expect([size.width, size.height]).toEqual([body.thumbnail_width, body.thumbnail_height]);
    const small = (await server.get(`${href.replaceAll('&amp;', '&')}&maxwidth=320`)).body;
    expect([small.width, small.html]).toEqual([320, expect.stringContaining('width="320"')]);
  });

  it('are on the card that others show of a page', async () => {
    for (const path of [`/${GOAL}`, '/automakers/xpeng', '/markets', '/', '/timeline']) {
      const { text } = await server.get(path);
      const [, image = ''] = /property="og:image" content="([^"]*)"/.exec(text) ?? [];
      const answer = await fetch(image.replaceAll('&amp;', '&'));
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'image/png']);
      expect(text).toMatch(/property="og:title" content="[^"]+"/);
    }
  });

  it.each([
    ['/charts/nothing.svg', 404],
    [`/charts/${GOAL}`, 404],
    ['/charts/automakers/nobody/targets/x.png', 404],
    ['/charts/automakers/geely/years/overseas-units.svg', 404],
    ['/charts/markets.svg?trueOn=never', 400],
    ['/embed/nothing', 404],
    ['/oembed', 400],
    ['/oembed?url=https://evil.example/markets', 404],
    ['/oembed?format=xml&url=/markets', 501],
  ])('answer %s with %i', async (path, status) => {
    expect((await server.get(path)).status).toBe(status);
  });
});
