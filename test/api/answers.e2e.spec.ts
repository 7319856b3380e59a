import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { EVENT_TYPES } from '../../src/domain/events/catalogue.js';
import { EXPANSION_READINGS } from '../../src/domain/expansion/expansion-reading.js';
import type { TestServer } from '../e2e/server.js';
import { startShipped } from '../pages/shipped-server.js';
import { DescribedAnswers } from './described-answers.js';

const JSON_TYPE = 'application/json';

describe('the types of answers', () => {
  it('are those of the handlers as they are now', () => {
    const tool = ['--import', './test/typescript.mjs', 'src/api/make-answer-schemas.ts', '--check'];
    const { status, stderr } = spawnSync('node', tool, { cwd: join(import.meta.dirname, '../..') });
    expect([status, stderr.toString()]).toEqual([0, '']);
  }, 120_000);
});

describe('the described answers, on the shipped ledger', () => {
  let server: TestServer;
  let described: DescribedAnswers;
  /** The values for each path parameter. */
  const values: Record<string, readonly string[]> = { reading: EXPANSION_READINGS };
  beforeAll(async () => {
    server = await startShipped();
    described = await DescribedAnswers.of(server);
    const asked = async (path: string) => (await server.get(path)).body;
    const idsOf = (all: readonly Record<string, string>[], field = 'id') =>
      all.map((each) => each[field] ?? '');
    values['automaker'] = idsOf((await asked('/api/automakers?limit=1000')).automakers);
    values['market'] = idsOf((await asked('/api/markets')).markets, 'market');
    values['company'] = idsOf((await asked('/api/companies')).companies, 'name');
    values['thesis'] = idsOf((await asked('/api/theses')).theses);
    const ofEach = await Promise.all(EVENT_TYPES.map((type) => asked(`/api/events?type=${type}&limit=1`)));
    values['id'] = ofEach.flatMap(({ events }) => idsOf(events));
    const suggestion = await server.post('/api/suggestions', {
      kind: 'source',
      about: values['id'][0],
      url: 'https://example.com/seen',
      publisher: 'Example',
    });
    values['suggestion'] = [suggestion.body.id];
    await server.post('/api/reviews', { event: values['id'][0], question: 'Is it one million?' });
    await server.post(
      '/api/webhooks',
      { url: 'http://127.0.0.1:9/' },
      { Authorization: `Bearer ${server.keys.admin}` },
    );
    await server.get('/api/ledger/checkpoint');
  }, 120_000);
  afterAll(() => server.stop());

  it('have a type, for each route', () => {
    const untyped = described.routes.flatMap(({ path, method, operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content)
          .filter(([type, { schema }]) => type === JSON_TYPE && !saysMore(schema))
          .map(() => `${method} ${path} ${status}`),
      ),
    );
    expect(untyped).toEqual([]);
    expect(described.routes.length).toBeGreaterThan(50);
  });

  it('fit what every route for reading answers', async () => {
    const faults: string[] = [];
    const [asked, other] = [new Set<string>(), new Set<string>()];
    for (const { path, method, operation } of described.routes) {
      if (method !== 'get') continue;
      const types = Object.keys(operation.responses['200']?.content ?? {});
      if (!types.includes(JSON_TYPE)) {
        other.add(path);
        continue;
      }
      for (const address of await addressesOf(path)) {
        const { status, body, headers } = await server.get(address, server.keys.admin);
        // An object may not have existed at that time, and not every automaker has every reading.
        if (status === 404 && /\?trueOn|\/readings\//.test(address)) continue;
        const found = [
          ...(headers.get('content-type')?.startsWith(JSON_TYPE) ? [] : ['it is no JSON']),
          ...(status === 200
            ? described.faultsIn(path, body)
            : [`it answers ${status}: ${JSON.stringify(body)}`]),
        ];
        if (found.length > 0) faults.push(`${address}:\n  ${found.join('\n  ')}`);
        asked.add(path);
      }
    }
    expect(faults.slice(0, 10).join('\n')).toBe('');
    const all = described.routes.filter(({ method }) => method === 'get').map(({ path }) => path);
    expect(all.filter((path) => !asked.has(path) && !other.has(path))).toEqual([]);
  }, 600_000);

  /**
   * The addresses of a route: with each value of its parameters, and for some routes at several points in
   * time.
   */
  async function addressesOf(path: string): Promise<readonly string[]> {
    const parameter = /\{(\w+)\}/.exec(path)?.[1];
    if (parameter === undefined)
      return (
        QUERIES[path] ?? (path.startsWith('/api/automakers/') ? [path, `${path}?trueOn=2024-12-31`] : [path])
      );
    const filled = await valuesOf(parameter, path);
    const addresses = await Promise.all(
      filled.map((value) => addressesOf(path.replace(`{${parameter}}`, encodeURIComponent(value)))),
    );
    return addresses.flat();
  }

  async function valuesOf(parameter: string, path: string): Promise<readonly string[]> {
    if (parameter === 'target') {
      const [, id] = /^\/api\/automakers\/([^/]+)/.exec(path) ?? [];
      const { targets } = (await server.get(`/api/automakers/${id}/targets`)).body;
      return (targets as { target: string }[]).map(({ target }) => target).slice(0, 3);
    }
    const found = values[parameter];
    if (!found) throw new Error(`the test knows no value of ${parameter} in ${path}`);
    return parameter === 'automaker' ? found.filter((_, index) => index % 3 === 0) : found.slice(0, 30);
  }
});

/** Routes that are requested with these queries. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/api/automakers': ['/api/automakers?limit=1000', '/api/automakers?publicOn=2023-01-01'],
  '/api/events': [
    '/api/events?limit=200',
    '/api/events?limit=200&order=recorded&direction=asc',
    '/api/events?limit=200&trueOn=2024-12-31&knownOn=2026-01-01',
  ],
  '/api/search': ['/api/search?q=europe', '/api/search?q=%E5%B0%8F%E9%B9%8F'],
  '/api/overlap': ['/api/overlap?automakers=xpeng,geely', '/api/overlap?automakers=gac,saic,xpeng'],
  '/api/compare': ['/api/compare', ...EXPANSION_READINGS.map((reading) => `/api/compare?reading=${reading}`)],
  '/api/differences': ['/api/differences?from=2024-01-01&to=2025-06-30'],
  '/api/goals': ['/api/goals?limit=1000', '/api/goals?limit=200&publicOn=2024-01-01'],
  '/api/goals/sums': ['/api/goals/sums', '/api/goals/sums?from=2019-01-01'],
  '/api/coverage': ['/api/coverage?months=12', '/api/coverage?months=24&trueOn=2024-12-31'],
  '/api/ledger/proofs/inclusion': ['/api/ledger/proofs/inclusion?position=3'],
  '/api/ledger/proofs/consistency': ['/api/ledger/proofs/consistency?from=3&to=20'],
};

/** Whether a schema says more than "an object" or "anything". */
function saysMore(schema: object): boolean {
  const { type, properties, additionalProperties } = schema as Readonly<Record<string, unknown>>;
  if (Object.keys(schema).length === 0) return false;
  return type !== 'object' || properties !== undefined || typeof additionalProperties === 'object';
}
