import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * A server on which tests may create databases. `POSTGRES_URL` is removed from the environment, so that only
 * code that gets a test's own database uses PostgreSQL.
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

/** Whether a PostgreSQL server answers. Throws if none does and REQUIRE_POSTGRES=1. */
export const hasPostgres = await onServer((client) => client.query('SELECT 1')).then(
  () => true,
  (error: unknown) => {
    if (process.env['REQUIRE_POSTGRES'] === '1') throw error;
    return false;
  },
);

/** `describe` if a PostgreSQL server answers; otherwise the tests are reported as skipped. */
export const describeOnPostgres = hasPostgres ? describe : describe.skip;

/** A database for one test. */
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
