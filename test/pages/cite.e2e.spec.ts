import { bibtexOf } from '../../src/pages/cite/citation.js';
import { SMALL_LEDGER } from '../cli/small-ledger.js';
import { entered, type TestServer } from '../e2e/server.js';
import { startSmall } from './small-server.js';

const PAGES = [
  '/goals',
  '/automakers/xpeng',
  '/automakers/xpeng/targets/half-overseas',
  '/automakers/xpeng/vintages?measure=overseas-units',
  '/companies',
];

describe('a citation', () => {
  let server: TestServer;
  const cited = async (of: string): Promise<Record<string, unknown>> => {
    const { status, body } = await server.get(`/cite/citation.json?of=${encodeURIComponent(of)}`);
    expect([of, status]).toEqual([of, 200]);
    return body[0];
  };
  const frozen = async (address: unknown, search = ''): Promise<string> => {
    const answer = await fetch(String(address) + search);
    expect([address, answer.status]).toEqual([address, 200]);
    return answer.text();
  };

  beforeAll(async () => {
    server = await startSmall();
  });
  afterAll(() => server.stop());

  it('names title, position, clocks, checkpoint and an address, in three formats', async () => {
    const of = encodeURIComponent('/automakers/xpeng/targets/half-overseas');
    const [item] = (await server.get(`/cite/citation.json?of=${of}`)).body;
    expect(item).toMatchObject({
      type: 'webpage',
      title: 'XPeng: Half of sales abroad',
      author: [{ literal: 'Market Expansion Tracker' }],
      issued: { 'date-parts': [[expect.any(Number), expect.any(Number), expect.any(Number)]] },
      version: String(SMALL_LEDGER.length),
    });
    const { root } = (await server.get(`/api/ledger/proofs/inclusion?position=1`)).body;
    for (const file of ['citation.txt', 'citation.bib', 'citation.json']) {
      const { text } = await server.get(`/cite/${file}?of=${of}`);
      // In a footnote it is a sentence of its own.
      const ledger = file.endsWith('.txt') ? '. Ledger' : 'ledger';
      expect(text).toContain(`${ledger} at event ${SMALL_LEDGER.length}`);
      expect(text).toContain(`checkpoint root ${String(root)}`);
      expect(text).toContain(String(item.URL));
    }
    const page = await server.get(`/cite?of=${of}`);
    expect([page.status, page.text.includes(String(item.URL))]).toEqual([200, true]);
  });

  it('is offered by each page with numbers', async () => {
    for (const path of PAGES) {
      const { text } = await server.get(path);
      const [, href = ''] = /href="(\/cite\?[^"]*)"/.exec(text) ?? [];
      expect([path, (await server.get(href.replaceAll('&amp;', '&'))).status]).toEqual([path, 200]);
    }
  });

  it('leads to the same bytes after more was recorded: pages, tables and answers', async () => {
    const addresses = await Promise.all(PAGES.map(async (path) => (await cited(path))['URL']));
    const before = await Promise.all(addresses.map((address) => frozen(address)));
    const answered = await fetch(String(addresses[0]), { redirect: 'manual' });
    const shown = answered.headers.get('location') ?? '';
    const table = (await server.get(`${shown}&csv=goals`)).text;
    const answer = (await server.get(`/api${shown}`)).text;
    for (const event of [
      entered('DK'),
      {
        type: 'FigureReported',
        occurredOn: '2026-02-01',
        data: { measure: 'overseas-units', value: 49_000, period: '2025', basis: 'deliveries' },
        evidence: [{ url: 'https://example.com/b', publisher: 'Example', grade: 'confirmed' }],
      },
      {
        type: 'EventRetracted',
        data: { event: SMALL_LEDGER[12] && '00000000-0000-4000-8000-000000000013', reason: 'Wrong' },
      },
      {
        type: 'TargetRevised',
        occurredOn: '2026-01',
        data: {
          target: 'half-overseas',
          measure: 'overseas-sales-share',
          threshold: 60,
          unit: 'percent',
          deadline: '2035',
          wording: 'Three in five from abroad',
        },
        evidence: [{ url: 'https://example.com/c', publisher: 'Example', grade: 'confirmed' }],
      },
    ]) {
      const { status, text } = await server.post('/api/automakers/xpeng/events', event);
      expect([status, text]).toEqual([201, text]);
    }
    await server.get(`/api/automakers?minPosition=${SMALL_LEDGER.length + 4}`);
    expect((await server.get('/automakers/xpeng')).text).not.toBe(before[1]);
    const after = await Promise.all(addresses.map((address) => frozen(address)));
    expect(after).toEqual(before);
    expect((await server.get(`${shown}&csv=goals`)).text).toBe(table);
    expect((await server.get(`/api${shown}`)).text).toBe(answer);
    expect((await cited(shown))['URL']).toBe(addresses[0]);
  });

  it('keeps all that was chosen in boxes of one name', async () => {
    const { URL: url } = await cited('/compare?automakers=xpeng&automakers=geely&measure=overseas-units');
    expect(new URL(String(url)).searchParams.get('automakers')).toBe('xpeng,geely');
  });

  it('keeps filters and the clocks of the page', async () => {
    const { URL: address } = await cited(
      '/goals?measure=overseas-sales-share&trueOn=2024-12-31&publicOn=2025-06-30',
    );
    expect(String(address)).toContain('measure=overseas-sales-share&trueOn=2024-12-31&publicOn=2025-06-30');
    const { headers } = await fetch(String(address), { redirect: 'manual' });
    expect(headers.get('location')).toMatch(
      /^\/goals\?measure=.*&trueOn=2024-12-31&publicOn=2025-06-30&knownOn=/,
    );
  });

  it('says so where the ledger is not the one that was cited', async () => {
    const { URL: address } = await cited('/goals');
    const other = String(address).replace(/-[\w-]{16}\//, '-AAAAAAAAAAAAAAAA/');
    const answer = await fetch(other);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringContaining('are not those that the address was made for'),
    ]);
  });

  it.each([
    ['/cite?of=https://evil.example/goals', 400],
    ['/cite?of=//evil.example/goals', 400],
    ['/cite?of=/sign-in', 400],
    ['/cite?of=/goals?trueOn=never', 400],
    ['/cite', 400],
    ['/cite?of=/automakers/nobody', 404],
    ['/cite/citation.doc?of=/goals', 404],
    ['/at/nothing/goals', 404],
    ['/at/1-AAAAAAAAAAAAAAAA//evil.example/goals', 400],
    ['/at/99999-AAAAAAAAAAAAAAAA/goals', 404],
  ])('answers %s with %i', async (path, status) => {
    expect((await server.get(path)).status).toBe(status);
  });

  it('holds nothing that TeX takes for more than a sign', () => {
    const page = {
      title: '100 % of {A} & B_1 #$~^\\',
      address: 'http://x/at/1',
      position: 1,
      recordedAt: '2026-11-30T00:00:00.000Z',
      trueOn: '2026-11-30',
      root: 'abc=',
    };
    expect(bibtexOf(page)).toContain(
      '{{100 \\% of \\{A\\} \\& B\\_1 \\#\\$\\textasciitilde{}\\textasciicircum{}\\textbackslash{}}}',
    );
  });
});
