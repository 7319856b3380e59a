import pg from 'pg';
import { DataSource } from 'typeorm';
import { isConnectionLost } from '../../src/postgres/connection-lost.js';
import { postgresOptions } from '../../src/postgres/connection.js';
import { DeadlineClient } from '../../src/postgres/deadline-client.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

const SOON_MS = 500;
const NEVER = 'SELECT pg_sleep(3600)';

describeOnPostgres('a statement that PostgreSQL does not answer in time', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  const open = async (): Promise<DeadlineClient> => {
    const client = new DeadlineClient({
      connectionString: database.url,
      answersWithinMs: SOON_MS,
      schema: 'public',
    });
    await client.connect();
    return client;
  };

  it('fails as a lost connection does, and its connection with it', async () => {
    const client = await open();
    const failed = await client.query(NEVER).catch((error: unknown) => error);
    expect(isConnectionLost(failed)).toBe(true);
    await expect(client.query('SELECT 1')).rejects.toThrow();
    await client.end();
  });

  it('has a session that ends soon after its machine is gone, with its locks', async () => {
    const client = await open();
    const { rows } = await client.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name LIKE 'tcp\\_%'`,
    );
    const of = (name: string) => Number(rows.find((row) => row.name === `tcp_${name}`)?.setting);
    expect(of('keepalives_idle')).toBeGreaterThan(0);
    const givenUp = of('keepalives_idle') + of('keepalives_interval') * of('keepalives_count');
    expect(givenUp).toBeLessThanOrEqual(12);
    expect(of('user_timeout')).toBeLessThanOrEqual(12_000);
    expect(of('user_timeout')).toBeGreaterThan(0);
    await client.end();
  });

  it('leaves nobody else within its transaction', async () => {
    await database.query('CREATE TABLE counted (n integer)');
    const pool = new pg.Pool({
      connectionString: database.url,
      max: 1,
      Client: DeadlineClient,
      answersWithinMs: SOON_MS,
      schema: 'public',
    } as unknown as pg.PoolConfig);
    pool.on('error', () => undefined);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO counted VALUES (1)');
    await expect(client.query(NEVER)).rejects.toThrow('did not answer');
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
    const { rows } = await pool.query('SELECT now() = statement_timestamp() AS alone, count(*) FROM counted');
    expect(rows).toEqual([{ alone: true, count: '0' }]);
    await pool.end();
  });

  it('is told as such by TypeORM, whose errors wrap it', async () => {
    const options = postgresOptions(database.url, { purpose: 'test', schema: 'public', connections: 1 });
    const source = await new DataSource({
      ...options,
      extra: { ...(options.extra as object), answersWithinMs: SOON_MS },
    }).initialize();
    const failed = await source.query(NEVER).catch((error: unknown) => error);
    expect(isConnectionLost(failed)).toBe(true);
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
  });

  it('may take longer within work that is known to', async () => {
    const client = await open();
    await client.answering(5000, () => client.query(`SELECT pg_sleep(${(2 * SOON_MS) / 1000})`));
    await expect(client.query(NEVER)).rejects.toThrow('did not answer');
    await client.end();
  });
});

describeOnPostgres('a PostgreSQL that refuses for now, as while somebody restores or moves it', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  const failureOf = async (url: string, statement = 'SELECT 1'): Promise<unknown> => {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return await client.query(statement);
    } catch (error) {
      return error;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const changed = (part: 'pathname' | 'username', to: string): string => {
    const url = new URL(database.url);
    url[part] = to;
    return url.href;
  };

  it('counts as one that is not there', async () => {
    const noDatabase = await failureOf(changed('pathname', '/no_such_database'));
    const noUser = await failureOf(changed('username', 'no_such_user'));
    const noWrites = await failureOf(database.url, 'BEGIN READ ONLY; CREATE TABLE refused (n integer)');
    expect(noDatabase).toMatchObject({ code: '3D000' });
    expect(noUser).toMatchObject({ code: expect.stringMatching(/^28/) });
    expect(noWrites).toMatchObject({ code: '25006' });
    expect([noDatabase, noUser, noWrites].map(isConnectionLost)).toEqual([true, true, true]);
  });

  it('is not one whose answer is that the statement is wrong', async () => {
    const wrong = await failureOf(database.url, 'SELECT nothing FROM nowhere');
    expect(wrong).toMatchObject({ code: '42P01' });
    expect(isConnectionLost(wrong)).toBe(false);
  });
});
