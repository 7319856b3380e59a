import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { jsonLines } from '../cli/small-ledger.js';
import { NodeProcess } from '../e2e/node-process.js';
import { REGISTERED, SOURCE } from '../e2e/server.js';
import { Writers } from '../e2e/writers.js';
import { seeded } from '../event-store/kurrentdb-double/faults.js';
import { TrackerProcess } from './tracker-process.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/**
 * `KILLS=50 npx jest test/faults/kills` kills fifty times. SEED repeats a run; KILLS_LOG names a file that
 * logs each kill.
 */
const KILLS = Number(process.env['KILLS'] ?? 4);
const random = seeded(Number(process.env['SEED'] ?? 1));
const WRITERS = 4;
const LINES = 1000;

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Inspects stores from a process that is not killed. */
const checking = new TrackerProcess();
let root: string;
let store: string;
let key: string;
let node: NodeProcess;
/** Ids of the events that were acknowledged. */
const acknowledged = new Set<string>();
/** Duration of each kind of work when it is not killed, so that kills are spread over all of it. */
const usual = new Map<string, number>();

function start(args: readonly string[], dataDir = store): { child: ChildProcess; ended: Promise<Finished> } {
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    ...said,
    ms: performance.now() - began,
  }));
  return { child, ended };
}

/**
 * A random delay in milliseconds within the usual duration of a kind of work, rarely before the work itself
 * begins.
 */
const withinUsual = (kind: string) => (0.2 + 0.85 * random()) * (usual.get(kind) ?? 1000);

/** Runs a command to its end and expects it to succeed. */
async function tracker(args: readonly string[], dataDir = store): Promise<Finished> {
  const finished = await start(args, dataDir).ended;
  expect({ args, code: finished.code, stderr: finished.stderr }).toMatchObject({ args, code: 0 });
  return finished;
}

/**
 * Starts a command and kills it at a random time within its usual duration. Returns how far it may have come.
 */
async function killed(args: readonly string[]): Promise<string> {
  const at = withinUsual(args[0] ?? '');
  const { child, ended } = start(args);
  await Promise.race([ended, sleep(at)]);
  child.kill('SIGKILL');
  const { code } = await ended;
  return `after ${Math.round(at)} ms${code === null ? '' : ', which was after its end'}`;
}

async function timed(kind: string, args: readonly string[]): Promise<Finished> {
  const finished = await tracker(args);
  usual.set(kind, finished.ms);
  return finished;
}

/** Expects that verify finds nothing wrong, and that each acknowledged event is in the store exactly once. */
async function expectWhole(dataDir: string, ids: ReadonlySet<string> = acknowledged): Promise<void> {
  const [verified, exported] = await checking.run(dataDir, [['verify', '--json'], ['export']]);
  expect(verified).toMatchObject({ code: 0, stderr: '' });
  const lines = (exported?.stdout ?? '').split('\n').filter((line) => line !== '');
  const held = new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id));
  expect(held.size).toBe(lines.length);
  expect([...ids].filter((id) => !held.has(id))).toEqual([]);
}

/** A file with events of one automaker, each with its own id. */
function fileFor(round: number): { file: string; ids: string[] } {
  const stream = `automaker-import-${round}`;
  const idOf = (n: number) =>
    `00000000-0000-4000-8000-${String(round).padStart(4, '0')}${String(n).padStart(8, '0')}`;
  const lines = Array.from({ length: LINES }, (_, n) =>
    n === 0
      ? { id: idOf(0), stream, ...REGISTERED, data: { name: `Import ${round}`, homeMarket: 'CN' } }
      : {
          id: idOf(n),
          stream,
          type: 'ServiceCenterOpened',
          occurredOn: '2025',
          data: { market: 'NO', city: `Town ${n}` },
          evidence: SOURCE,
        },
  );
  const file = join(root, `import-${round}.jsonl`);
  writeFileSync(file, jsonLines(lines));
  return { file, ids: lines.map(({ id }) => id) };
}

/**
 * For each kind of work: starts it, kills it at a random time, and repeats it. Returns a description of what
 * happened.
 */
const KINDS: Readonly<Record<string, (round: number) => Promise<string>>> = {
  import: async (round) => {
    const { file, ids } = fileFor(round);
    const told = await killed(['import', file]);
    await expectWhole(store);
    const { stderr } = await timed('import', ['import', file]);
    const [, recorded = '', before = ''] =
      /(\d+) recorded, (\d+) already recorded, 0 refused/.exec(stderr) ?? [];
    expect(Number(recorded) + Number(before)).toBe(LINES);
    for (const id of ids) acknowledged.add(id);
    return `${told}; ${before} of ${LINES} lines were in`;
  },

  'import over HTTP': async (round) => {
    const { file, ids } = fileFor(round);
    await node.start();
    const { ended } = start(['import', file, '--server', node.url, '--key', key]);
    const at = withinUsual('import');
    await Promise.race([ended, sleep(at)]);
    await node.kill();
    const first = await ended;
    if (first.code === 0) for (const id of ids) acknowledged.add(id);
    await expectWhole(store);
    await node.start();
    await tracker(['import', file, '--server', node.url, '--key', key]);
    await node.kill();
    for (const id of ids) acknowledged.add(id);
    return `after ${Math.round(at)} ms${first.code === 0 ? ', which was after its end' : ''}`;
  },

  rebuild: async () => {
    const told = await killed(['rebuild']);
    await expectWhole(store);
    const { stdout } = await timed('rebuild', ['rebuild']);
    expect(stdout).toContain(' 0 rows differed');
    return told;
  },

  backup: async (round) => {
    const folder = join(root, `backup-${round}`);
    await node.start();
    const writers = new Writers(WRITERS, [node], key, `backup-${round}`);
    const told = await killed(['backup', folder]);
    // The folder appears completely or not at all.
    if (existsSync(folder)) await tracker(['restore', folder], join(root, `early-${round}`));
    rmSync(folder, { recursive: true, force: true });
    await sleep(200);
    const before = new Set([...acknowledged, ...writers.acknowledged]);
    await timed('backup', ['backup', folder]);
    await writers.stop();
    await node.kill();
    for (const id of writers.acknowledged) acknowledged.add(id);
    const copy = join(root, `copy-${round}`);
    await tracker(['restore', folder], copy);
    await expectWhole(copy, before);
    for (const each of [copy, folder, join(root, `early-${round}`)])
      rmSync(each, { recursive: true, force: true });
    return `${told}; ${before.size} events in the backup`;
  },

  append: async (round) => {
    await node.start();
    const writers = new Writers(WRITERS, [node], key, `append-${round}`);
    const at = 100 + random() * 700;
    await sleep(at);
    await node.kill();
    await node.start();
    await sleep(100);
    await writers.stop();
    await node.kill();
    for (const id of writers.acknowledged) acknowledged.add(id);
    return `after ${Math.round(at)} ms, ${writers.acknowledged.size} acknowledged`;
  },
};

(process.env['TIER'] === undefined ? describe : describe.skip)('a process that is killed at its work', () => {
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'tracker-kills-'));
    store = join(root, 'store');
    const { file, ids } = fileFor(9999);
    await timed('import', ['import', file]);
    for (const id of ids) acknowledged.add(id);
    const access = await openAccessDatabase(store);
    ({ key } = await new ApiKeys(access).create('writer', 'analyst'));
    await access.destroy();
    node = await NodeProcess.on(store, {});
  }, 300_000);
  afterAll(async () => {
    await node.kill();
    await checking.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const kinds = Object.keys(KINDS);
  it.each(Array.from({ length: KILLS }, (_, round) => [round, kinds[round % kinds.length] ?? ''] as const))(
    'loses nothing that was acknowledged: kill %i, at %s',
    async (round, kind) => {
      const told = await KINDS[kind]?.(round);
      await expectWhole(store);
      if (process.env['KILLS_LOG']) appendFileSync(process.env['KILLS_LOG'], `${round}\t${kind}\t${told}\n`);
    },
    300_000,
  );
});
