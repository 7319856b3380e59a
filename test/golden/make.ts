/**
 * Saves what the current release writes, as test data for all later ones: `npm run -s build && node --import
 * ./test/typescript.mjs test/golden/make.ts test/golden/<release>`. Needs pg_dump and a PostgreSQL at
 * TEST_POSTGRES_URL. Run it once at a release, and never again for the same one.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { openDatabase } from '../../src/event-store/sqlite/driver.js';
import { KurrentDouble } from '../event-store/kurrentdb-double/double.js';
import { LINES } from './small-ledger.js';

const [out] = process.argv.slice(2);
if (out === undefined) throw new Error('name the folder to write to');
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const shipped = fileURLToPath(new URL('../../data/ledger/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'golden-'));
const run = promisify(execFile);

async function tracker(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [cli, ...args], {
    env: { ...process.env, LOG_LEVEL: 'silent', ...environment },
    maxBuffer: 1 << 26,
  });
  return stdout;
}

function keep(name: string, content: string | Buffer): void {
  mkdirSync(join(out ?? '', name, '..'), { recursive: true });
  writeFileSync(join(out ?? '', `${name}.gz`), gzipSync(content, { level: 9 }));
}

/** Saves the files of a folder, each SQLite file with its journal merged in. */
function keepFolder(name: string, folder: string): void {
  for (const file of readdirSync(folder))
    if (file.endsWith('.sqlite')) {
      const database = openDatabase(join(folder, file));
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
    }
  for (const file of readdirSync(folder).filter((each) => !/-(?:wal|shm)$|\.lock$/.test(each)))
    keep(`${name}/${file}`, readFileSync(join(folder, file)));
}

async function keepExports(name: string, environment: Readonly<Record<string, string>>): Promise<void> {
  for (const format of ['jsonl', 'csv', 'cloudevents']) {
    const file = join(work, `${name}.${format}`);
    await tracker(environment, 'export', '--format', format, '--out', file);
    for (const suffix of ['', '.checkpoint', '.hashes'])
      keep(`${name}/export.${format}${suffix}`, readFileSync(file + suffix));
  }
  keep(`${name}/log.pub`, await tracker(environment, 'checkpoint', '--key'));
}

const SERVER = process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  await client.query(sql);
  await client.end();
}

try {
  const ledger = { DATA_DIR: join(work, 'shipped') };
  await tracker(
    ledger,
    'import',
    ...readdirSync(shipped).map((file) => join(shipped, file)),
    '--author',
    'demo',
  );
  await keepExports('shipped', ledger);

  const small = { DATA_DIR: join(work, 'small') };
  const lines = join(work, 'lines.jsonl');
  writeFileSync(lines, LINES.map((each) => `${JSON.stringify(each)}\n`).join(''));
  keep('small/lines.jsonl', readFileSync(lines));
  await tracker(small, 'import', lines, '--author', 'ana');
  keep('small/api.key', await tracker(small, 'keys', 'create', 'ana', '--role', 'analyst'));
  await keepExports('small', small);
  keepFolder('small/data-dir', small.DATA_DIR);

  const name = `golden_${process.pid}`;
  const database = new URL(SERVER);
  database.pathname = `/${name}`;
  await onServer(`CREATE DATABASE ${name}`);
  const double = await KurrentDouble.start();
  try {
    const server = { ...small, KURRENTDB_URL: double.url, POSTGRES_URL: database.href };
    await tracker(server, 'migrate', '--from', 'embedded', '--to', 'server');
    const node = { ...server, DATA_DIR: join(work, 'node') };
    await keepExports('server', node);
    keepFolder('server/data-dir', node.DATA_DIR);
    const events = double.log.events.map(({ stream, id, type, isJson, data, metadata }) =>
      JSON.stringify({
        stream,
        id,
        type,
        isJson,
        data: Buffer.from(data).toString(),
        metadata: Buffer.from(metadata).toString(),
      }),
    );
    keep('server/kurrentdb.jsonl', events.map((each) => `${each}\n`).join(''));
    const { stdout } = await run('pg_dump', ['--inserts', '--no-owner', '--no-privileges', database.href], {
      maxBuffer: 1 << 26,
    });
    // Commands of psql are not SQL.
    keep('server/postgres.sql', stdout.replaceAll(/^\\.*\n/gm, ''));
  } finally {
    await double.stop();
    await onServer(`DROP DATABASE ${name}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
