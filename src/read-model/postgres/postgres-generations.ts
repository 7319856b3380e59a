import type pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { postgresClient } from '../../postgres/connection.js';
import { generationLock, lock, LOCKS, projectingLock, tryLock, unlock } from '../../postgres/locks.js';
import { openMigrated, SHARED_SCHEMA } from '../../postgres/migrated.js';
import { PostgresSession } from '../../postgres/session.js';
import { NEWS, PostgresTables, TOLD } from './postgres-tables.js';
import {
  RebuildUnderWay,
  TODAY,
  type GenerationsKept,
  type Generations,
  type GenerationsNode,
} from '../generations.js';

const SCHEMA = /^views_(\d+)$/;
const schemaOf = (generation: number): string => `views_${generation}`;

/**
 * Sets of views as numbered schemas of a PostgreSQL database that several nodes share; a row names the live
 * one. The node that holds the projecting lock projects. The others learn of its progress by notification,
 * and by polling once a second. Each node holds a shared lock on the set that it reads, and a set is removed
 * only when no node reads it.
 */
export class PostgresGenerations implements Generations {
  private session: PostgresSession | undefined;
  /** The sets that this node has open, once for each opening. */
  private readonly read: number[] = [];
  /** Once this release's views were live here, other views can only come from a newer release. */
  private hasSeenToday = false;

  private constructor(
    private readonly url: string,
    private readonly shared: DataSource,
  ) {}

  static async open(url: string): Promise<PostgresGenerations> {
    const shared = await openMigrated(url, {
      purpose: 'view sets',
      schema: SHARED_SCHEMA,
      connections: 2,
      migrations: [CreateLiveViews1764200000001, NameLiveViews1764200000002],
    });
    return new PostgresGenerations(url, shared);
  }

  async generations(): Promise<GenerationsKept> {
    const found = await this.pointer();
    if (found?.name === TODAY.name) {
      this.hasSeenToday = true;
      return found;
    }
    await this.onOneConnection(async (client) => {
      await lock(client, LOCKS.migrating);
      await this.pointBeyondOtherVersion(client);
    });
    return this.generations();
  }

  async open(generation: number, { forBuild = false } = {}): Promise<PostgresTables> {
    this.read.push(generation);
    const onClosed = () => void this.read.splice(this.read.indexOf(generation), 1);
    try {
      return await PostgresTables.open(this.url, schemaOf(generation), { unindexed: forBuild, onClosed });
    } catch (error) {
      onClosed();
      throw error;
    }
  }

  async pointTo({ name, version, live, previous }: GenerationsKept): Promise<void> {
    await this.shared.query(
      `WITH moved AS (UPDATE live_views SET name = $1, version = $2, live = $3, previous = $4 WHERE id = 1)
       SELECT pg_notify($5, $6)`,
      [name ?? null, version, live, previous ?? null, NEWS, TOLD.switched],
    );
  }

  async keepOnly(generations: readonly number[]): Promise<void> {
    const found: { name: string }[] = await this.shared.query(
      "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'views\\_%'",
    );
    const others = found
      .map(({ name }) => Number(SCHEMA.exec(name)?.[1] ?? NaN))
      .filter((generation) => !Number.isNaN(generation) && !generations.includes(generation));
    await this.onOneConnection(async (client) => {
      for (const generation of others) {
        if (!(await tryLock(client, generationLock(generation)))) continue;
        await client.query(`DROP SCHEMA ${schemaOf(generation)} CASCADE`);
        await unlock(client, generationLock(generation));
      }
    });
  }

  startAnew(): Promise<void> {
    return this.alone(async () => {
      const { live, previous } = await this.generations();
      const fresh = Math.max(live, previous ?? 0) + 1;
      await this.keepOnly([live]);
      await this.pointTo({ ...TODAY, live: fresh });
      await this.keepOnly([fresh]);
    });
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.onOneConnection(async (client) => {
      if (!(await tryLock(client, LOCKS.rebuilding))) throw new RebuildUnderWay();
      return work();
    });
  }

  joinElection(node: GenerationsNode): void {
    let hasTurn = false;
    const held = new Set<number>();
    this.session = new PostgresSession(this.url, NEWS, {
      opened: () => node.look(),
      beat: async (client) => {
        await this.holdWhatIsRead(client, held);
        if (!hasTurn && (await tryLock(client, projectingLock(TODAY.name)))) {
          hasTurn = true;
          node.project();
        }
        await node.look();
      },
      heard: (told) => {
        if (told === TOLD.awaited) node.flush();
        else if (told === TOLD.switched || !hasTurn) void node.look();
      },
      lost: async () => {
        hasTurn = false;
        held.clear();
        await node.rest();
      },
      failed: (error) => node.failed(error),
    });
  }

  flush(): void {
    this.session?.tell(TOLD.awaited);
  }

  async close(): Promise<void> {
    await this.session?.close();
    if (this.shared.isInitialized) await this.shared.destroy();
  }

  private async pointer(): Promise<GenerationsKept | undefined> {
    const [row]: { name: string | null; version: number; live: number; previous: number | null }[] =
      await this.shared.query('SELECT name, version, live, previous FROM live_views WHERE id = 1');
    return row && { ...row, name: row.name ?? undefined, previous: row.previous ?? undefined };
  }

  /** Makes a new set live if the pointer names none, or one of an older release. */
  private async pointBeyondOtherVersion(client: pg.Client): Promise<void> {
    const found = await this.pointer();
    // A release that replaces views already used by this node must be newer.
    if (found && found.name !== TODAY.name && (this.hasSeenToday || found.version > TODAY.version)) {
      throw new Error(
        `the views in the database are of version ${found.version}, made by a newer release of the tracker; this one knows ${TODAY.version}. Update this node: until then it answers from its own views, and records nothing in streams that hold what it does not understand`,
      );
    }
    // Another node may have been first.
    if (found?.name === TODAY.name) return;
    const live = (found?.live ?? 0) + 1;
    // A rebuild of the old shape may have left a schema with this number.
    await client.query(`DROP SCHEMA IF EXISTS ${schemaOf(live)} CASCADE`);
    await client.query(
      `INSERT INTO live_views (id, name, version, live) VALUES (1, $1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET name = $1, version = $2, live = $3, previous = NULL`,
      [TODAY.name, TODAY.version, live],
    );
  }

  /** Locks the open sets against removal (shared locks). The queries also check the connection. */
  private async holdWhatIsRead(client: pg.Client, held: Set<number>): Promise<void> {
    await client.query('SELECT 1');
    for (const generation of new Set(this.read)) {
      if (!held.has(generation) && (await tryLock(client, generationLock(generation), true))) {
        held.add(generation);
      }
    }
    for (const generation of [...held]) {
      if (this.read.includes(generation)) continue;
      await unlock(client, generationLock(generation), true);
      held.delete(generation);
    }
  }

  private async onOneConnection<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = postgresClient(this.url, { purpose: 'rebuild', schema: SHARED_SCHEMA });
    // A lost connection releases its locks. The work's own connections report the failure.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

class CreateLiveViews1764200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE live_views (
      id integer PRIMARY KEY CHECK (id = 1), version integer NOT NULL, live integer NOT NULL, previous integer
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE live_views');
  }
}

/** Views made by earlier releases have no name. */
class NameLiveViews1764200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE live_views ADD COLUMN name text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE live_views DROP COLUMN name');
  }
}
