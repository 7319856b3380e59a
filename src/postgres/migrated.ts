import { DataSource, type DataSourceOptions } from 'typeorm';
import { postgresClient, postgresOptions } from './connection.js';
import { lock, LOCKS } from './locks.js';
import { PostgresNotOpened } from './not-opened.js';
import { refuseLostSessions } from './session-kept.js';

/**
 * The schema of shared data except the views: API keys, the log's key and checkpoints, and which views are
 * live.
 */
export const SHARED_SCHEMA = 'tracker';

export interface MigratedOptions {
  readonly purpose: string;
  readonly schema: string;
  readonly connections: number;
  readonly entities?: DataSourceOptions['entities'];
  /** In order; each runs once. */
  readonly migrations: DataSourceOptions['migrations'];
}

/**
 * Opens a pool on a schema, creates the schema if it is missing, and updates its tables. Nodes wait for each
 * other. Throws PostgresNotOpened when PostgreSQL is unreachable or refuses access.
 */
export async function openMigrated(url: string, options: MigratedOptions): Promise<DataSource> {
  const { purpose, schema, connections, entities = [], migrations = [] } = options;
  const database = new DataSource({
    ...postgresOptions(url, { purpose, schema, connections }),
    entities,
    migrations,
    migrationsTableName: `${purpose.replaceAll(' ', '_')}_migrations`,
  });
  const client = postgresClient(url, { purpose: 'migrations', schema });
  const other = postgresClient(url, { purpose: 'look for a pooler', schema });
  const notOpened = (cause: unknown): never => {
    throw new PostgresNotOpened(client, cause);
  };
  await client.connect().catch(notOpened);
  try {
    await refuseLostSessions(client, other).catch(notOpened);
    await lock(client, LOCKS.migrating);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`).catch(notOpened);
    await database.initialize();
    await database.runMigrations({ transaction: 'all' });
    return database;
  } catch (error) {
    if (database.isInitialized) await database.destroy();
    throw error;
  } finally {
    await client.end();
  }
}
