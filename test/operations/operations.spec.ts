import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Param } from '@nestjs/common';
import { createLogger, PinoLogger } from '../../src/operations/logging.js';
import { Metrics } from '../../src/operations/metrics.js';
import { startEdge, type EdgeApplication } from '../problems/edge-application.js';

@Controller('things')
class Things {
  @Get(':id')
  one(@Param('id') id: string): object {
    return { id };
  }
}

let edge: EdgeApplication;
let storeWorks = true;
beforeAll(async () => {
  const store = {
    name: 'store',
    check: async () => ({ ok: storeWorks, detail: storeWorks ? 'writes' : 'disk full' }),
  };
  const projector = {
    name: 'projector',
    check: async () => {
      if (!storeWorks) throw new Error('secret path /srv/x');
      return { ok: true, detail: '0 events behind' };
    },
  };
  edge = await startEdge([Things], {}, [store, projector]);
});
afterAll(() => edge.close());

describe('health', () => {
  it('is live while the process answers', async () => {
    const response = await fetch(`${edge.url}/health/live`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'live' }]);
  });

  it('is ready while every part is', async () => {
    const response = await fetch(`${edge.url}/health/ready`);
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        status: 'ready',
        checks: { store: { ok: true, detail: 'writes' }, projector: { ok: true, detail: '0 events behind' } },
      },
    ]);
  });

  it('tells apart which part is not, without what only the log should say', async () => {
    storeWorks = false;
    const response = await fetch(`${edge.url}/health/ready`);
    storeWorks = true;
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        status: 'not-ready',
        checks: {
          store: { ok: false, detail: 'disk full' },
          projector: { ok: false, detail: 'could not be asked; the log says why' },
        },
      },
    ]);
    expect(edge.log.join('')).toContain('secret path /srv/x');
  });
});

describe('metrics', () => {
  it('time requests by the template of their route', async () => {
    await Promise.all(['a', 'b', 'c'].map((id) => fetch(`${edge.url}/api/things/${id}`)));
    await fetch(`${edge.url}/api/nothing`);
    const text = await (await fetch(`${edge.url}/metrics`)).text();
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/api/things/:id",status="200"} 3',
    );
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="unknown",status="404"} 1',
    );
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('show what other parts set', async () => {
    const metrics = edge.app.get(Metrics, { strict: false });
    metrics.eventsBehind.set(7);
    metrics.eventsRefused.inc({ reason: 'duplicate-event' });
    const response = await fetch(`${edge.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toContain('tracker_events_behind 7');
    expect(text).toContain('tracker_events_refused_total{reason="duplicate-event"} 1');
    for (const name of ['seconds_behind', 'parked_streams', 'last_projection_error_timestamp_seconds']) {
      expect(text).toContain(`tracker_${name} 0`);
    }
    expect(text).toContain('tracker_events_recorded_total 0');
  });

  it('show for how long work held the event loop', async () => {
    const sumOf = async (): Promise<number> => {
      const text = await (await fetch(`${edge.url}/metrics`)).text();
      return Number(/^tracker_event_loop_delay_seconds_sum (\S+)$/m.exec(text)?.[1]);
    };
    const before = await sumOf();
    const until = performance.now() + 300;
    while (performance.now() < until);
    await sleep(50);
    expect((await sumOf()) - before).toBeGreaterThan(0.2);
  });
});

describe('the log', () => {
  it('has no line for a request that went well, and one for one that failed', async () => {
    const before = edge.log.length;
    await fetch(`${edge.url}/api/things/a`);
    await fetch(`${edge.url}/api/nothing`);
    expect(edge.log.slice(before)).toEqual([]);
    storeWorks = false;
    await fetch(`${edge.url}/health/ready?secret=1`);
    storeWorks = true;
    const failed = edge.log.slice(before).find((line) => line.includes('request failed')) ?? '{}';
    expect(JSON.parse(failed)).toMatchObject({
      reqId: expect.stringMatching(/^[0-9a-f]{8}-/) as string,
      req: { method: 'GET', path: '/health/ready' },
      res: { status: 503 },
    });
  });

  it('redacts authorization wherever it stands', () => {
    const lines: string[] = [];
    const log = createLogger(
      { logLevel: 'info', logPretty: false },
      { write: (line) => void lines.push(line) },
    );
    log.info({
      headers: { authorization: 'Basic c2VjcmV0' },
      request: { headers: { authorization: 'Basic c2VjcmV0' } },
    });
    log.info(`met_0123456789abcdef_${'s'.repeat(43)} was sent`);
    log.info('cannot reach postgres://tracker:pa%24sssword@db:5432/tracker');
    expect(lines.join('')).not.toMatch(/c2VjcmV0|sss/);
    expect(lines[2]).toContain('postgres://tracker:(redacted)@db:5432/tracker');
    expect(lines[1]).toContain('met_0123456789abcdef_(redacted)');
  });

  it('takes what Nest logs, with context and stack', () => {
    const lines: string[] = [];
    const log = new PinoLogger(
      createLogger({ logLevel: 'info', logPretty: false }, { write: (line) => void lines.push(line) }),
    );
    log.log('mapped a route', 'RouterExplorer');
    log.log('ready', 'Tracker');
    log.error(new Error('no'), 'Tracker');
    log.error('no', 'Error: no\n    at here', 'Tracker');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 30, msg: 'ready', context: 'Tracker' }),
      expect.objectContaining({
        level: 50,
        msg: 'no',
        context: 'Tracker',
        err: expect.anything() as unknown,
      }),
      expect.objectContaining({ level: 50, msg: 'no', context: 'Tracker', stack: 'Error: no\n    at here' }),
    ]);
  });
});
