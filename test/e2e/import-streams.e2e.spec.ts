import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiKeys } from '../../src/access/api-keys.js';
import { REGISTERED, startServer, type TestServer } from './server.js';

const HEADER = 'stream,type,occurredOn,data.name,data.homeMarket,note';
const row = (name: string) => `automaker-${name},AutomakerRegistered,2001,${name},CN,a note to be cut\n`;
const json = (name: string) => `${JSON.stringify({ stream: `automaker-${name}`, ...REGISTERED })}\n`;

describe('an import over a connection that does not behave', () => {
  let server: TestServer;
  let open: Socket[];
  beforeEach(async () => {
    server = await startServer();
    open = [];
  });
  afterEach(async () => {
    for (const socket of open) socket.destroy();
    await server.stop();
  });

  /** Starts an import whose body arrives later. */
  async function begin(
    type: string,
    length: number,
    key = server.keys.analyst,
  ): Promise<{ socket: Socket; answer: Promise<string> }> {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    open.push(socket);
    const answer = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (piece) => (text += piece.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', () => undefined);
    });
    const head = [
      'POST /api/imports HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: Bearer ${key}`,
      `Content-Type: ${type}`,
      `Content-Length: ${length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    return { socket, answer };
  }

  /** Waits until the ledger contains an automaker. */
  async function recorded(name: string): Promise<void> {
    while (!(await server.get('/api/export')).text.includes(`automaker-${name}"`)) await sleep(20);
  }

  it.each([
    ['text/csv', `${HEADER}\n${row('a')}${row('b')}`, row('c')],
    ['application/x-ndjson', json('a') + json('b'), json('c')],
  ])(
    'records the whole lines of a body of %s that is cut off, and nothing of the last',
    async (type, whole, last) => {
      for (const cut of [1, last.length - 3, last.length - 1]) {
        const { socket } = await begin(type, 10_000);
        socket.write(whole + last.slice(0, cut));
        await recorded('b');
        socket.destroy();
      }
      await sleep(50);
      const exported = await server.get('/api/export');
      expect(exported.text.trim().split('\n')).toHaveLength(2);
      expect(exported.text).not.toContain('automaker-c');
    },
  );

  it('shows to others what they record, while it is open and sends nothing, or line after line', async () => {
    const { socket } = await begin('application/x-ndjson', 1_000_000);
    const trickle = setInterval(() => socket.write(json('a')), 20);
    await recorded('a');
    try {
      for (const name of ['x', 'y', 'z']) {
        expect(await server.post(`/api/automakers/${name}/events`, REGISTERED)).toMatchObject({
          status: 201,
        });
        while ((await server.get(`/api/automakers/${name}`)).status !== 200) await sleep(20);
      }
    } finally {
      clearInterval(trickle);
    }
  });

  it('ends where the server stops, records what came in, and says that it goes on from there', async () => {
    const { socket, answer } = await begin('application/x-ndjson', 1_000_000);
    socket.write(json('a') + json('b'));
    await recorded('b');
    await server.app.close();
    expect(await answer).toMatch(/^HTTP\/1.1 503 [^]*goes on where it stopped/);
  });

  it.each([
    ['sends nothing', () => undefined],
    ['goes on sending', (socket: Socket) => socket.write(json('c'))],
  ])('ends with the key that it was begun with, while it %s', async (_, goOn) => {
    const { key } = await server.app.get(ApiKeys, { strict: false }).create('leaver', 'analyst');
    const { socket, answer } = await begin('application/x-ndjson', 1_000_000, key);
    socket.write(json('a'));
    await recorded('a');
    await server.app.get(ApiKeys, { strict: false }).revoke('leaver');
    goOn(socket);
    expect(await answer).toMatch(/^HTTP\/1.1 401 [^]*was revoked meanwhile/);
    expect((await server.get('/api/export')).text).not.toContain('automaker-c');
  });

  it('does not keep the server from stopping where it ended early', async () => {
    const { socket, answer } = await begin('application/octet-stream', 100_000_000);
    const sending = setInterval(() => socket.write(Buffer.alloc(100_000)), 5);
    await sleep(50);
    await server.app.close();
    clearInterval(sending);
    expect(await answer).toMatch(/^HTTP\/1.1 415 /);
  });

  it.each([
    [{ 'Content-Type': 'application/json' }, 'application/json'],
    [{ 'Content-Type': 'multipart/form-data; boundary=x' }, 'multipart/form-data'],
    [{ 'Content-Type': 'application/x-www-form-urlencoded' }, 'x-www-form-urlencoded'],
    [{ 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' }, 'Content-Encoding "gzip"'],
    [{}, 'without Content-Type'],
  ])('is refused with what to send where it is of another kind: %j', async (headers, named) => {
    const answer = await fetch(`${server.url}/api/imports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.keys.analyst}`, ...headers } as Record<string, string>,
      body: Buffer.from('{not json'),
    });
    expect(answer.status).toBe(415);
    expect(answer.headers.get('accept-post')).toContain('text/csv');
    expect(((await answer.json()) as { detail: string }).detail).toMatch(new RegExp(`${named}.*text/csv`));
  });

  it('hands its refused lines over once, byte for byte, under their header', async () => {
    const bytes = Buffer.from(`${HEADER}\r\nautomaker-a,Caf\xe9,,,,\n`, 'latin1');
    const answer = await fetch(`${server.url}/api/imports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.keys.analyst}`, 'Content-Type': 'text/csv' },
      body: bytes,
    });
    const { refusedLines } = (await answer.json()) as { refusedLines: string };
    const init = { headers: { Authorization: `Bearer ${server.keys.analyst}` } };
    const head = await fetch(server.url + refusedLines, { ...init, method: 'HEAD' });
    expect(head.status).toBe(200);
    const lines = await fetch(server.url + refusedLines, init);
    const given = Buffer.from(await lines.arrayBuffer());
    expect(given.toString('latin1')).toBe(`${HEADER}\r\nautomaker-a,Caf\xe9,,,,\r\n`);
    while ((await fetch(server.url + refusedLines, init)).status === 200) await sleep(20);
  });
});
