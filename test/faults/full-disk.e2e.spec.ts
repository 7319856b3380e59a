import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entered, REGISTERED, startServer, type Answer, type TestServer } from '../e2e/server.js';
import { smallDisk } from '../files/small-disk.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const disk = process.env['TIER'] === undefined ? smallDisk('8m') : undefined;

(disk === undefined ? describe.skip : describe)('on a disk without room', () => {
  const mounted = disk?.path ?? '';
  const store = join(mounted, 'store');
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: store });
    const { body } = await server.post('/api/automakers/xpeng/events', REGISTERED);
    expect((await server.get(`/api/automakers/xpeng?minPosition=${body.position}`)).status).toBe(200);
  });
  beforeEach(() => disk?.fill());
  afterEach(() => disk?.free());
  afterAll(async () => {
    await server.stop();
    disk?.remove();
  });

  it('nothing is recorded, with what to do, and what is not there is not said to be', async () => {
    const { status, body } = await server.post('/api/automakers/xpeng/events', entered('NO'));
    expect([status, body.type]).toEqual([503, '/problems/store-unavailable']);
    expect(body.detail).toMatch(/no room left on the disk of events\.sqlite/);
    disk?.free();
    expect((await server.post('/api/automakers/xpeng/events', entered('NO'))).status).toBe(201);
  });

  it('readiness fails, and says why', async () => {
    const { body } = await readiness(503);
    expect(body.checks['event-store'].detail).toContain('nothing can be recorded: the disk is full');
    disk?.free();
    await readiness(200);
  });

  it('questions are answered, and a checkpoint is refused with what to do', async () => {
    expect((await server.get('/api/automakers/xpeng')).status).toBe(200);
    for (const path of ['/api/ledger/checkpoint', '/api/export']) {
      const { status, body } = await server.get(path);
      expect([path, status, body.detail]).toEqual([path, 503, expect.stringMatching(/no room left/)]);
    }
  });

  it('the command line answers questions, and says what hinders it to record', async () => {
    disk?.free();
    const file = join(mounted, 'events.jsonl');
    writeFileSync(file, `${JSON.stringify({ stream: 'automaker-xpeng', ...REGISTERED })}\n`);
    const environment = { ...process.env, DATA_DIR: join(mounted, 'other') };
    const tracker = (...args: string[]) =>
      spawnSync(process.execPath, [CLI, ...args], { env: environment, encoding: 'utf8' });
    expect(tracker('import', file)).toMatchObject({ status: 0 });
    disk?.fill();
    expect(tracker('automakers')).toMatchObject({ status: 0, stdout: expect.stringContaining('xpeng') });
    expect(tracker('rebuild')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error: .*no room/),
    });
  }, 30_000);

  /** Polls readiness, because a recent result may still be reported. */
  async function readiness(status: number): Promise<Answer> {
    for (;;) {
      const answer = await server.get('/health/ready');
      if (answer.status === status) return answer;
    }
  }
});
