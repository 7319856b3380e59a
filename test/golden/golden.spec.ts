import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { createApplication } from '../../src/server.js';
import { settingsFrom } from '../../src/settings.js';
import { commandLine, type CommandLine } from '../cli/command-line.js';
import { KurrentDouble } from '../event-store/kurrentdb-double/double.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { RELEASES, restoreDump, restoreLog, textOf, unpack, unpackFolder } from './kept.js';

const FORMATS = ['jsonl', 'csv', 'cloudevents'];
const LEDGERS = ['shipped', 'small'];
const LATER = {
  type: 'MarketEntered',
  occurredOn: '2024-06',
  data: { market: 'IS' },
  evidence: [{ url: 'https://example.com/iceland', publisher: 'Example', grade: 'reported' }],
};

/**
 * The contents of an export, independent of the order of fields and columns. Columns that are empty in every
 * row are dropped.
 */
function said(text: string): unknown[] {
  if (text.startsWith('{'))
    return text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  const rows = parse<Readonly<Record<string, string>>>(text, { columns: true });
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')));
}

const linesIn = (text: string): number => text.trim().split('\n').length;

// These tests set the tiers themselves.
const ofNoTier = process.env['TIER'] === undefined ? describe : describe.skip;

ofNoTier.each(RELEASES)('what the release %s exported', (release) => {
  let cli: CommandLine;
  beforeEach(() => (cli = commandLine()));
  afterEach(() => cli.remove());

  describe.each(LEDGERS.flatMap((ledger) => FORMATS.map((format) => [ledger, format])))(
    'the %s ledger as %s',
    (ledger, format) => {
      const name = `${ledger}/export.${format}`;
      const count = linesIn(textOf(release, `${ledger}/export.jsonl`));

      it('verifies, with its checkpoint, its hashes and the key of then', async () => {
        const file = unpack(release, name, cli.directory);
        const key = textOf(release, `${ledger}/log.pub`).trim();
        const { code, json } = await cli.tracker('verify', '--export', file, '--key', key, '--json');
        expect({ code, ...json }).toMatchObject({
          code: 0,
          ok: true,
          events: count,
          checkpoints: [{ size: count, holds: true }],
          signaturesChecked: true,
          faults: [],
        });
      });

      it('is restored without loss: the same events and hashes come out, and once more it is there already', async () => {
        const file = unpack(release, name, cli.directory);
        const first = await cli.tracker('import', file, '--restore', '--format', format);
        expect([first.code, first.stderr]).toEqual([
          0,
          expect.stringContaining(`${count} lines: ${count} recorded, 0 already recorded, 0 refused`),
        ]);
        for (const each of FORMATS) {
          const out = cli.file(`out.${each}`);
          await cli.tracker('export', '--format', each, '--out', out);
          const earlier = `${ledger}/export.${each}`;
          expect(said(readFileSync(out, 'utf8'))).toEqual(said(textOf(release, earlier)));
          expect(readFileSync(`${out}.hashes`, 'utf8')).toBe(textOf(release, `${earlier}.hashes`));
        }
        const again = await cli.tracker('import', file, '--format', format);
        expect(again.stderr).toContain(`${count} lines: 0 recorded, ${count} already recorded, 0 refused`);
        expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
      });

      it('is imported as new: no line is refused but the twin, of which an export does not say that it is none', async () => {
        const file = unpack(release, name, cli.directory);
        const { stderr } = await cli.tracker('import', file, '--format', format, '--author', 'somebody');
        const twins = ledger === 'small' ? 1 : 0;
        expect(stderr).toContain(
          `${count} lines: ${count - twins} recorded, 0 already recorded, ${twins} refused`,
        );
      });
    },
  );
});

/** Starts an application on existing stores. */
async function serving<T>(
  environment: Readonly<Record<string, string>>,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const settings = { ...environment, PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: '0' };
  const app: NestFastifyApplication = await createApplication(settingsFrom(settings));
  await app.listen(0, '127.0.0.1');
  try {
    return await work(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
  } finally {
    await app.close();
  }
}

/**
 * Opens stores of an older release, records one more event with a key from then, and expects the rest of the
 * ledger to be unchanged.
 */
async function opens(
  release: string,
  ledger: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const exported = textOf(release, `${ledger}/export.jsonl`);
  const count = linesIn(exported);
  await serving(environment, async (url) => {
    const key = textOf(release, 'small/api.key').trim();
    const answer = await fetch(`${url}/api/automakers/nova/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      body: JSON.stringify(LATER),
    });
    expect([answer.status, await answer.json()]).toMatchObject([201, { position: count + 1 }]);
    const seen = await fetch(`${url}/api/events?limit=200&minPosition=${count + 1}`);
    const { events } = (await seen.json()) as { events: readonly unknown[] };
    expect(events).toHaveLength(count + 1);
    const now = await (await fetch(`${url}/api/export`)).text();
    expect(now.slice(0, exported.length) === exported).toBe(true);
    expect(linesIn(now)).toBe(count + 1);
  });
}

/**
 * Expects that the stores are consistent and match the old checkpoints, signed by the key that is still in
 * use.
 */
async function verifies(release: string, ledger: string, cli: CommandLine): Promise<void> {
  const checkpoints = FORMATS.map((format) => {
    unpack(release, `${ledger}/export.${format}.checkpoint`, cli.directory);
    return `${cli.directory}/${ledger}/export.${format}.checkpoint`;
  });
  const key = textOf(release, `${ledger}/log.pub`);
  const { code, stdout } = await cli.tracker('verify', '--checkpoint', ...checkpoints, '--key', key.trim());
  expect([code, stdout]).toEqual([0, expect.stringMatching(/OK\n$/)]);
  expect((await cli.tracker('checkpoint', '--key')).stdout).toBe(key);
}

ofNoTier.each(RELEASES)('a folder that the release %s left', (release) => {
  let home: CommandLine;
  let cli: CommandLine;
  beforeEach(() => {
    home = commandLine();
    cli = commandLine(unpackFolder(release, 'small/data-dir', home.directory));
  });
  afterEach(async () => {
    await cli.remove();
    await home.remove();
  });

  it('is opened by itself: log, checkpoints and keys go on, and an event is recorded', async () => {
    await opens(release, 'small', { DATA_DIR: cli.store });
    await verifies(release, 'small', cli);
  });

  it('knows the lines of an import again whose ids were made from their content', async () => {
    const file = unpack(release, 'small/lines.jsonl', cli.directory);
    const count = linesIn(readFileSync(file, 'utf8'));
    const { code, stderr } = await cli.tracker('import', file);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`${count} lines: 0 recorded, ${count} already recorded, 0 refused`),
    ]);
  });
});

(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip).each(RELEASES)(
  'a database and a ledger on KurrentDB that the release %s left',
  (release) => {
    let home: CommandLine;
    let database: TestDatabase;
    let double: KurrentDouble;
    let stores: Readonly<Record<string, string>>;
    beforeEach(async () => {
      home = commandLine();
      database = await createDatabase();
      double = await KurrentDouble.start();
      await restoreDump(release, 'server/postgres.sql', database.url);
      restoreLog(release, 'server/kurrentdb.jsonl', double.log);
      stores = { KURRENTDB_URL: double.url, POSTGRES_URL: database.url };
      Object.assign(process.env, stores);
    });
    afterEach(async () => {
      for (const name of Object.keys(stores)) Reflect.deleteProperty(process.env, name);
      await home.remove();
      await double.stop();
      await database.drop();
    });

    it.each([
      ['the folder that the node left', () => unpackFolder(release, 'server/data-dir', home.directory)],
      ['an empty folder', () => home.store],
    ])('are opened by themselves with %s', async (_, folder) => {
      const cli = commandLine(folder());
      await opens(release, 'server', { DATA_DIR: cli.store, ...stores });
      await verifies(release, 'server', cli);
      await cli.remove();
    });
  },
);
