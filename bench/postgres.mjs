import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const SERVER = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const DATABASE = `tracker_bench_${process.pid}`;
const EMMETT_EVENTS = 10_000;
const script = (name) => fileURLToPath(new URL(name, import.meta.url));

async function onServer(sql) {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 3000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Runs a benchmark task in a process and a database of its own. */
async function inDatabase(name, ...parameters) {
  await onServer(`CREATE DATABASE ${DATABASE}`);
  try {
    const url = new URL(SERVER);
    url.pathname = `/${DATABASE}`;
    const given = parameters.map((parameter) => String(parameter ?? url.href));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--max-semi-space-size=32', script(name), ...given],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout.trim().split('\n').at(-1)).rate;
  } finally {
    await onServer(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
  }
}

/**
 * The rows for the rebuild on PostgreSQL, over the ledger in a folder: compared with its bound and with
 * Emmett's own rebuild.
 */
export async function postgresRows(row, events, folder) {
  try {
    await onServer('SELECT 1');
  } catch {
    console.log(`No PostgreSQL answers at ${new URL(SERVER).host}: its rows are left out.`);
    return;
  }
  const bare = await inDatabase('./postgres-work.mjs', 'bare', events, folder, undefined);
  const barest = await inDatabase('./postgres-work.mjs', 'barest', events, folder, undefined);
  const rebuilt = await inDatabase('./postgres-work.mjs', 'rebuild', events, folder, undefined);
  const followed = await inDatabase('./postgres-work.mjs', 'follow', events, folder, undefined);
  const ratio = rebuilt / bare;
  const details = `${Math.round(rebuilt)} of ${Math.round(bare)} events/s with a record a subject, as views have; with one a stream ${Math.round(barest)}; event by event ${Math.round(followed)}`;
  row('rebuild of all views, PostgreSQL, to a bare batched fold', '≥ 0.5', ratio, ratio >= 0.5, details);
  if (!existsSync(script('./emmett/node_modules'))) {
    console.log('Emmett is not installed: npm ci --prefix bench/emmett, for a row more.');
    return;
  }
  const emmett = await inDatabase('./emmett/rebuild.mjs', undefined, EMMETT_EVENTS);
  const times = rebuilt / emmett;
  const beside = `${Math.round(rebuilt)} against ${Math.round(emmett)} events/s`;
  row(
    "rebuild of all views, PostgreSQL, to Emmett 0.42's rebuild of one",
    '≥ 20',
    times,
    times >= 20,
    beside,
  );
}
