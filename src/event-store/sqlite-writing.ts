import type { EventRow } from './event-row.js';
import { EventIdInUse, WrongExpectedRevision, type Appended, type ExpectedRevision } from './event-store.js';
import { isKeyTaken, type SqliteDatabase, type SqliteStatement } from './sqlite-driver.js';

const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never changed; record EventCorrected'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never deleted; record EventRetracted'); END;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** An append that waits for its commit. */
export interface WaitingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly rows: readonly EventRow[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** What a group came to inside its transaction. */
interface WrittenGroup {
  /** What to tell each append once the transaction is committed. */
  readonly settled: (() => void)[];
  /** The last revisions of the streams that were written to. */
  readonly revisions: ReadonlyMap<string, number>;
  /** Position of the last event. */
  readonly position: number;
}

/** The writing connection: decides on each append of a group and writes the accepted ones in one transaction. */
export class SqliteWriting {
  private readonly insert: SqliteStatement;
  private readonly lastRevision: SqliteStatement;
  private readonly placeOfId: SqliteStatement;
  /** Revision of the last event of the streams that were asked for. Nobody else writes, so it holds. */
  private readonly heads = new Map<string, number>();
  private last: number;

  constructor(
    private readonly database: SqliteDatabase,
    file: string,
  ) {
    const version = schemaVersion(database, file);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    // Ids are random, so each group touches many pages of their index: keep them in memory, and copy each to the
    // ledger less often.
    database.exec(`PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    if (version === 0) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
    this.insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
    this.lastRevision = database.prepare('SELECT MAX(revision) AS revision FROM events WHERE stream = ?');
    this.placeOfId = database.prepare('SELECT stream, revision, position FROM events WHERE id = ?');
    const newest = database.prepare('SELECT MAX(position) AS position FROM events').get();
    this.last = (newest as { position: number | null }).position ?? 0;
  }

  /** Position of the last event of the ledger, 0 where it is empty. */
  get position(): number {
    return this.last;
  }

  /** Revision of the last event of a stream, -1 where it has none. */
  headOf(stream: string): number {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    const head = (this.lastRevision.get(stream) as { revision: number | null }).revision ?? -1;
    if (this.heads.size >= MOST_HEADS) this.heads.clear();
    this.heads.set(stream, head);
    return head;
  }

  /** Settles every append of the group. */
  commit(group: readonly WaitingAppend[]): void {
    let settled: (() => void)[];
    try {
      const written = this.inTransaction(() => {
        try {
          return this.writeAll(group, false);
        } catch (error) {
          if (!isKeyTaken(error)) throw error;
          // Ids in use are rare, so they are not looked for until one turns up; then by each append for itself.
          this.database.exec('ROLLBACK; BEGIN IMMEDIATE');
          return this.writeAll(group, true);
        }
      });
      this.last = written.position;
      for (const [stream, revision] of written.revisions) this.heads.set(stream, revision);
      ({ settled } = written);
    } catch (error) {
      settled = group.map(
        ({ reject }) =>
          () =>
            reject(error),
      );
    }
    for (const settle of settled) settle();
  }

  close(): void {
    try {
      // The driver leaves the journal behind; readers that are still there keep what they need of it.
      this.database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.database.close();
    }
  }

  private inTransaction<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      try {
        this.database.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself already.
      }
      throw error;
    }
  }

  private writeAll(group: readonly WaitingAppend[], checkIds: boolean): WrittenGroup {
    const revisions = new Map<string, number>();
    let position = this.last;
    const settled = group.map((append) => {
      try {
        const appended = this.write(append, revisions, position, checkIds);
        position = Math.max(position, appended.position);
        return () => append.resolve(appended);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return () => append.reject(error);
      }
    });
    return { settled, revisions, position };
  }

  /** Writes one append, or throws a refusal before it wrote anything of it. */
  private write(
    { stream, expected, rows }: WaitingAppend,
    revisions: Map<string, number>,
    position: number,
    checkIds: boolean,
  ): Appended {
    const head = revisions.get(stream) ?? this.headOf(stream);
    const actual = head < 0 ? 'no-stream' : head;
    const before = expected === 'no-stream' ? -1 : expected;
    if (expected !== actual) {
      const earlier = this.earlierAnswer(stream, before, rows);
      if (earlier) return earlier;
      throw new WrongExpectedRevision(stream, expected, actual);
    }
    if (checkIds) this.refuseIdsInUse(rows);
    let last = position;
    let revision = before;
    for (const { id, type, body } of rows) this.insert.run(++last, stream, ++revision, id, type, body);
    revisions.set(stream, revision);
    return { revision, position: last };
  }

  /** The first answer to an append that was written before: the very events stand where it would put them. */
  private earlierAnswer(stream: string, before: number, rows: readonly EventRow[]): Appended | undefined {
    let position = 0;
    for (const [index, { id }] of rows.entries()) {
      const place = this.placeOfId.get(id) as
        { stream: string; revision: number; position: number } | undefined;
      if (place?.stream !== stream || place.revision !== before + 1 + index) return undefined;
      ({ position } = place);
    }
    return { revision: before + rows.length, position };
  }

  private refuseIdsInUse(rows: readonly EventRow[]): void {
    const ids = new Set<string>();
    for (const { id } of rows) {
      if (ids.has(id) || this.placeOfId.get(id) !== undefined) throw new EventIdInUse(id);
      ids.add(id);
    }
  }
}

/**
 * How many pages of 4 KB the journal takes in before they are copied to the ledger: 16 MB. Four times as many write
 * small groups faster still, for a journal of 64 MB to read again after a crash.
 */
const CHECKPOINT_PAGES = 4000;
const MOST_HEADS = 100_000;

function isRefusal(error: unknown): boolean {
  return error instanceof WrongExpectedRevision || error instanceof EventIdInUse;
}

/** The schema version of a ledger, 0 for an empty file. Throws where a newer version of the tracker wrote it. */
export function schemaVersion(database: SqliteDatabase, file: string): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `${file} was written by a newer version of the tracker (schema ${version}); this one knows ${SCHEMA_VERSION}`,
    );
  }
  return version;
}
