import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * A server that tests may make databases on. `POSTGRES_URL` is taken out of the environment, so that nothing but what a test
 * gives a database of its own finds one.
 */
const SERVER =
  process.env['TEST_POSTGRES_URL'] ??
  process.env['POSTGRES_URL'] ??
  'postgres://postgres@127.0.0.1:5432/postgres';
delete process.env['POSTGRES_URL'];

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 20_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether a PostgreSQL answers. With REQUIRE_POSTGRES=1 one has to. */
export const hasPostgres = await onServer((client) => client.query('SELECT 1')).then(
  () => true,
  (error: unknown) => {
    if (process.env['REQUIRE_POSTGRES'] === '1') throw error;
    return false;
  },
);

/** `describe` where a PostgreSQL answers; elsewhere the tests are shown as left out. */
export const describeOnPostgres = hasPostgres ? describe : describe.skip;

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

export async function createDatabase(): Promise<TestDatabase> {
  const name = `tracker_test_${process.pid}_${randomBytes(5).toString('hex')}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  pool.on('error', () => undefined);
  return {
    url: url.href,
    query: async (sql, values) => (await pool.query(sql, values)).rows,
    drop: async () => {
      await pool.end();
      await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}
