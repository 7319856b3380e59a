import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { createDatabase, describeOnPostgres } from '../postgres.js';
import { Wire } from '../read-model/wire.js';
import { NodeProcess } from './node-process.js';
import { REGISTERED } from './server.js';

/** Maximum duration of a stop. Without a deadline, a stop would wait until clients time out. */
const STOPS_WITHIN_MS = 5000;

describeOnPostgres('a server that is told to stop while PostgreSQL is frozen', () => {
  it('ends within seconds, and has lost nothing that it acknowledged', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tracker-stop-'));
    const database = await createDatabase();
    const wire = await Wire.to(database.url);
    const access = await openAccessDatabase(directory, database.url);
    const { key } = await new ApiKeys(access).create('ann', 'analyst');
    await access.destroy();
    const node = await NodeProcess.on(directory, { POSTGRES_URL: wire.url });
    try {
      await node.start();
      const answer = await fetch(`${node.url}/api/automakers/xpeng/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify(REGISTERED),
      });
      expect(answer.status).toBe(201);
      wire.freeze();
      for (const path of ['/', '/api/events', '/audit']) void fetch(node.url + path).catch(() => undefined);
      expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
      wire.thaw();
      await node.start();
      expect((await fetch(`${node.url}/api/automakers/xpeng?minPosition=1`)).status).toBe(200);
    } finally {
      await node.kill();
      await wire.close();
      await database.drop();
      rmSync(directory, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('a server that is told to stop ends within seconds', () => {
  let node: NodeProcess;
  let directory: string;
  const sockets: Socket[] = [];
  const stops: AbortController[] = [];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-stop-'));
    node = await NodeProcess.on(directory, {});
    await node.start();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const stop of stops.splice(0)) stop.abort();
    await node.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  it('while a client is connected that has sent nothing', async () => {
    await open('');
    expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
  });

  it('while a client is half-way through its headers', async () => {
    await open('GET /api/automakers HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
  });

  it('and tells who finishes asking then to ask again', async () => {
    const socket = await open('GET /api/automakers HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    let answer = '';
    socket.on('data', (piece: Buffer) => (answer += piece.toString()));
    const stopped = node.stopsWithin(STOPS_WITHIN_MS);
    await sleep(1000);
    socket.write('no more\r\n\r\n');
    expect(await stopped).toBe(true);
    expect(answer).toMatch(
      /^HTTP\/1\.1 503 [^]*application\/problem\+json[^]*"detail":"The server is stopping/,
    );
  });

  it('while a client is half-way through its body', async () => {
    await open('POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nkey=');
    expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
  });

  it('while a client pipelines requests and reads no answer', async () => {
    const socket = await open('');
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.repeat(200));
    expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
  });

  it('while some follow the feed, and others went away from it', async () => {
    for (const stays of [true, false, false]) {
      const stop = new AbortController();
      stops.push(stop);
      const feed = await fetch(`${node.url}/api/feed`, { signal: stop.signal });
      if (!stays) await feed.body?.cancel();
    }
    expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
  });

  async function open(text: string): Promise<Socket> {
    const socket = connect(node.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    if (text !== '') socket.write(text);
    // Makes sure that the server has accepted the connection before the stop.
    await fetch(`${node.url}/health/live`);
    return socket;
  }
});
