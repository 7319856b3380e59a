import { connect } from 'node:net';
import { Body, Controller, Get, HttpException, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max } from 'class-validator';
import { AppendTooLarge, EventStoreClosed, StoreUnreachable } from '../../src/event-store/event-store.js';
import { RequireRole } from '../../src/access/require-role.js';
import { NotFound } from '../../src/problems/not-found.js';
import { startEdge, type EdgeApplication } from './edge-application.js';

class Page {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Max(10)
  limit?: number;
}

@Controller('things')
class Things {
  @Get()
  list(@Query() page: Page): object {
    return { ...page };
  }

  @Get('broken')
  broken(): never {
    throw new Error('the password is swordfish');
  }

  @Get('stores/:failure')
  storeFails(@Param('failure') failure: string): never {
    if (failure === 'closed') throw new EventStoreClosed();
    if (failure === 'large') throw new AppendTooLarge('an-id', 2_000_000, 1_048_576);
    throw new StoreUnreachable('password swordfish refused by the server');
  }

  @Get('teapot')
  teapot(): never {
    throw new HttpException('short and stout', 418);
  }

  @Get('long')
  long(): object {
    return { text: 'x'.repeat(5000) };
  }

  @Get(':id')
  one(@Param('id') id: string): never {
    throw new NotFound({ detail: `No thing is called ${id}.`, status: 299, known: ['a'] });
  }

  @Post()
  @RequireRole('anyone')
  @RouteConfig({ anonymousBody: 16 * 1024 })
  echo(@Body() body: unknown): object {
    return { body };
  }
}

let edge: EdgeApplication;
beforeAll(async () => {
  edge = await startEdge([Things], { bodyLimit: 2048 });
});
afterAll(() => edge.close());

async function problem(
  path: string,
  init?: RequestInit,
): Promise<{ headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(edge.url + path, init);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = (await response.json()) as Record<string, unknown>;
  expect(body['status']).toBe(response.status);
  return { headers: response.headers, body };
}

function post(
  body: string | Buffer<ArrayBuffer>,
  type = 'application/json',
): Promise<{ headers: Headers; body: Record<string, unknown> }> {
  return problem('/api/things', { method: 'POST', body, headers: { 'content-type': type } });
}

describe('a problem', () => {
  it('has the members of RFC 9457, which its extensions do not replace', async () => {
    const { body } = await problem('/api/things/zeta?key=secret');
    expect(body).toEqual({
      type: '/problems/not-found',
      title: 'Not found',
      status: 404,
      detail: 'No thing is called zeta.',
      instance: '/api/things/zeta',
      known: ['a'],
    });
  });

  it('keeps the status of an HttpException', async () => {
    expect((await problem('/api/things/teapot')).body).toMatchObject({
      status: 418,
      detail: 'short and stout',
    });
  });

  it('says nothing of an unforeseen error but an incident, by which the log has the stack', async () => {
    const { body } = await problem('/api/things/broken');
    expect(body).toMatchObject({ status: 500, type: '/problems/internal-error' });
    expect(JSON.stringify(body)).not.toMatch(/swordfish|at /);
    const line = edge.log.find((each) => each.includes('swordfish')) ?? '';
    expect(line).toContain(`"incident":"${String(body['incident'])}"`);
    expect(line).toContain('problems.spec.ts');
  });

  it('tells an unknown route from a wrong method, and says which methods there are', async () => {
    expect((await problem('/api/nothing')).body['type']).toBe('/problems/no-such-route');
    const wrong = await problem('/api/things/zeta', { method: 'DELETE' });
    expect(wrong.body).toMatchObject({
      status: 405,
      type: '/problems/method-not-allowed',
      allowed: ['GET', 'HEAD'],
    });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
  });

  it('answers a path with broken escapes', async () => {
    expect((await problem('/api/things/%E0%A4%A')).body).toMatchObject({
      status: 400,
      type: '/problems/bad-request',
    });
  });

  it('answers a path with a part that is too long', async () => {
    expect((await problem(`/api/things/${'x'.repeat(2000)}`)).body['status']).toBe(414);
  });

  it('answers what is not HTTP', async () => {
    const { port } = new URL(edge.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (chunk) => (text += String(chunk))).on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
  });
});

describe('a query', () => {
  it('is converted and checked', async () => {
    expect(await (await fetch(`${edge.url}/api/things?limit=3`)).json()).toEqual({ limit: 3 });
  });

  it('is refused with each wrong field and unknown field', async () => {
    const { body } = await problem('/api/things?limit=99&sorted=yes');
    expect(body).toMatchObject({ status: 400, type: '/problems/invalid-request' });
    expect(body['errors']).toEqual([
      { field: 'sorted', message: 'is not a known field' },
      { field: 'limit', message: 'must not be greater than 10' },
    ]);
  });
});

describe('what is wrong', () => {
  it.each([
    ['text/html', 'text/html'],
    ['application/xml, text/html;level=1;q=0.5', 'text/html'],
    ['text/html;q=0', 'application/problem+json'],
    ['application/json, text/html; q=0.000', 'application/problem+json'],
    ['text/html;q=0.001', 'text/html'],
    ['text/htmlx', 'application/problem+json'],
  ])('is a page for who takes one: Accept: %s', async (accept, type) => {
    const answer = await fetch(`${edge.url}/nope`, { headers: { accept } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining(type)]);
  });

  it('is told of fifty fields, and the rest is counted', async () => {
    const query = Array.from({ length: 120 }, (_, index) => `n${index}=1`).join('&');
    const { body } = await problem(`/api/things?${query}`);
    expect(body['errors']).toHaveLength(50);
    expect(body['detail']).toMatch(/^120 fields are wrong: n0, .*, n49 and 70 more\.$/);
  });

  it('is answered shortly, however long a name in the request is', async () => {
    const name = `${'n'.repeat(199)}😀${'n'.repeat(700)}`;
    const { body } = await post(`{"${name}": 1, "${name}": 2}`);
    expect(body).toMatchObject({ status: 400, errors: [{ field: `${'n'.repeat(199)}…` }] });
    expect(JSON.stringify(body).length).toBeLessThan(1000);
  });
});

describe('a body', () => {
  it('is read as JSON, with a byte order mark or without', async () => {
    const init = {
      method: 'POST',
      body: '\uFEFF{"name":"吉利"}',
      headers: { 'content-type': 'application/json' },
    };
    expect(await (await fetch(`${edge.url}/api/things`, init)).json()).toEqual({ body: { name: '吉利' } });
  });

  it('that is not JSON is refused with line and column', async () => {
    const { body } = await post('{\n  "a": 1,\n  "b": 2 "c": 3\n}');
    expect(body).toMatchObject({ status: 400, type: '/problems/malformed-json', line: 3, column: 10 });
    expect((await post('{"a": 1, "b": oops}')).body['detail']).toMatch(/Unexpected token 'o'.*oops/);
  });

  it('that ends too early or is empty is refused', async () => {
    expect((await post('{"a": [1,')).body).toMatchObject({
      detail: 'The body ends in the middle of a value.',
    });
    expect((await post('')).body).toMatchObject({ status: 400 });
    expect((await post('  ')).body).toMatchObject({ detail: 'The body is empty.' });
  });

  it('that is not UTF-8 is refused and not mended', async () => {
    const { body } = await post(Buffer.from([0x22, 0x47, 0x65, 0xff, 0x22]));
    expect(body).toMatchObject({ status: 400, type: '/problems/not-utf-8', offset: 3 });
  });

  it.each(['{"a":{"__proto__":{"admin":true}}}', '{"\\u005f_proto__":{"admin":true}}'])(
    'that would replace a prototype is refused: %s',
    async (text) => {
      expect((await post(text)).body).toMatchObject({ status: 400, errors: [{ field: '__proto__' }] });
    },
  );

  it('over the limit is refused with the limit', async () => {
    expect((await post(JSON.stringify('x'.repeat(3000)))).body).toMatchObject({ status: 413, limit: 2048 });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'of type %s is refused',
    async (type) => {
      const { headers, body } = await post('a=1', type);
      expect(body).toMatchObject({ status: 415, type: '/problems/unsupported-media-type' });
      expect(headers.get('accept-post')).toBe('application/json');
    },
  );

  it('that is packed is refused', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await problem('/api/things', { method: 'POST', body: '{}', headers })).body['status']).toBe(415);
  });
});

describe('an answer', () => {
  it('is compressed from 1 KB on, and not below', async () => {
    const headers = { 'accept-encoding': 'br' };
    const long = await fetch(`${edge.url}/api/things/long`, { headers });
    expect(long.headers.get('content-encoding')).toBe('br');
    expect(long.headers.get('vary')).toContain('accept-encoding');
    const short = await fetch(`${edge.url}/api/things`, { headers });
    expect(short.headers.get('content-encoding')).toBeNull();
  });

  it('carries security headers, refusals too', async () => {
    for (const path of ['/api/things', '/api/nothing', '/api/things/broken']) {
      const { headers } = await fetch(edge.url + path);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

@Controller('docs')
class Docs {
  @Get()
  list(): string {
    return 'list';
  }

  @Get('explorer')
  page(): string {
    return 'docs';
  }
}

it('only the explorer of the documentation may use inline styles, and no page inline scripts', async () => {
  const docs = await startEdge([], {}, [], [Docs]);
  const policyOf = async (path: string) =>
    (await fetch(docs.url + path)).headers.get('content-security-policy');
  expect(await policyOf('/docs/explorer')).toContain("script-src 'self';style-src 'self' 'unsafe-inline'");
  expect(await policyOf('/docs')).not.toContain('unsafe-inline');
  await docs.close();
});

describe('a store that fails', () => {
  it.each([
    ['unreachable', 503, 'The event store did not answer. Ask again in a moment.'],
    ['closed', 503, 'The server is stopping. Ask again in a moment.'],
  ])('is told apart from a fault of the server: %s', async (failure, status, detail) => {
    const { headers, body } = await problem(`/api/things/stores/${failure}`);
    expect(body).toMatchObject({ status, detail, type: '/problems/store-unavailable' });
    expect(headers.get('retry-after')).toBe('2');
    expect(JSON.stringify(body)).not.toContain('swordfish');
  });

  it('says that nothing was recorded where an append is too large, and how large it may be', async () => {
    const { body } = await problem('/api/things/stores/large');
    expect(body).toMatchObject({ status: 413 });
    expect(body['detail']).toMatch(/Nothing was recorded.*1048576.*smaller parts/);
  });
});
