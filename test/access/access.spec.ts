import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiKeys } from '../../src/access/api-keys.js';
import { Author, RequireRole } from '../../src/access/require-role.js';
import { startEdge, type EdgeApplication } from '../problems/edge-application.js';

@Controller('things')
class Things {
  @Get()
  list(): object {
    return { things: [] };
  }

  @Post()
  @RequireRole('analyst')
  record(@Author() author: string): object {
    return { author };
  }

  @Delete()
  forgotten(): object {
    return {};
  }

  @Get('who')
  who(@Author() author: string): object {
    return { author };
  }
}

let edge: EdgeApplication;
const keys: Record<string, string> = {};
beforeAll(async () => {
  edge = await startEdge([Things]);
  for (const role of ['reader', 'analyst', 'admin'] as const)
    keys[role] = (await edge.keys.create(role, role)).key;
});
afterAll(() => edge.close());

function ask(method: string, key?: string, path = '/api/things', url = edge.url): Promise<Response> {
  return fetch(url + path, { method, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
}

describe('a key', () => {
  it('is told once and kept as a hash only', async () => {
    const { key, id } = await edge.keys.create('Zoë', 'reader');
    expect(key).toMatch(/^met_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
    const secret = key.split(`${id}_`)[1] ?? '';
    for (const file of await readdir(edge.dataDir)) {
      expect((await readFile(join(edge.dataDir, file))).includes(secret)).toBe(false);
    }
    const database = await edge.openKeys();
    const stored = JSON.stringify(await database.query('SELECT * FROM api_keys'));
    await database.destroy();
    expect(stored).toContain(id);
    expect(stored).not.toContain(secret);
    expect(JSON.stringify(await edge.keys.list())).not.toMatch(/hash|met_/);
  });

  it('authenticates its holder, and no altered one does', async () => {
    const { key, id } = await edge.keys.create('altered', 'analyst');
    const other = (key.endsWith('A') ? 'B' : 'A') + key.slice(1);
    expect(await edge.keys.authenticate(key)).toEqual({ keyId: id, name: 'altered', role: 'analyst' });
    for (const wrong of [other, `${key.slice(0, -2)}AA`, `${key}A`, '', 'met_']) {
      expect(await edge.keys.authenticate(wrong)).toBeUndefined();
    }
  });

  it('shares its name with no live key, but with revoked ones', async () => {
    await edge.keys.create('wang', 'analyst');
    await expect(edge.keys.create('wang', 'reader')).rejects.toMatchObject({
      status: 409,
      slug: 'key-name-taken',
    });
    await edge.keys.revoke('wang');
    const second = await edge.keys.create('wang', 'reader');
    expect(await edge.keys.revoke(second.id)).toMatchObject({
      name: 'wang',
      revokedAt: expect.any(String) as string,
    });
    await expect(edge.keys.revoke('wang')).rejects.toMatchObject({ status: 404 });
  });

  it.each(['', ' wang', 'a\nb', 'x'.repeat(65)])('is not made for the name %j', async (name) => {
    await expect(edge.keys.create(name, 'reader')).rejects.toMatchObject({
      details: { errors: [{ field: 'name' }] },
    });
  });

  it('revoked in this process fails at once, in another within a second', async () => {
    const [here, there] = [
      await edge.keys.create('here', 'reader'),
      await edge.keys.create('there', 'reader'),
    ];
    expect((await ask('GET', here.key)).status).toBe(200);
    expect((await ask('GET', there.key)).status).toBe(200);
    await edge.keys.revoke('here');
    expect((await ask('GET', here.key)).status).toBe(401);
    const database = await edge.openKeys();
    await new ApiKeys(database).revoke('there');
    await database.destroy();
    await sleep(1050);
    expect((await ask('GET', there.key)).status).toBe(401);
  });

  it('never appears in the log, by whatever door it comes', async () => {
    const key = keys['admin'] ?? '';
    await ask('GET', key, `/api/nothing/${key}?key=${key}`);
    await ask('DELETE', key, `/api/things?key=${key}`);
    expect(edge.log.length).toBeGreaterThan(0);
    expect(edge.log.join('')).not.toContain(key);
  });
});

describe('access', () => {
  it.each([
    ['POST', undefined, 401],
    ['POST', 'reader', 403],
    ['POST', 'analyst', 201],
    ['POST', 'admin', 201],
    ['GET', undefined, 200],
    ['GET', 'reader', 200],
    // This route declares no role.
    ['DELETE', 'admin', 500],
  ])('to %s with %s answers %i', async (method, role, status) => {
    expect((await ask(method, role === undefined ? undefined : keys[role])).status).toBe(status);
  });

  it('is refused to a wrong key even where none is needed, as a problem that names the scheme', async () => {
    for (const authorization of ['Bearer met_wrong', 'Basic dTpw', 'Bearer']) {
      const response = await fetch(`${edge.url}/api/things`, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  });

  it('needs a key for reading too where reading is not open, except for probes', async () => {
    const closed = await startEdge([Things], { openReading: false });
    const { key } = await closed.keys.create('reader', 'reader');
    const status = async (path: string, with_?: string): Promise<number> =>
      (await ask('GET', with_, path, closed.url)).status;
    expect(await status('/api/things')).toBe(401);
    expect(await status('/metrics')).toBe(401);
    expect(await status('/api/things', key)).toBe(200);
    expect(await status('/metrics', key)).toBe(200);
    expect(await status('/health/live')).toBe(200);
    expect(await status('/health/ready')).toBe(200);
    await closed.close();
  });

  it('hands the name of the key to the handler', async () => {
    expect(await (await ask('POST', keys['analyst'])).json()).toEqual({ author: 'analyst' });
    expect((await ask('GET', undefined, '/api/things/who')).status).toBe(401);
  });
});

describe('a client', () => {
  it('that asks too often is told when to come back, by key or by address, probes excepted', async () => {
    const busy = await startEdge([Things], { rateLimit: 5 });
    // This key is unused, so it is looked up before any request is counted.
    const { key } = await busy.keys.create('reader', 'reader');
    // Requests to unknown routes or with invalid keys count against the client's address.
    for (const path of ['/api/things', '/api/nothing', '/api/things'])
      await ask('GET', undefined, path, busy.url);
    for (const made of ['met_a', 'met_b']) await ask('GET', made, '/api/things', busy.url);
    const refused = await ask('GET', undefined, '/api/things', busy.url);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ type: '/problems/too-many-requests', perMinute: 5 });
    expect((await ask('GET', key, '/api/things', busy.url)).status).toBe(200);
    expect((await ask('GET', undefined, '/health/live', busy.url)).status).toBe(200);
    await busy.close();
  });

  it.each([
    ['IPv6 clients by /64', '2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
    ['however an address is written', '2001:0db8:1:2:0:0:0:1', '2001:db8:1:2::1', '2001:db8::1:2'],
    ['one of IPv4 as itself', '::ffff:192.0.2.1', '192.0.2.1', '192.0.2.2'],
  ])('counts %s', async (_, first, same, other) => {
    const behind = await startEdge([Things], { rateLimit: 1, trustProxy: 1 });
    const status = async (ip: string): Promise<number> =>
      (await fetch(`${behind.url}/api/things`, { headers: { 'X-Forwarded-For': ip } })).status;
    expect([await status(first), await status(same), await status(other)]).toEqual([200, 429, 200]);
    await behind.close();
  });

  it('cannot name itself another address: only a proxy that is trusted tells it', async () => {
    const direct = await startEdge([Things], { rateLimit: 2 });
    const behind = await startEdge([Things], { rateLimit: 2, trustProxy: ['loopback'] });
    const statuses = async (url: string, ips: readonly string[]): Promise<number[]> => {
      const found = [];
      for (const ip of ips)
        found.push((await fetch(`${url}/api/things`, { headers: { 'X-Forwarded-For': ip } })).status);
      return found;
    };
    expect(await statuses(direct.url, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 429]);
    expect(await statuses(behind.url, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 200]);
    // The proxy appends its entry after whatever the client itself has sent.
    const spoofed = ['10.0.0.1, 192.0.2.9', '10.0.0.2, 192.0.2.9', '10.0.0.3, 192.0.2.9'];
    expect(await statuses(behind.url, spoofed)).toEqual([200, 200, 429]);
    await direct.close();
    await behind.close();
  });

  it('is not limited where the limit is 0', async () => {
    const free = await startEdge([Things], { rateLimit: 0 });
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => ask('GET', undefined, '/api/things', free.url)),
    );
    expect(statuses.every(({ status, headers }) => status === 200 && !headers.has('x-ratelimit-limit'))).toBe(
      true,
    );
    await free.close();
  });
});
