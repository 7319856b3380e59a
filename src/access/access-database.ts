import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { isBusy, StrictDatabase } from '../event-store/sqlite/driver.js';
import { noteFiles, refuseMissingFiles } from '../files/store-files.js';
import { ApiKey } from './api-key.js';
import { BrowserSession } from './browser-session.js';
import { ReleaseLabels } from './release-labels.js';
import { ReviewRow } from './review-row.js';
import { SuggestionRow } from './suggestion-row.js';
import { SuggestionTimeRow } from './suggestion-time-row.js';
import { Webhook } from './webhook.js';
import { acceptKeys, faultsOfKeys, KeyActs } from './key-acts.js';

const ENTITIES = [
  ApiKey,
  BrowserSession,
  Webhook,
  ReleaseLabels,
  SuggestionRow,
  SuggestionTimeRow,
  ReviewRow,
];

const ACCESS_FILE = 'access.sqlite';

/**
 * Accepts the current keys of a folder, whatever changed them before. Throws DamagedFile when they cannot be
 * read.
 */
export const acceptKeysOf = (dataDir: string): void => acceptKeys(dataDir, join(dataDir, ACCESS_FILE));

/**
 * Opens the keys: those of all nodes in PostgreSQL, or the folder's own file, `access.sqlite`. Server and
 * command line may have them open at the same time. Throws MissingFiles when an existing file has
 * disappeared, and DamagedFile when it is damaged or the keys differ from those that were created.
 */
export async function openAccessDatabase(dataDir: string, postgresUrl?: string): Promise<DataSource> {
  if (postgresUrl !== undefined) {
    // Loaded on demand: the drivers would make every start slower.
    const { openMigrated, SHARED_SCHEMA } = await import('../postgres/migrated.js');
    return openMigrated(postgresUrl, {
      purpose: 'access',
      schema: SHARED_SCHEMA,
      connections: 3,
      entities: ENTITIES,
      migrations: MIGRATIONS,
    });
  }
  refuseMissingFiles({ dataDir }, ACCESS_FILE);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const [fault] = faultsOfKeys(join(dataDir, ACCESS_FILE));
  if (fault) throw fault;
  const database = new DataSource({
    type: 'better-sqlite3',
    driver: StrictDatabase,
    database: join(dataDir, ACCESS_FILE),
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsRun: true,
    synchronize: false,
    // By default, libsql does not wait while another process is writing.
    prepareDatabase: (opened: { exec(sql: string): unknown }) => {
      opened.exec('PRAGMA busy_timeout = 5000');
      withoutJournal(opened);
    },
  });
  const opened = await database.initialize();
  KeyActs.of(opened)?.begin();
  noteFiles({ dataDir });
  return opened;
}

/** Turns the journal off. Keys are few and rarely written; in the file itself, damage is detected. */
function withoutJournal(opened: { exec(sql: string): unknown }): void {
  try {
    opened.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    // Another process has the file open with the journal of an earlier version. The next open turns it off.
    if (!isBusy(error)) throw error;
  }
}

/** Uses IF NOT EXISTS, because server and command line may both be the first to open the file. */
class CreateApiKeys1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS "api_keys" (
      "id" text PRIMARY KEY NOT NULL,
      "name" text NOT NULL,
      "role" text NOT NULL CHECK ("role" IN ('reader', 'analyst', 'admin')),
      "hash" text NOT NULL,
      "createdAt" text NOT NULL,
      "revokedAt" text
    )`);
    await runner.query(
      'CREATE UNIQUE INDEX IF NOT EXISTS "api_keys_live_name" ON "api_keys" ("name") WHERE "revokedAt" IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "api_keys"');
  }
}

class CreateBrowserSessions1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS "browser_sessions" (
      "hash" text PRIMARY KEY NOT NULL,
      "keyId" text NOT NULL,
      "createdAt" text NOT NULL,
      "expiresAt" text NOT NULL
    )`);
    await runner.query(
      'CREATE INDEX IF NOT EXISTS "browser_sessions_of_key" ON "browser_sessions" ("keyId", "createdAt")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "browser_sessions"');
  }
}

class AddSealToApiKeys1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type === 'postgres') {
      await runner.query('ALTER TABLE "api_keys" ADD COLUMN IF NOT EXISTS "seal" text');
      return;
    }
    // Server and command line may both be the first, and SQLite has no IF NOT EXISTS for columns.
    const columns = (await runner.query('PRAGMA table_info("api_keys")')) as { name: string }[];
    if (!columns.some(({ name }) => name === 'seal'))
      await runner.query('ALTER TABLE "api_keys" ADD COLUMN "seal" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "api_keys" DROP COLUMN "seal"');
  }
}

class CreateWebhooks1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS "webhooks" (
      "id" text PRIMARY KEY NOT NULL,
      "url" text NOT NULL,
      "secret" text NOT NULL,
      "position" integer NOT NULL,
      "createdAt" text NOT NULL,
      "createdBy" text NOT NULL,
      "failingSince" text,
      "failures" integer NOT NULL DEFAULT 0,
      "nextAttemptAt" text,
      "lastError" text,
      "deliveredAt" text,
      "disabledAt" text,
      "disabledReason" text,
      "leasedBy" text,
      "leasedUntil" text
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "webhooks"');
  }
}

class CreateReleaseLabels1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS "release_labels" (
      "automaker" text PRIMARY KEY NOT NULL,
      "labels" text NOT NULL
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "release_labels"');
  }
}

class CreateSuggestions1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS "suggestions" (
      "id" text PRIMARY KEY NOT NULL,
      "content" text NOT NULL,
      "digest" text NOT NULL,
      "about" text,
      "createdAt" text NOT NULL,
      "state" text NOT NULL CHECK ("state" IN ('waiting', 'accepted', 'declined')),
      "decidedAt" text,
      "decidedBy" text,
      "reason" text,
      "event" text,
      "claimedBy" text,
      "claimedUntil" text
    )`);
    await runner.query(
      `CREATE UNIQUE INDEX IF NOT EXISTS "suggestions_waiting" ON "suggestions" ("digest") WHERE "state" = 'waiting'`,
    );
    await runner.query(
      'CREATE INDEX IF NOT EXISTS "suggestions_in_turn" ON "suggestions" ("state", "createdAt", "id")',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "suggestions"');
  }
}

class CreateReviews1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS "reviews" (
      "event" text PRIMARY KEY NOT NULL,
      "askedAt" text NOT NULL,
      "askedBy" text NOT NULL,
      "question" text,
      "reviewedAt" text,
      "reviewedBy" text,
      "finding" text CHECK ("finding" IN ('agreed', 'objected')),
      "remark" text
    )`);
    await runner.query('CREATE INDEX IF NOT EXISTS "reviews_in_turn" ON "reviews" ("askedAt", "event")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "reviews"');
  }
}

class CreateSuggestionTimes1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE IF NOT EXISTS "suggestion_times" (
      "id" text PRIMARY KEY NOT NULL,
      "place" text NOT NULL,
      "at" text NOT NULL
    )`);
    await runner.query(
      'CREATE INDEX IF NOT EXISTS "suggestion_times_of" ON "suggestion_times" ("place", "at")',
    );
    await runner.query('CREATE INDEX IF NOT EXISTS "suggestion_times_at" ON "suggestion_times" ("at")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "suggestion_times"');
  }
}

const MIGRATIONS = [
  CreateApiKeys1764000000000,
  CreateBrowserSessions1764400000000,
  AddSealToApiKeys1764500000000,
  CreateWebhooks1764600000000,
  CreateReleaseLabels1764700000000,
  CreateSuggestions1764800000000,
  CreateReviews1764900000000,
  CreateSuggestionTimes1765000000000,
];
