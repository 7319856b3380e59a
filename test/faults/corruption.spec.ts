import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, type CommandLine } from '../cli/command-line.js';
import { jsonLines, SMALL_LEDGER } from '../cli/small-ledger.js';
import { entered, REGISTERED, startServer } from '../e2e/server.js';
import { seeded } from '../event-store/kurrentdb-double/faults.js';
import { TrackerProcess, type RemoteOutcome } from './tracker-process.js';

/** Number of damaged stores: `CORRUPTIONS=200 npx jest test/faults` flips bytes in 200 and truncates 50. */
const FLIPS = Number(process.env['CORRUPTIONS'] ?? 16);
const CUTS = Math.ceil(FLIPS / 4);
const SEED = Number(process.env['SEED'] ?? 1);

/** Random integers below a bound. */
function integers(seed: number): (below: number) => number {
  const random = seeded(seed);
  return (below) => Math.floor(random() * below);
}

const CHECKS = [
  ['verify', '--json'],
  ['automakers'],
  ['rebuild'],
  ['verify', '--json'],
  ['export'],
  ['keys', 'list'],
];

(process.env['TIER'] === undefined ? describe : describe.skip)('a store whose files are damaged', () => {
  /** A store after a clean stop, and a store as a killed process left it, with most data in the journals. */
  let stopped: CommandLine;
  let killed: string;
  /** The output of `export` and `keys list` for each store. */
  const told = new Map<string, { readonly exported: string; readonly keys: string }>();
  const tracker = new TrackerProcess();
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'damaged-'));
    folders.push(made);
    return made;
  };

  beforeAll(async () => {
    stopped = commandLine();
    await stopped.tracker('import', stopped.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await stopped.tracker('keys', 'create', 'alice', '--role', 'analyst');
    await stopped.tracker('checkpoint');
    const server = await startServer();
    await server.post('/api/automakers/xpeng/events', [
      REGISTERED,
      ...['NO', 'SE', 'DK', 'FI'].map((each) => entered(each)),
    ]);
    await server.get('/api/ledger/checkpoint');
    await server.get('/api/automakers?minPosition=5');
    killed = mkdtempSync(join(tmpdir(), 'killed-'));
    cpSync(server.directory, killed, { recursive: true });
    await server.stop();
    for (const store of [stopped.store, killed]) {
      const copy = folder();
      cpSync(store, copy, { recursive: true });
      const [exported, keys] = await tracker.run(copy, [['export'], ['keys', 'list']]);
      expect([exported?.code, keys?.code]).toEqual([0, 0]);
      told.set(store, { exported: exported?.stdout ?? '', keys: keys?.stdout ?? '' });
    }
  }, 60_000);
  afterEach(() => {
    for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
  });
  afterAll(async () => {
    await tracker.stop();
    rmSync(killed, { recursive: true, force: true });
    await stopped.remove();
  });

  /** Damages a copy of a store, runs every command on it, and returns the result. */
  async function outcomeOf(from: string, damage: (store: string) => void): Promise<string> {
    const store = join(folder(), 'store');
    cpSync(from, store, { recursive: true });
    damage(store);
    const [found, start, rebuilt, again, exportAfter, keysAfter] = await tracker.run(store, CHECKS);
    // Only a question may fail without a plain message: a view may be readable but hold wrong data.
    for (const each of [found, rebuilt, again, exportAfter]) expectPlainWords(each);
    expect([0, 1]).toContain(start?.code);
    if (again?.code !== 0)
      return `${findingsOf(again)} | start: ${start?.stderr} | rebuild: ${rebuilt?.stderr}`;
    // If verify finds nothing, everything recorded is still there.
    expect({ exported: exportAfter?.stdout, keys: keysAfter?.stdout }).toEqual(told.get(from));
    return found?.code === 0 ? 'changed nothing' : 'mended by rebuild';
  }

  function findingsOf(outcome: RemoteOutcome | undefined): string {
    const { ok, findings } = JSON.parse(outcome?.stdout ?? '') as {
      ok: boolean;
      findings: { finding: string }[];
    };
    expect(ok).toBe(false);
    expect(findings.length).toBeGreaterThan(0);
    return `found: ${findings.map(({ finding }) => finding).join('; ')}`;
  }

  /** Expects that every error is reported in a plain sentence. */
  function expectPlainWords(outcome: RemoteOutcome | undefined): void {
    expect(outcome?.stderr).not.toMatch(/\n {4}at /);
    expect([0, 1]).toContain(outcome?.code);
  }

  const filesOf = (store: string) =>
    readdirSync(store)
      .filter((name) => !/-shm$|\.writer$|\.lock/.test(name) && readFileSync(join(store, name)).length > 0)
      .sort();
  const note = (what: string, how: string) => {
    if (process.env['CORRUPTIONS_LOG']) appendFileSync(process.env['CORRUPTIONS_LOG'], `${what}\t${how}\n`);
  };

  it.each(Array.from({ length: FLIPS }, (_, index) => index))(
    'is found or mended: flipped bytes, number %i',
    async (index) => {
      const int = integers(SEED * 10_000 + index);
      const from = index % 3 === 2 ? killed : stopped.store;
      const names = filesOf(from);
      const name = names[index % names.length] ?? '';
      let where = '';
      const how = await outcomeOf(from, (store) => {
        const bytes = readFileSync(join(store, name));
        for (let flips = [1, 1, 8, 64][int(4)] ?? 1; flips > 0; flips--) {
          const at = int(bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 + int(255));
          where += ` ${at}`;
        }
        writeFileSync(join(store, name), bytes);
      });
      note(`${name}${where}`, how);
    },
    120_000,
  );

  it.each(Array.from({ length: CUTS }, (_, index) => index))(
    'is found or mended: cut off, number %i',
    async (index) => {
      const int = integers(SEED * 10_000 + 5000 + index);
      const from = index % 3 === 2 ? killed : stopped.store;
      const names = filesOf(from);
      const name = names[index % names.length] ?? '';
      const how = await outcomeOf(from, (store) => {
        const size = readFileSync(join(store, name)).length;
        truncateSync(join(store, name), int(size));
      });
      note(`${name} cut off`, how);
    },
    120_000,
  );

  it.each(['views.json', 'views-1.sqlite'])(
    'is mended by rebuild where %s is empty, garbage, or gone',
    async (name) => {
      const path = (store: string) => join(store, name);
      for (const damage of [
        (store: string) => writeFileSync(path(store), ''),
        (store: string) => writeFileSync(path(store), Buffer.alloc(8192, 0xa5)),
        (store: string) => rmSync(path(store)),
      ]) {
        const how = await outcomeOf(stopped.store, damage);
        expect(['mended by rebuild', 'changed nothing']).toContain(how);
      }
      expect(existsSync(path(stopped.store))).toBe(true);
    },
    120_000,
  );
});
