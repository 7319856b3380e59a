import { existsSync } from 'node:fs';
import libsql from 'libsql';
import { DataSource } from 'typeorm';
import type { ViewChanges } from './changes.js';
import { CheckpointRow, RecordRow, TimelineRow, VIEW_ROWS } from './view-rows.js';

/**
 * One set of view tables: a writing and a reading connection to one SQLite file.
 *
 * TypeORM on SQLite shares one connection between concurrent transactions, so that one sees, and rolls back, what
 * another wrote. Hence only the projector writes, one batch after the other, and all questions go to a second,
 * read-only connection.
 */
export class Views {
  private constructor(
    readonly file: string,
    private readonly writing: DataSource | undefined,
    private readonly reading: DataSource,
  ) {}

  /** Opens the views in a file and makes the tables where there are none. Read-only, the file must be there. */
  static async open(file: string, { readOnly = false } = {}): Promise<Views> {
    const fresh = !existsSync(file);
    let writing: DataSource | undefined;
    if (!readOnly) {
      writing = await connect(file, false);
      if (fresh) await writing.synchronize();
    }
    return new Views(file, writing, await connect(file, true));
  }

  /** For questions. */
  get rows(): DataSource {
    return this.reading;
  }

  /** How far these views have come. */
  async checkpoint(): Promise<{ position: number; recordedAt: string }> {
    const row = await this.reading.getRepository(CheckpointRow).findOneBy({ id: 1 });
    return row ?? { position: 0, recordedAt: '' };
  }

  /** Writes changes and checkpoint in one transaction: what is killed half-way did not happen. */
  async write({ records, gone, timeline, moved, parked, checkpoint }: ViewChanges): Promise<void> {
    if (!this.writing) throw new Error(`the views in ${this.file} are open for reading only`);
    await this.writing.transaction(async (manager) => {
      const run = (sql: string, rows: readonly unknown[]) =>
        rows.length === 0 ? undefined : manager.query(sql, [JSON.stringify(rows)]);
      await run(
        UPSERT_RECORDS,
        records.map(({ stream, kind, key, doc }) => [stream, kind, key, doc]),
      );
      await run(
        DELETE_RECORDS,
        gone.map(({ stream, kind, key }) => [stream, kind, key]),
      );
      await run(UPSERT_TIMELINE, timeline.map(timelineColumns));
      await run(
        MOVE_TIMELINE,
        moved.map(({ id, subject, markets, day, standing }) => [id, subject, markets, day, standing]),
      );
      await run(
        UPSERT_PARKED,
        parked.map(({ stream, position, event, error, parkedAt }) => [
          stream,
          position,
          event,
          error,
          parkedAt,
        ]),
      );
      await run(SET_CHECKPOINT, [[checkpoint.position, checkpoint.recordedAt]]);
    });
  }

  /** Replaces all rows of a parked stream by what it folds to now, and follows it again. */
  async unpark(stream: string, changes: Pick<ViewChanges, 'records' | 'timeline'>): Promise<void> {
    if (!this.writing) throw new Error(`the views in ${this.file} are open for reading only`);
    await this.writing.transaction(async (manager) => {
      for (const table of ['records', 'timeline', 'parked_streams']) {
        await manager.query(`DELETE FROM ${table} WHERE stream = ?`, [stream]);
      }
      await manager.query(UPSERT_RECORDS, [
        JSON.stringify(changes.records.map(({ kind, key, doc }) => [stream, kind, key, doc])),
      ]);
      await manager.query(UPSERT_TIMELINE, [JSON.stringify(changes.timeline.map(timelineColumns))]);
    });
  }

  async close(): Promise<void> {
    await this.reading.destroy();
    await this.writing?.destroy();
  }
}

async function connect(database: string, readonly: boolean): Promise<DataSource> {
  return new DataSource({
    type: 'better-sqlite3',
    driver: libsql,
    database,
    readonly,
    entities: VIEW_ROWS,
    synchronize: false,
    // Views can be rebuilt, so a power loss may cost their last moments but never their consistency.
    prepareDatabase: (connection: { pragma?: unknown; exec(sql: string): void }) => {
      connection.exec('PRAGMA busy_timeout = 5000');
      if (!readonly) connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    },
  }).initialize();
}

function timelineColumns(row: TimelineRow): unknown[] {
  return [
    row.position,
    row.id,
    row.stream,
    row.revision,
    row.type,
    row.about,
    row.subject,
    row.markets,
    row.day,
    row.recordedAt,
    row.recordedBy,
    row.standing,
  ];
}

/** One statement takes all rows as JSON: as fast as one prepared insert a row, and one round trip through TypeORM. */
const columns = (count: number): string =>
  Array.from({ length: count }, (_, index) => `value ->> ${index}`).join(', ');
const rowsOf = (count: number): string => `SELECT ${columns(count)} FROM json_each(?)`;

const UPSERT_RECORDS = `INSERT INTO records (stream, kind, key, doc) ${rowsOf(4)} WHERE true
  ON CONFLICT (stream, kind, key) DO UPDATE SET doc = excluded.doc`;
const DELETE_RECORDS = `DELETE FROM records WHERE (stream, kind, key) IN (${rowsOf(3)})`;
const UPSERT_TIMELINE = `INSERT OR REPLACE INTO timeline
  (position, id, stream, revision, type, about, subject, markets, day, recordedAt, recordedBy, standing) ${rowsOf(12)}`;
const MOVE_TIMELINE = `UPDATE timeline SET subject = new.subject, markets = new.markets, day = new.day, standing = new.standing
  FROM (SELECT value ->> 0 AS id, value ->> 1 AS subject, value ->> 2 AS markets, value ->> 3 AS day, value ->> 4 AS standing
        FROM json_each(?)) AS new WHERE timeline.id = new.id`;
const UPSERT_PARKED = `INSERT OR IGNORE INTO parked_streams (stream, position, event, error, parkedAt) ${rowsOf(5)}`;
const SET_CHECKPOINT = `INSERT OR REPLACE INTO checkpoint (id, position, recordedAt) SELECT 1, ${columns(2)} FROM json_each(?)`;

/** Rows of a table in the order of its key, for comparing two sets of views. */
export async function* recordsInOrder(views: Views): AsyncGenerator<RecordRow> {
  let after = { stream: '', kind: '', key: '' };
  for (;;) {
    const page = await views.rows
      .getRepository(RecordRow)
      .createQueryBuilder('r')
      .where('(r.stream, r.kind, r.key) > (:stream, :kind, :key)', after)
      .orderBy('r.stream')
      .addOrderBy('r.kind')
      .addOrderBy('r.key')
      .limit(PAGE)
      .getMany();
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}

/** The timeline by position, for comparing two sets of views. */
export async function* timelineInOrder(views: Views): AsyncGenerator<TimelineRow> {
  for (let after = 0; ;) {
    const page = await views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .where('t.position > :after', { after })
      .orderBy('t.position')
      .limit(PAGE)
      .getMany();
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.position;
  }
}

const PAGE = 1000;
