import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { TestServer } from '../e2e/server.js';
import { startShipped } from '../pages/shipped-server.js';
import { OpenPackage } from '../snapshots/package.js';
import { Receiver } from '../webhooks/receiver.js';

describe('the published schemas', () => {
  let server: TestServer;
  let validators: ReadonlyMap<string, ValidateFunction>;
  const faultsOf = (name: string, value: unknown): unknown => {
    const isValid = validators.get(name);
    if (!isValid) throw new Error(`there is no schema ${name}`);
    return isValid(value) ? [] : isValid.errors;
  };
  const lines = async (): Promise<Record<string, unknown>[]> =>
    (await server.get('/api/export')).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeAll(async () => {
    server = await startShipped();
    const { body } = await server.get('/schemas');
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    const found: [string, object][] = [];
    for (const { url } of body.schemas) {
      const answer = await server.get(url);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'application/schema+json; charset=utf-8',
      ]);
      expect(ajv.validateSchema(answer.body as object)).toBe(true);
      expect(answer.body.$id).toBe(url);
      ajv.addSchema(answer.body as object);
      found.push([String(url).replace('/schemas/', ''), answer.body as object]);
    }
    validators = new Map(
      found.map(([name]) => [name, ajv.getSchema(`/schemas/${name}`) as ValidateFunction]),
    );
  }, 60_000);
  afterAll(() => server.stop());

  it('hold for every event of the shipped ledger, in the version that it was written under', async () => {
    const events = await lines();
    expect(events.length).toBeGreaterThan(500);
    expect(events.flatMap((event) => faultsOf('event.json', event))).toEqual([]);
    expect(events.some(({ version }) => version === 2)).toBe(true);
  });

  it('do not hold for what is no event', async () => {
    const [event = {}] = await lines();
    const figure = (await lines()).find(({ type }) => type === 'FigureReported') ?? {};
    for (const wrong of [
      { ...event, type: 'NoSuch' },
      { ...event, position: 0 },
      { ...event, more: 1 },
      { ...figure, data: {} },
      { ...figure, version: 99 },
      { ...figure, evidence: [{ publisher: 'Somebody' }] },
    ])
      expect(faultsOf('event.json', wrong)).not.toEqual([]);
  });

  it('hold for feeds, which name theirs', async () => {
    for (const name of ['events', 'corrections', 'verdicts', 'quiet-goals']) {
      const { body, headers } = await server.get(`/feeds/${name}.json?limit=20`);
      expect([name, faultsOf('json-feed.json', body)]).toEqual([name, []]);
      expect(headers.get('link')).toBe('</schemas/json-feed.json>; rel="describedby"');
    }
  });

  it('hold for archives', async () => {
    const response = await fetch(`${server.url}/snapshots/latest`);
    const { described } = new OpenPackage(new Uint8Array(await response.arrayBuffer()));
    expect(faultsOf('data-package.json', described)).toEqual([]);
  }, 60_000);

  it('hold for what receivers of webhooks are sent', async () => {
    const receiver = new Receiver();
    await receiver.start();
    await server.post(
      '/api/webhooks',
      { url: receiver.url, after: 0 },
      { Authorization: `Bearer ${server.keys.admin}` },
    );
    for (let tries = 0; receiver.received.length === 0 && tries < 200; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(receiver.received.length).toBeGreaterThan(0);
    for (const { body } of receiver.received)
      expect(faultsOf('webhook-message.json', JSON.parse(body))).toEqual([]);
    await receiver.kill();
  }, 60_000);

  it('are told apart from what is not there', async () => {
    expect((await server.get('/schemas/nothing.json')).status).toBe(404);
  });
});
