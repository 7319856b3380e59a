import { EVENT_TYPES } from '../../src/domain/events/catalogue.js';
import { startServer, type TestServer } from '../e2e/server.js';

describe('the documentation of the API', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  it('is an OpenAPI 3.1 document with all types of event, made from the catalogue', async () => {
    const { status, body } = await server.get('/docs/json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    expect(body.components.schemas.EventType.enum).toEqual(EVENT_TYPES);
    for (const type of EVENT_TYPES) {
      expect(body.components.schemas[type].properties.type).toEqual({ const: type });
      expect(body.components.schemas[`${type}Data`].required.length).toBeGreaterThan(0);
    }
    const refs = [...JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name = '']) => name,
    );
    expect(refs.filter((name) => !(name in body.components.schemas))).toEqual([]);
  });

  it('names every route that the server has, and every parameter that a route reads', async () => {
    const { body } = await server.get('/docs/json');
    const paths = Object.keys(body.paths as object);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/api/automakers/{automaker}/events',
        '/api/automakers/{automaker}/targets/{target}/history',
        '/api/differences',
        '/api/ledger/proofs/inclusion',
        '/health/ready',
        '/metrics',
      ]),
    );
    const timeline = body.paths['/api/events'].get.parameters.map(({ name }: { name: string }) => name);
    expect(timeline).toEqual(
      expect.arrayContaining([
        'trueOn',
        'knownOn',
        'minPosition',
        'automaker',
        'type',
        'from',
        'to',
        'limit',
        'cursor',
      ]),
    );
  });

  it('takes numbers and yes or no as what they are, so that generated clients do', async () => {
    const { body } = await server.get('/docs/json');
    const schemaOf = (path: string, method: string, wanted: string) =>
      body.paths[path][method].parameters.find(({ name }: { name: string }) => name === wanted).schema;
    expect(schemaOf('/api/events', 'get', 'limit')).toEqual({ type: 'integer', minimum: 0 });
    expect(schemaOf('/api/ledger/proofs/inclusion', 'get', 'position')).toEqual({
      type: 'integer',
      minimum: 1,
    });
    expect(schemaOf('/api/events', 'get', 'cursor')).toEqual({ type: 'string', maxLength: 100 });
    expect(schemaOf('/api/automakers/{automaker}/events', 'post', 'dryRun')).toEqual({ type: 'boolean' });
    expect(schemaOf('/api/imports/template', 'get', 'type')).toEqual({ type: 'string', maxLength: 1000 });
  });

  it('describes routes that answer: each GET without a required parameter of its own', async () => {
    const { body } = await server.get('/docs/json');
    for (const [path, methods] of Object.entries(
      body.paths as Record<string, { get?: { parameters?: { in: string; required: boolean }[] } }>,
    )) {
      const needs = methods.get?.parameters?.some(({ required }) => required) ?? false;
      if (!methods.get || needs || path === '/api/feed') continue;
      expect({ path, status: (await server.get(path, server.keys.admin)).status }).toEqual({
        path,
        status: 200,
      });
    }
  });

  it('is a page that needs no other host', async () => {
    const { status, text, headers } = await server.get('/docs');
    expect(status).toBe(200);
    expect(text).not.toMatch(/(src|href)="https?:/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await server.get('/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});
