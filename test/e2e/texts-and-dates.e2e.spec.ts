import { jest } from '@jest/globals';
import { Clock } from '../../src/clock/clock.js';
import { REGISTERED, SOURCE, startServer, type TestServer } from './server.js';

const event = (type: string, data: object, over: object = {}) => ({
  type,
  occurredOn: '2025',
  data,
  evidence: SOURCE,
  ...over,
});

/** A line of an export from an older version, which was less strict about texts and dates. */
const old = (type: string, data: object, over: object = {}) => ({
  stream: 'automaker-old',
  ...event(type, data),
  recordedAt: '2026-01-01T12:00:00.000Z',
  recordedBy: 'ann',
  ...over,
});

describe('texts and dates over HTTP', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', REGISTERED);
  });
  afterAll(() => server.stop());

  const restore = (lines: readonly object[]) =>
    server.post('/api/imports?restore=true', lines.map((line) => JSON.stringify(line)).join('\n'), {
      Authorization: `Bearer ${server.keys.admin}`,
      'Content-Type': 'application/x-ndjson',
    });

  it.each([
    '/api/automakers/%00',
    '/api/automakers/a%00b/markets',
    '/api/automakers/xpeng/targets/%00',
    '/api/events/%00',
    '/api/markets/%00',
    '/api/views/parked/%00/retry',
    '/automakers/%00',
    '/automakers/xpeng/targets/%00',
    '/events/%00',
    '/markets/%00',
    '/docs/%00',
    '/assets/%00',
    '/%00',
    '/api/automakers/%1b%5b31m',
    '/api/automakers/%E2%80%AE',
    '/api/automakers/%',
    '/api/automakers/%E0%A4%A',
    '/api/automakers/%ED%A0%80',
    '/automakers/%C0%80',
    '/api/events?author=%00',
    '/api/events?subject=%00',
    '/api/events?%00=a',
    '/api/events?author=%ED%A0%80',
    '/api/events?author=50%',
    '/api/events?cursor=%00',
    '/timeline?author=%00',
    '/timeline?author=%1b',
    '/?csv=%00',
    '/audit?automaker=%E2%80%AE',
  ])('%s is refused or not found', async (path) => {
    const { status } = await server.get(path);
    expect([path, [400, 404, 405].includes(status) ? 'refused' : status]).toEqual([path, 'refused']);
  });

  it.each([
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-02-30T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '0000-01-01',
    '2999-01-01',
  ])('nothing was known on %s, by either way of asking', async (knownOn) => {
    expect((await server.get(`/api/automakers?knownOn=${knownOn}`)).status).toBe(400);
    expect((await server.get(`/api/differences?from=2024-01-01,${knownOn}`)).status).toBe(400);
  });

  it.each(['0001-01-01', '0009-06-01', '0205-01-01', '0999-12-31', '1799-12-31'])(
    'the world as of %s is told, however little there is to tell',
    async (trueOn) => {
      for (const path of [
        '/',
        '/audit',
        '/timeline',
        '/markets',
        '/automakers/xpeng',
        '/theses',
        '/api/verdicts',
        '/api/automakers/xpeng/expansion/exposure',
        '/api/automakers/xpeng/targets',
        '/api/quiet-goals',
      ]) {
        const { status } = await server.get(`${path}?trueOn=${trueOn}`);
        expect([path, status < 500]).toEqual([path, true]);
      }
    },
  );

  it('what an older version recorded is restored as it was, and answered', async () => {
    const figure = (period: string) =>
      old('FigureReported', { measure: 'overseas-units', value: 10, period });
    const goal = (target: string, deadline: string) =>
      old('TargetSet', {
        target,
        measure: 'overseas-units',
        threshold: 20,
        unit: 'units',
        deadline,
        wording: 'w',
      });
    const lines = [
      old(
        'AutomakerRegistered',
        { name: 'Zu\u0308ri \u202emotors', homeMarket: 'CN' },
        { occurredOn: '0205' },
      ),
      ...['0000', '000X', '0000/2024', '0205', '9999', '9998/9999'].map(figure),
      ...['0000', '0205', '9999', '999X'].map((deadline, index) => goal(`t${index}`, deadline)),
      old('MarketEntered', { market: 'NO', partner: ' a\u0085b\u200b ' }, { occurredOn: '0000-01-01' }),
      old('MarketEntered', { market: 'SE' }, { warnings: [{ code: 'odd', message: 'm\u001b' }] }),
    ];
    const { status, body } = await restore(lines);
    expect([status, body.refused, body.recorded]).toEqual([200, 0, lines.length]);
    const { body: list } = await server.get(
      `/api/events?automaker=old&limit=50&minPosition=${1 + lines.length}`,
    );
    expect(list.events).toHaveLength(lines.length);
    const exported = (await server.get('/api/export', server.keys.admin)).text.trim().split('\n');
    const said = exported
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ stream }) => stream === 'automaker-old')
      .map(({ id: _id, position: _position, revision: _revision, ...rest }) => rest);
    expect(said).toEqual(lines);
    for (const path of [
      '/',
      '/compare?automakers=old,xpeng',
      '/audit',
      '/timeline',
      '/timeline?automaker=old',
      '/automakers/old',
      ...[0, 1, 2, 3].map((index) => `/automakers/old/targets/t${index}`),
      '/api/verdicts',
      '/api/automakers/old/targets',
      '/api/automakers/old/targets/t2/forecast',
      '/api/automakers/old/series?measure=overseas-units',
      '/api/quiet-goals',
      '/api/theses',
      ...list.events.map(({ id }: { id: string }) => `/events/${id}`),
    ]) {
      const answer = await server.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  it('one half character in a line of an export is refused, and the ledger goes on', async () => {
    const line = old(
      'AutomakerRegistered',
      { name: 'S', homeMarket: 'CN' },
      { stream: 'automaker-sur', recordedBy: 'a\ud800b' },
    );
    const { body } = await restore([line, { ...line, stream: 'automaker-sound', recordedBy: 'ab' }]);
    expect(body).toMatchObject({ recorded: 1, refused: 1 });
    expect((await server.get('/api/events?order=recorded')).status).toBe(200);
  });

  it('draws an axis of years that can be read, whatever years are confirmed', async () => {
    const goal = {
      target: 'far',
      measure: 'overseas-units',
      threshold: 20,
      unit: 'units',
      deadline: '9999',
      wording: 'w',
    };
    const { body } = await server.post('/api/automakers/xpeng/events', [
      event('MarketEntered', { market: 'NO' }, { occurredOn: '0205-03', confirm: ['unlikely-year'] }),
      event('FigureReported', { measure: 'overseas-units', value: 10, period: '2024' }),
      event('TargetSet', goal, { confirm: ['unlikely-year'] }),
    ]);
    const timeline = await server.get(`/timeline?minPosition=${body.position}`);
    expect(timeline.text).not.toMatch(/>\d*-<\/text>/);
    const target = await server.get('/automakers/xpeng/targets/far');
    const svgs = target.text.split('<svg').slice(1);
    const years = svgs.map((svg) => svg.match(/class="mid"[^>]*>\d{1,4}</g)?.length ?? 0);
    expect(Math.max(...years)).toBeGreaterThan(1);
    expect(Math.max(...years)).toBeLessThanOrEqual(9);
  });

  it('dates nothing by a clock that is ten years ahead, or days behind, and says what to do', async () => {
    const clock = server.app.get(Clock, { strict: false });
    const real = new Date();
    for (const [now, why] of [
      [new Date(real.getTime() + 3653 * 86_400_000), 'days after'],
      [new Date(real.getTime() - 3 * 86_400_000), 'before the newest event'],
    ] as const) {
      const spy = jest.spyOn(clock, 'now').mockReturnValue(now.toISOString());
      const { status, body } = await server.post(
        '/api/automakers/xpeng/events',
        event('MarketEntered', { market: 'DK' }, { occurredOn: '2024' }),
      );
      spy.mockRestore();
      expect([status, body.type]).toEqual([503, '/problems/clock-not-trusted']);
      expect(body.detail).toContain(why);
      expect(body.detail).toContain('TRUST_CLOCK');
    }
  });
});
