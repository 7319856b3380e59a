import { request } from 'node:http';
import { connect } from 'node:net';
import { Controller, Get, Post } from '@nestjs/common';
import { RequireRole } from '../../src/access/require-role.js';
import { startEdge, type EdgeApplication } from '../problems/edge-application.js';

@Controller('things')
class Things {
  @Get()
  list(): object {
    return { things: ['secret'] };
  }

  @Post()
  @RequireRole('analyst')
  record(): object {
    return { recorded: true };
  }
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/**
 * Sends a request like a browser that reached this server under another host name. `fetch` does not let
 * callers set Host.
 */
function ask(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
  path = '/api/things',
): Promise<Answer> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    asked.on('error', reject).end();
  });
}

describe('a server on loopback', () => {
  let edge: EdgeApplication;
  beforeAll(async () => {
    edge = await startEdge([Things]);
  });
  afterAll(() => edge.close());

  it.each([
    'evil.com',
    'evil.com:3000',
    'EVIL.com',
    'localhost.evil.com',
    'evil.localhost',
    '127.0.0.1.evil.com',
    '127.0.0.1:3000@evil.com',
    'localhost:3000:80',
    '10.0.0.1',
    '0.0.0.0:3000',
    '[2001:db8::1]:3000',
    '[::1].evil.com',
    '[::1',
    '%6c%6fcalhost',
  ])('tells a page nothing that leads here under the name %s', async (host) => {
    const { status, body } = await ask(edge.url, { Host: host });
    expect([status, body.includes('secret')]).toEqual([421, false]);
    expect(JSON.parse(body)).toMatchObject({
      type: '/problems/unknown-host',
      detail: expect.stringContaining('ALLOWED_HOSTS') as string,
    });
  });

  it.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST',
    'localhost.',
    '127.0.0.1',
    '127.8.9.1:99',
    '[::1]',
    '[::1]:3000',
    '[0:0:0:0:0:0:0:1]',
  ])('answers under its own name %s', async (host) => {
    expect((await ask(edge.url, { Host: host })).status).toBe(200);
  });

  it('takes the value of another header for no host', async () => {
    expect((await ask(edge.url, { Host: 'localhost', 'X-Said': 'host', 'X-More': 'evil.com' })).status).toBe(
      200,
    );
  });

  it.each([
    ['HEAD', '/api/things'],
    ['OPTIONS', '/api/things'],
    ['POST', '/api/things'],
    ['GET', '/api/nothing'],
    ['GET', '/health/ready'],
    ['GET', '/metrics'],
  ])('refuses %s %s under a foreign name as well', async (method, path) => {
    expect((await ask(edge.url, { Host: 'evil.com' }, method, path)).status).toBe(421);
  });

  it.each([
    ['a second Host', 'GET /api/things HTTP/1.1', ['Host: localhost', 'Host: evil.com']],
    ['a first Host', 'GET /api/things HTTP/1.1', ['host: evil.com', 'Host: localhost']],
    ['its target', 'GET http://evil.com/api/things HTTP/1.1', ['Host: localhost']],
    ['its target, behind a name', 'GET http://localhost@evil.com/api/things HTTP/1.1', ['Host: localhost']],
  ])('refuses a request that names a foreign server in %s', async (_, line, headers) => {
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
    socket.end(`${[line, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toContain('secret');
  });

  it('does not take the word of a page for the name that it was asked by', async () => {
    expect((await ask(edge.url, { Host: 'evil.com', 'X-Forwarded-Host': 'localhost' })).status).toBe(421);
    const behind = await startEdge([Things], {
      trustProxy: ['loopback'],
      allowedHosts: ['tracker.example.org'],
    });
    const status = async (host: string, forwarded: string): Promise<number | undefined> =>
      (await ask(behind.url, { Host: host, 'X-Forwarded-Host': forwarded })).status;
    expect(await status('evil.com', 'localhost')).toBe(421);
    expect(await status('127.0.0.1:3000', 'evil.com')).toBe(421);
    expect(await status('127.0.0.1:3000', 'tracker.example.org')).toBe(200);
    await behind.close();
  });

  it('answers under the names that are allowed, and no others', async () => {
    const named = await startEdge([Things], {
      allowedHosts: ['tracker.example.org', '.internal', 'ported.example:8080'],
    });
    const status = async (host: string): Promise<number | undefined> =>
      (await ask(named.url, { Host: host })).status;
    for (const known of [
      'tracker.example.org',
      'Tracker.Example.org:443',
      'a.internal',
      'internal',
      'ported.example:8080',
      'localhost',
    ])
      expect([known, await status(known)]).toEqual([known, 200]);
    for (const foreign of [
      'example.org',
      'xtracker.example.org',
      'notinternal',
      'ported.example:81',
      'constructor',
    ])
      expect([foreign, await status(foreign)]).toEqual([foreign, 421]);
    await named.close();
  });
});

describe('a server that listens elsewhere', () => {
  it.each([
    // A page of another site has no key.
    [{ openReading: false }, 'tracker', 401],
    [{ openReading: false, allowedHosts: ['tracker.example.org'] }, 'tracker', 421],
    [{ openReading: true }, 'tracker', 421],
    [{ openReading: true, allowedHosts: ['*'] }, 'tracker', 200],
    // A numeric IP address cannot be rebound to another server.
    [{ openReading: true }, '192.0.2.7:3000', 200],
    [{ openReading: true }, '[2001:db8::7]:3000', 200],
  ])('%j answers under the name %s with %i', async (settings, host, status) => {
    const edge = await startEdge([Things], { host: '0.0.0.0', ...settings });
    expect((await ask(edge.url, { Host: host })).status).toBe(status);
    await edge.close();
  });
});
