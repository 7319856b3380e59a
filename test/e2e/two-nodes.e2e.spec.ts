import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { placeForLedger, type LedgerPlace } from '../event-store/ledger-place.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { NodeProcess } from './node-process.js';
import { Writers } from './writers.js';

const KILLS = Number(process.env['KILLS'] ?? 3);
const WRITERS = 6;
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/**
 * Logs every change of the checkpoint by a database trigger. The transaction that changes it also writes the
 * rows.
 */
async function watchCheckpoint(database: TestDatabase): Promise<void> {
  await database.query(`CREATE TABLE steps (id serial PRIMARY KEY, before bigint, after bigint);
    CREATE FUNCTION note_step() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO public.steps (before, after) VALUES (OLD.position, NEW.position); RETURN NEW; END $$;
    CREATE TRIGGER steps_are_noted AFTER UPDATE ON views_1.checkpoint FOR EACH ROW EXECUTE FUNCTION note_step()`);
}

function verified(
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stdout: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-verify-'));
  const child = spawn(process.execPath, [CLI, 'verify', '--json'], {
    env: { ...process.env, ...environment, DATA_DIR: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      rmSync(directory, { recursive: true, force: true });
      resolve({ code, stdout });
    }),
  );
}

describeOnPostgres('two nodes over one KurrentDB and one PostgreSQL', () => {
  let database: TestDatabase;
  let place: LedgerPlace;
  let nodes: [NodeProcess, NodeProcess];
  let key: string;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    database = await createDatabase();
    place = await placeForLedger();
    environment = { ...place.environment, POSTGRES_URL: database.url };
    const access = await openAccessDatabase('', database.url);
    ({ key } = await new ApiKeys(access).create('writer', 'analyst'));
    await access.destroy();
    const newNode = () => NodeProcess.on(mkdtempSync(join(tmpdir(), 'tracker-node-')), environment);
    nodes = [await newNode(), await newNode()];
    await Promise.all(nodes.map((node) => node.start()));
    await watchCheckpoint(database);
  }, 300_000);

  afterAll(async () => {
    for (const node of nodes) {
      await node.kill();
      rmSync(node.directory, { recursive: true, force: true });
    }
    await place.remove();
    await database.drop();
  });

  it(`record through both, lose nothing and project nothing twice through ${KILLS} kills of the one that projects`, async () => {
    const writers = new Writers(WRITERS, nodes, key);
    for (let round = 0; round < KILLS; round++) {
      await sleep(700);
      const projecting = (await Promise.all(nodes.map((node) => node.projects()))).indexOf(true);
      const victim = nodes[projecting === 1 ? 1 : 0];
      const other = nodes[projecting === 1 ? 0 : 1];
      await victim.kill();
      const killedAt = Date.now();
      while (!(await other.projects())) {
        if (Date.now() - killedAt > 60_000) throw new Error('the other node does not take over');
        await sleep(50);
      }
      expect(Date.now() - killedAt).toBeLessThan(5000);
      await victim.start();
    }
    await writers.stop();

    const ids: string[] = [];
    const answer = await fetch(`${nodes[0].url}/api/export?format=jsonl`);
    for (const line of (await answer.text()).trimEnd().split('\n'))
      ids.push((JSON.parse(line) as { id: string }).id);
    expect([...writers.acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);

    for (const node of nodes) {
      const read = await fetch(`${node.url}/api/automakers?minPosition=${ids.length}`);
      expect(read.status).toBe(200);
    }
    const steps = await database.query<{ before: string; after: string }>(
      'SELECT before, after FROM steps ORDER BY id',
    );
    const [first] = steps;
    steps.reduce((reached, { before, after }) => {
      expect(before).toBe(reached);
      return after;
    }, first?.before ?? '0');
    expect(Number(steps.at(-1)?.after)).toBe(ids.length);

    for (const node of nodes) await node.kill();
    const { code, stdout } = await verified(environment);
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 0,
      ok: true,
      events: ids.length,
      position: ids.length,
    });
  }, 600_000);
});
