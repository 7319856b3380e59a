import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkSource, type CheckedSource } from '../../src/source-check/check-source.js';
import { checkSources } from '../../src/source-check/check-sources.js';
import { sourcesOf } from '../../src/source-check/sources-of.js';
import { commandLine } from '../cli/command-line.js';
import { recordedEvent, registered } from '../domain/given-when-then.js';
import { correctEvidence, entered, moreEvidence } from '../domain/sample-events.js';

const NEVER = new AbortController().signal;

describe('sources of events', () => {
  let server: Server;
  let url: string;
  let asked: { method: string; path: string; at: number }[];
  let open = 0;
  let most = 0;

  beforeEach(async () => {
    asked = [];
    [open, most] = [0, 0];
    server = createServer((request, response) => {
      const { method = '', url: path = '' } = request;
      asked.push({ method, path, at: Date.now() });
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        const [, status = '200', to] = path.split('/');
        const isHead = method === 'HEAD';
        if (path === '/head-refused') response.writeHead(isHead ? 405 : 200);
        else if (path === '/head-lies') response.writeHead(isHead ? 404 : 200);
        else if (path === '/round') response.writeHead(302, { Location: '/round' });
        else response.writeHead(Number(status), to === undefined ? {} : { Location: decodeURIComponent(to) });
        response.end();
      }, 5);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ['/200', 'there'],
    ['/204', 'there'],
    ['/404', 'gone'],
    ['/410', 'gone'],
    ['/403', 'refused'],
    ['/429', 'refused'],
    ['/500', 'failing'],
    ['/302/%2F200', 'there'],
    ['/301/%2F200', 'moved'],
    ['/308/%2F301%2F%252F200', 'moved'],
    ['/302/%2F301%2F%252F200', 'there'],
    ['/301/%2F404', 'gone'],
    ['/301/ftp:%2F%2Fexample.org', 'unreachable'],
    ['/301/http:%2F%2F10.0.0.1%2F', 'unreachable'],
    ['/301/http:%2F%2F169.254.169.254%2Flatest', 'unreachable'],
    ['/round', 'failing'],
    ['/head-refused', 'there'],
    ['/head-lies', 'there'],
  ])('answered as %s are %s', async (path, state) => {
    expect((await checkSource(url + path, NEVER)).state).toBe(state);
  });

  it('tell where they have moved for good', async () => {
    expect(await checkSource(`${url}/308/%2F301%2F%252F200`, NEVER)).toEqual({
      url: `${url}/308/%2F301%2F%252F200`,
      state: 'moved',
      movedTo: `${url}/200`,
      status: 200,
    });
  });

  it.each([
    'http://10.1.2.3/',
    'http://[fd00::1]/',
    'http://192.168.0.1/',
    'ftp://example.org',
    'javascript:1',
  ])('are not asked for at %s', async (address) => {
    const { state, reason } = await checkSource(address, NEVER);
    expect([state, reason]).toEqual(['unreachable', expect.stringMatching(/no address of/)]);
  });

  it('are asked for one after the other where one server has them, each once, with a pause', async () => {
    const checked: CheckedSource[] = [];
    await checkSources([`${url}/200`, `${url}/404`, `${url}/200`, 'http://10.0.0.1/'], {
      signal: NEVER,
      pauseMs: 60,
      onChecked: (each) => void checked.push(each),
    });
    expect(checked.map(({ state }) => state).sort()).toEqual(['gone', 'there', 'unreachable']);
    expect(most).toBe(1);
    const [first, second] = asked;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(55);
  });

  it('are asked for no more once it is told to end', async () => {
    const stopping = new AbortController();
    await checkSources([`${url}/200`, `${url}/404`, `${url}/500`], {
      signal: stopping.signal,
      onChecked: () => stopping.abort(),
    });
    expect(asked).toHaveLength(1);
  });

  it('are those of events and of added evidence, each with the events that rest on it', async () => {
    const proposals = [registered, entered('2021'), entered('2022', 'SE'), moreEvidence(1)];
    const events = proposals.map((each, index) => ({ ...recordedEvent(index, each), position: index + 1 }));
    async function* all() {
      for (const event of events) yield await Promise.resolve(event);
    }
    const sources = await sourcesOf(all());
    expect(
      sources.map(({ events: resting }) => resting.map((id) => events.findIndex((e) => e.id === id))),
    ).toEqual([[0, 1, 2], [1]]);
  });

  it('are those that were put right, and no more what was wrong', async () => {
    const proposals = [
      registered,
      entered('2021'),
      correctEvidence(1, 'https://example.com/source', { url: 'https://example.com/right' }),
    ];
    const events = proposals.map((each, index) => ({ ...recordedEvent(index, each), position: index + 1 }));
    async function* all() {
      for (const event of events.slice(1)) yield await Promise.resolve(event);
    }
    expect((await sourcesOf(all())).map(({ url }) => url)).toEqual(['https://example.com/right']);
  });

  it('are told on the command line, those that are there left out', async () => {
    const line = commandLine();
    const event = (path: string, market: string) =>
      JSON.stringify({
        stream: 'automaker-acme',
        type: 'MarketEntered',
        occurredOn: '2024',
        data: { market },
        evidence: [{ url: url + path, publisher: 'Example', grade: 'reported' }],
      });
    const acme = JSON.stringify({
      stream: 'automaker-acme',
      type: 'AutomakerRegistered',
      occurredOn: '2010',
      data: { name: 'Acme', homeMarket: 'CN' },
    });
    const file = line.file('acme.jsonl', [acme, event('/200', 'NO'), event('/404', 'SE')].join('\n'));
    await line.tracker('import', file);
    const { code, stdout, stderr } = await line.tracker('check-sources', '--automaker', 'acme');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('2 sources asked for: 1 there, 0 moved, 1 gone'),
    ]);
    expect(stdout).toContain(`${url}/404`);
    expect(stdout).not.toContain(`${url}/200`);
    expect((await line.tracker('check-sources', '--limit', '0')).code).toBe(1);
    const { json } = await line.tracker('check-sources', '--after', `${url}/200`, '--json');
    expect(json.sources).toMatchObject([{ url: `${url}/404`, state: 'gone', status: 404 }]);
    await line.remove();
  });
});
