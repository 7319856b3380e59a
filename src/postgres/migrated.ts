import { DataSource, type DataSourceOptions } from 'typeorm';
import { postgresClient, postgresOptions } from './connection.js';
import { lock, LOCKS } from './locks.js';

/** The schema of what all nodes share besides the views: API keys, the log's key and checkpoints, which views are live. */
export const SHARED_SCHEMA = 'tracker';

export interface MigratedOptions {
  readonly purpose: string;
  readonly schema: string;
  readonly connections: number;
  readonly entities?: DataSourceOptions['entities'];
  /** In order; each is run once. */
  readonly migrations: DataSourceOptions['migrations'];
}

/** Opens a pool on a schema, which is made where it is missing, and brings its tables up to date. Nodes wait for each other. */
export async function openMigrated(url: string, options: MigratedOptions): Promise<DataSource> {
  const { purpose, schema, connections, entities = [], migrations = [] } = options;
  const database = new DataSource({
    ...postgresOptions(url, { purpose, schema, connections }),
    entities,
    migrations,
    migrationsTableName: `${purpose.replaceAll(' ', '_')}_migrations`,
  });
  const client = postgresClient(url, { purpose: 'migrations', schema });
  await client.connect();
  try {
    await lock(client, LOCKS.migrating);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
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
