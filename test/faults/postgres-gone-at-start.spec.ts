import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeProcess } from '../e2e/node-process.js';
import { SilentProxy } from '../event-store/silent-proxy.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

/** As many connections as a start opens. */
const POINTS = Array.from({ length: 12 }, (_, index) => index);
const LONGEST_MS = 30_000;

describeOnPostgres('a node whose PostgreSQL goes away while it starts', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it.each(POINTS)(
    'serves or ends, and never hangs: after %d connections',
    async (connections) => {
      const url = new URL(database.url);
      const proxy = await SilentProxy.start(Number(url.port || 5432));
      proxy.refuseAfter(connections);
      url.hostname = '127.0.0.1';
      url.port = String(proxy.port);
      const directory = mkdtempSync(join(tmpdir(), 'gone-at-start-'));
      const node = await NodeProcess.on(directory, { POSTGRES_URL: url.href });
      try {
        const started = node.start().then(
          () => 'serves',
          (error: unknown) => String(error),
        );
        const came = await Promise.race([started, sleep(LONGEST_MS, 'hangs', { ref: false })]);
        expect(came).toMatch(/^serves$|ended at its start \(1\): error: /);
      } finally {
        await node.kill();
        await proxy.stop();
        rmSync(directory, { recursive: true, force: true });
      }
    },
    2 * LONGEST_MS,
  );
});
