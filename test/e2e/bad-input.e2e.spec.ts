import { definitionOf, EVENT_TYPES, isAmendment } from '../../src/domain/events/catalogue.js';
import { fieldsOf } from '../../src/domain/events/validation.js';
import { REGISTERED, SOURCE, startServer, type TestServer } from './server.js';

/** A valid value for each kind of field, by name. */
const GOOD: Record<string, unknown> = {
  name: 'XPeng',
  homeMarket: 'CN',
  group: 'geely',
  approach: 'blended',
  elements: ['a'],
  rationale: 'b',
  target: 'half',
  measure: 'overseas-units',
  threshold: 50,
  unit: 'units',
  deadline: '2033',
  wording: 'w',
  entity: 'brand-mg',
  basis: 'deliveries',
  market: 'NO',
  firmness: 'stated',
  restatedEveryMonths: 18,
  reason: 'r',
  entryMode: 'distributor',
  partner: 'P',
  models: ['G6'],
  partnership: 'magna',
  roles: ['importer'],
  markets: ['NO'],
  equityShare: 5,
  investment: { amount: 5, currency: 'EUR' },
  city: 'Oslo',
  count: 1,
  operator: 'own',
  site: 'graz',
  mode: 'ckd',
  annualCapacity: 9,
  startsOn: '2026',
  value: 5,
  plusMinus: 1,
  period: '2025',
  kind: 'tariff',
  rate: 5,
  appliesTo: 'x',
  automakers: ['xpeng'],
  powertrains: ['bev'],
  effectiveOn: '2025',
  interval: 'monthly',
  names: ['Horse'],
  aliases: ['HORSE'],
  parent: 'Renault',
  share: 45,
  change: 'enlarged',
  event: '00000000-0000-4000-8000-000000000000',
  evidence: SOURCE,
  url: 'https://example.com/source',
  replacement: SOURCE[0],
  data: {},
  occurredOn: '2021',
  direction: 'to',
  stream: 'automaker-geely',
  counterpart: '00000000-0000-4000-8000-000000000001',
  firstRecordedOn: '2021-05-01',
};
/** Goals have their own values for kind and period. */
const OF_GOALS = { kind: 'rate', period: undefined };
const GOOD_OF: Record<string, Record<string, unknown>> = { TargetSet: OF_GOALS, TargetRevised: OF_GOALS };
const HOSTILE_TEXTS = [
  "Robert'); DROP TABLE events;--",
  '<script>alert(1)</script>',
  '👩‍👩‍👧‍👦 שלום é',
  '{{7*7}} ${x} %00 \\u0000',
];

interface Case {
  readonly name: string;
  readonly body: unknown;
  readonly field: string;
}

function dataOf(type: string): Record<string, unknown> {
  const fields = [...fieldsOf(definitionOf(type as never).data).keys()].filter((name) => name !== 'asOf');
  return Object.fromEntries(fields.map((name) => [name, { ...GOOD, ...GOOD_OF[type] }[name]]));
}

function eventOf(type: string, data: unknown, over: object = {}): unknown {
  const isAct = isAmendment(definitionOf(type));
  return { type, ...(!isAct && { occurredOn: '2021-05', evidence: SOURCE }), data, ...over };
}

/** Everything that can be wrong with each field of each event type. */
function cases(): Case[] {
  const found: Case[] = [];
  for (const type of EVENT_TYPES) {
    const good = dataOf(type);
    found.push({
      name: `${type} with an unknown field`,
      body: eventOf(type, { ...good, surprise: 1 }),
      field: 'data.surprise',
    });
    for (const { name, kind, optional } of fieldsOf(definitionOf(type).data).values()) {
      const field = `data.${name}`;
      const wrong = (what: string, value: unknown) =>
        found.push({
          name: `${type}.${name} ${what}`,
          body: eventOf(type, { ...good, [name]: value }),
          field,
        });
      if (name === 'asOf') continue;
      if (!optional) {
        const { [name]: _left, ...rest } = good;
        found.push({ name: `${type}.${name} missing`, body: eventOf(type, rest), field });
      }
      wrong('null', null);
      wrong('of the wrong type', kind.schema['type'] === 'string' ? 7 : 'seven');
      switch (kind.name) {
        case 'text':
          wrong('too long', 'x'.repeat(1001));
          wrong('blank', '   ');
          wrong('with a control character', 'a\u0000b');
          wrong('with half a character', 'a\ud800b');
          wrong('with an escape sequence', 'a\u001b[31mb');
          wrong('with a C1 control', 'a\u009b31mb');
          wrong('that turns the direction of what follows', 'a\u202eb');
          wrong('of nothing that is seen', '\u200b\u00a0');
          break;
        case 'slug':
          wrong('no slug', 'Not A Slug');
          break;
        case 'market':
          wrong('of no country', 'ZZ');
          wrong('in small letters', 'no');
          break;
        case 'edtf':
          wrong('impossible', '2025-02-30');
          wrong('reversed', '2033/2030');
          break;
        case 'number':
        case 'integer':
          wrong('far below', -5000);
          wrong('far above', 1e300);
          break;
        case 'list':
          wrong('empty', []);
          wrong('of wrong items', [{}]);
          break;
      }
    }
  }
  const event = (over: object) => eventOf('MarketEntered', { market: 'NO' }, over);
  found.push(
    { name: 'a future date', body: event({ occurredOn: '2999' }), field: 'occurredOn' },
    { name: 'an impossible date', body: event({ occurredOn: '2025-13' }), field: 'occurredOn' },
    { name: 'no date', body: event({ occurredOn: undefined }), field: 'occurredOn' },
    {
      name: 'the year 0',
      body: event({ occurredOn: '0000', confirm: ['unlikely-year'] }),
      field: 'occurredOn',
    },
    { name: 'an unknown confirmation', body: event({ confirm: ['anything'] }), field: 'confirm' },
    {
      name: 'half a character in a publisher',
      body: event({ evidence: [{ ...SOURCE[0], publisher: '\udc00' }] }),
      field: 'evidence[0].publisher',
    },
    { name: 'half a character in the name of a field', body: event({ '\ud800': 1 }), field: 'body' },
    { name: 'no source', body: event({ evidence: [] }), field: 'evidence' },
    {
      name: 'a source without address',
      body: event({ evidence: [{ publisher: 'x', grade: 'reported' }] }),
      field: 'evidence[0].url',
    },
    {
      name: 'a source that is no web page',
      body: event({ evidence: [{ url: 'javascript:alert(1)', publisher: 'x', grade: 'reported' }] }),
      field: 'evidence[0].url',
    },
    {
      name: 'an unknown grade',
      body: event({ evidence: [{ ...SOURCE[0], grade: 'sure' }] }),
      field: 'evidence[0].grade',
    },
    { name: 'an unknown type', body: event({ type: 'MarketDreamed' }), field: 'type' },
    { name: 'an unknown part', body: event({ recordedAt: '2020-01-01T00:00:00Z' }), field: 'recordedAt' },
    { name: 'a bare number', body: 7, field: 'body' },
    { name: 'an empty array', body: [], field: 'body' },
    { name: 'too many events', body: Array.from({ length: 1001 }, () => REGISTERED), field: 'body' },
    ...['brand-a+', '+', 'brand-a+Brand B'].map((entity) => ({
      name: `brands together as ${entity}`,
      body: eventOf('FigureReported', { measure: 'overseas-units', value: 101, period: '2025', entity }),
      field: 'data.entity',
    })),
    {
      name: 'a growth that is worked out, without a figure',
      body: eventOf('FigureReported', {
        measure: 'overseas-units',
        period: '2025',
        growth: { percent: 9, on: '2024' },
        derivation: 'x',
      }),
      field: 'data.derivation',
    },
    {
      name: 'a sum of exports and local production that is exports alone',
      body: eventOf('FigureReported', {
        measure: 'overseas-units',
        value: 101,
        period: '2025',
        basis: 'exports',
        sumOf: 'exports-and-local-production',
      }),
      field: 'data.sumOf',
    },
    {
      name: 'a share above 100',
      body: eventOf('FigureReported', { measure: 'overseas-sales-share', value: 101, period: '2025' }),
      field: 'data.value',
    },
    {
      name: 'a level over a period',
      body: eventOf('FigureReported', { measure: 'overseas-markets', value: 5, period: '2025' }),
      field: 'data.period',
    },
    {
      name: 'a wrong unit',
      body: eventOf('TargetSet', { ...dataOf('TargetSet'), unit: 'percent' }),
      field: 'data.unit',
    },
  );
  return found;
}

describe('bad input', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', REGISTERED);
  });
  afterAll(() => server.stop());

  const position = async () =>
    (await server.get('/health/ready')).body.checks['event-store'].detail as string;

  it('is refused in at least 200 ways that the catalogue knows, each by its field, and nothing is recorded', async () => {
    const before = await position();
    const all = cases();
    expect(all.length).toBeGreaterThanOrEqual(200);
    for (const { name, body, field } of all) {
      const answer = await server.post('/api/automakers/xpeng/events', body);
      expect({ name, status: answer.status, type: answer.headers.get('content-type') }).toEqual({
        name,
        status: 400,
        type: expect.stringContaining('application/problem+json'),
      });
      const fields = (answer.body.errors as { field: string; message: string }[])
        .filter((each) => each.message !== '')
        .map((each) => each.field);
      expect({ name, fields }).toEqual({
        name,
        fields: expect.arrayContaining([expect.stringContaining(field)]),
      });
      expect(answer.text).not.toMatch(/node_modules|\.ts:|\.js:|at \w+ \(/);
    }
    expect(await position()).toBe(before);
  }, 60_000);

  it.each([
    ['broken JSON', '{"type": ', 400],
    ['broken UTF-8', new Uint8Array([123, 34, 255, 254, 34, 125]), 400],
    ['a body of 5 MB', JSON.stringify({ type: 'x'.repeat(5_000_000) }), 413],
    ['a polluted prototype', '{"__proto__": {"admin": true}}', 400],
    ['nesting without end', '['.repeat(50_000) + ']'.repeat(50_000), 400],
    ['nothing', '', 400],
    [
      'something said twice',
      '{"type":"MarketEntered","occurredOn":"2025","data":{"market":"NO","market":"SE"},"evidence":[{"url":"https://example.com/a","publisher":"A","grade":"reported"}]}',
      400,
    ],
  ])('%s is refused, and the server answers the next request', async (_, body, status) => {
    const answer = await server.post('/api/automakers/xpeng/events', body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('problem+json'),
    ]);
    expect((await server.get('/health/live')).status).toBe(200);
  });

  it('a body of another kind is refused with 415', async () => {
    expect(
      (await server.post('/api/automakers/xpeng/events', 'x', { 'Content-Type': 'text/xml' })).status,
    ).toBe(415);
  });

  it('a year that is unlikely is refused with the code that confirms it, and recorded with a warning once it is confirmed', async () => {
    const path = '/api/automakers/xpeng/events';
    const event = eventOf('MarketEntered', { market: 'IS' }, { occurredOn: '0205-03' }) as object;
    const asked = await server.post(path, event);
    expect(asked).toMatchObject({
      status: 409,
      body: { type: '/problems/unconfirmed-event', confirm: ['unlikely-year'] },
    });
    expect(asked.body.errors).toEqual([expect.objectContaining({ field: 'occurredOn' })]);
    const preview = await server.post(`${path}?dryRun=true`, event);
    expect(preview.body.outcomes).toEqual([
      expect.objectContaining({ accepted: false, problem: 'unconfirmed-event', confirm: ['unlikely-year'] }),
    ]);
    const recorded = await server.post(path, { ...event, confirm: asked.body.confirm });
    expect(recorded).toMatchObject({
      status: 201,
      body: {
        events: [{ warnings: expect.arrayContaining([expect.objectContaining({ code: 'unlikely-year' })]) }],
      },
    });
  });

  it('hostile text is text: it comes back as it was sent', async () => {
    const type = 'TargetSet';
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const data = { ...dataOf(type), target: `hostile-${index}`, wording: text };
      const { status, body } = await server.post('/api/automakers/xpeng/events', {
        ...(eventOf(type, data) as object),
        note: text,
        confirm: ['same-goal'],
      });
      expect(status).toBe(201);
      const event = await server.get(`/api/events/${body.events[0].id}?minPosition=${body.position}`);
      expect(event.body).toMatchObject({ note: text, data: { wording: text } });
    }
  });
});
