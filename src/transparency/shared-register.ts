import { existsSync, readFileSync } from 'node:fs';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { openMigrated, SHARED_SCHEMA } from '../postgres/migrated.js';
import { newSigningKey } from './checkpoint.js';
import { keyFile, type CheckpointRegister } from './checkpoint-register.js';
import type { KeptCheckpoint } from './tree-store.js';

/** The register of several nodes, in PostgreSQL: one key, and every checkpoint that any node issued. */
export class SharedRegister implements CheckpointRegister {
  private constructor(
    private readonly database: DataSource,
    private readonly directory: string,
  ) {}

  static async open(url: string, directory: string): Promise<SharedRegister> {
    const database = await openMigrated(url, {
      purpose: 'log',
      schema: SHARED_SCHEMA,
      connections: 2,
      migrations: [CreateLogRegister1764200000002],
    });
    return new SharedRegister(database, directory);
  }

  /** The first node to ask stores its folder's key, or a new one, so a log that moves here keeps its key. */
  async signingKey(): Promise<string> {
    const file = keyFile(this.directory);
    const first = existsSync(file) ? readFileSync(file, 'utf8') : newSigningKey();
    await this.database.query('INSERT INTO log_key VALUES (1, $1) ON CONFLICT (id) DO NOTHING', [first]);
    const [row]: { pem: string }[] = await this.database.query('SELECT pem FROM log_key WHERE id = 1');
    if (!row) throw new Error('the signing key of the log is gone from the database');
    return row.pem;
  }

  /** The database never deletes the key. A lost key comes back only with a dump of the database. */
  newSigningKey(): Promise<string> {
    return this.signingKey();
  }

  async keep({ size, note }: KeptCheckpoint): Promise<void> {
    await this.database.query('INSERT INTO checkpoints VALUES ($1, $2) ON CONFLICT (size, note) DO NOTHING', [
      size,
      note,
    ]);
  }

  checkpoints(): Promise<KeptCheckpoint[]> {
    return this.database.query('SELECT size, note FROM checkpoints ORDER BY size, note');
  }

  async close(): Promise<void> {
    if (this.database.isInitialized) await this.database.destroy();
  }
}

class CreateLogRegister1764200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE log_key (id integer PRIMARY KEY CHECK (id = 1), pem text NOT NULL)');
    await runner.query(
      'CREATE TABLE checkpoints (size bigint NOT NULL, note text COLLATE "C" NOT NULL, PRIMARY KEY (size, note))',
    );
    await runner.query(`CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '% is never changed or deleted', TG_TABLE_NAME; END $$`);
    for (const table of ['log_key', 'checkpoints']) {
      await runner.query(`CREATE TRIGGER ${table}_is_for_good BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE log_key, checkpoints');
    await runner.query('DROP FUNCTION refuse_change');
  }
}
