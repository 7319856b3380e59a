import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasRoom } from '../disk-full.js';
import { openDatabase, rollBack, type SqliteDatabase, type SqliteStatement } from '../sqlite/driver.js';
import { NotWritable } from '../sqlite/write-check.js';

/** A place in the server's log. Places increase with gaps and are the same on every node of a cluster. */
export interface LogPosition {
  readonly commit: number;
  readonly prepare: number;
}

export function isAfter(a: LogPosition, b: LogPosition): boolean {
  return a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare);
}

/** The place of an event in its stream and in the log. */
export interface PlaceInLog {
  readonly stream: string;
  readonly revision: number;
  readonly log: LogPosition;
  readonly id: string;
}

/** A place in the log together with the position in the ledger. */
export interface IndexedPlace extends PlaceInLog {
  readonly position: number;
}

const VERSION = 2;

const SCHEMA = `
  CREATE TABLE places (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    log_commit INTEGER NOT NULL,
    log_prepare INTEGER NOT NULL,
    id TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE INDEX places_by_id ON places (id);
  CREATE TABLE deleted_streams (stream TEXT PRIMARY KEY) STRICT;
  PRAGMA user_version = ${VERSION};
`;

const COLUMNS = 'position, stream, revision, log_commit, log_prepare, id';
const MOST_HEADS = 100_000;

/**
 * Maps ledger positions to places in the log, for a store that numbers events differently: the ledger's n-th
 * event is the n-th event of the tracker's streams in the log. Each node counts independently and gets the
 * same result, because a log never changes.
 *
 * The index is derived from the log and kept in a file, so that a start need not read the whole log. The file
 * may be deleted while nobody has it open. A lookup is one search of a B-tree.
 */
export class KurrentPositionIndex {
  private readonly insert: SqliteStatement;
  private readonly byPosition: SqliteStatement;
  private readonly byRevision: SqliteStatement;
  private readonly byId: SqliteStatement;
  private readonly revisions: SqliteStatement;
  private readonly newest: SqliteStatement;
  /** Revision of the last event of recently used streams. */
  private readonly heads = new Map<string, number>();
  private lastPlace: IndexedPlace | undefined;
  private deletedStreams: ReadonlySet<string> = new Set();

  private constructor(
    private readonly database: SqliteDatabase,
    private readonly file: string,
  ) {
    this.insert = database.prepare(`INSERT INTO places (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`);
    this.byPosition = database.prepare(`SELECT ${COLUMNS} FROM places WHERE position > ? LIMIT ?`);
    this.byRevision = database.prepare(
      `SELECT ${COLUMNS} FROM places WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    );
    this.byId = database.prepare(`SELECT ${COLUMNS} FROM places WHERE id = ? ORDER BY position LIMIT 1`);
    this.revisions = database.prepare('SELECT MAX(revision) AS revision FROM places WHERE stream = ?');
    this.newest = database.prepare(`SELECT ${COLUMNS} FROM places ORDER BY position DESC LIMIT 1`);
    this.refresh();
  }

  /**
   * Opens the index of a file for its single writer. The index is empty when there is no file or the file has
   * another version.
   */
  static open(file: string): KurrentPositionIndex {
    try {
      return KurrentPositionIndex.openWriting(file);
    } catch {
      // Any damaged index is deleted: the log still has its content.
      for (const each of [file, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true });
      return KurrentPositionIndex.openWriting(file);
    }
  }

  /** Opens the index of a file for reading, beside its writer. `refresh` shows what the writer has added. */
  static openForReading(file: string): KurrentPositionIndex {
    if (!existsSync(file))
      throw new Error(`${file} does not exist: no server has followed the ledger here yet`);
    const database = openDatabase(file, { readOnly: true });
    try {
      return new KurrentPositionIndex(database, file);
    } catch (error) {
      database.close();
      throw new Error(`${file} is of another version: start a server here once, which makes it anew`, {
        cause: error,
      });
    }
  }

  private static openWriting(file: string): KurrentPositionIndex {
    const database = openDatabase(file);
    try {
      database.exec('PRAGMA journal_mode = WAL');
      // Entries lost in a power failure are read from the log again.
      database.exec('PRAGMA synchronous = NORMAL');
      const { user_version: version } = database.prepare('PRAGMA user_version').get() as {
        user_version: number;
      };
      if (version === 0) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
      else if (version !== VERSION) throw new Error(`${file} has another version`);
      return new KurrentPositionIndex(database, file);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Position of the last event; 0 when there is none. */
  get position(): number {
    return this.lastPlace?.position ?? 0;
  }

  get last(): IndexedPlace | undefined {
    return this.lastPlace;
  }

  /** Counts the next events: all of them or, if it throws, none. */
  append(places: readonly PlaceInLog[]): readonly IndexedPlace[] {
    let { position } = this;
    const indexed = places.map((place) => ({ ...place, position: ++position }));
    this.database.exec('BEGIN IMMEDIATE');
    try {
      for (const { stream, revision, log, id, position: at } of indexed)
        this.insert.run(at, stream, revision, log.commit, log.prepare, id);
      this.database.exec('COMMIT');
    } catch (error) {
      rollBack(this.database);
      throw error;
    }
    for (const { stream, revision } of indexed) this.keepHead(stream, revision);
    this.lastPlace = indexed.at(-1) ?? this.lastPlace;
    return indexed;
  }

  /** Throws NotWritable when the disk has no room for more. */
  refuseFullDisk(): void {
    if (!hasRoom(dirname(this.file))) throw new NotWritable('the disk is full');
  }

  /** Loads what another process has added. */
  refresh(): void {
    this.heads.clear();
    this.lastPlace = placesOf([this.newest.get()])[0];
    this.deletedStreams = new Set(namesOf(this.database.prepare('SELECT stream FROM deleted_streams').all()));
  }

  /**
   * Drops the entries from a place in the log on. Returns the position of the last remaining event, 0 if
   * there is none.
   */
  cutFrom({ commit, prepare }: LogPosition): number {
    const { position } = this.database
      .prepare(
        'SELECT MAX(position) AS position FROM places WHERE log_commit < ?1 OR (log_commit = ?1 AND log_prepare < ?2)',
      )
      .get(commit, prepare) as { position: number | null };
    this.database.prepare('DELETE FROM places WHERE position > ?').run(position ?? 0);
    this.refresh();
    return this.position;
  }

  /** Records that a stream was permanently deleted. */
  noteDeleted(stream: string): void {
    this.database.prepare('INSERT OR IGNORE INTO deleted_streams VALUES (?)').run(stream);
    this.refresh();
  }

  /** Records that a stream is not deleted any more: the server was restored to a state from before. */
  noteRestored(stream: string): void {
    this.database.prepare('DELETE FROM deleted_streams WHERE stream = ?').run(stream);
    this.refresh();
  }

  /** Streams that were permanently deleted. */
  get deleted(): ReadonlySet<string> {
    return this.deletedStreams;
  }

  streams(): string[] {
    return namesOf(this.database.prepare('SELECT DISTINCT stream FROM places ORDER BY stream').all());
  }

  /** Deletes all entries. */
  clear(): void {
    this.database.exec('DELETE FROM places; DELETE FROM deleted_streams');
    this.refresh();
  }

  /** At most `limit` places after a position. */
  after(position: number, limit: number): IndexedPlace[] {
    return placesOf(this.byPosition.all(position, limit));
  }

  /** The place of the event at a position. */
  at(position: number): IndexedPlace | undefined {
    const place = this.after(position - 1, 1)[0];
    return place?.position === position ? place : undefined;
  }

  /** At most `limit` places of a stream, starting at a revision. */
  ofStream(stream: string, from: number, limit: number): IndexedPlace[] {
    // A fast path: each recording asks what follows the end of its stream.
    if (from > this.headOf(stream)) return [];
    return placesOf(this.byRevision.all(stream, from, limit));
  }

  /** The position of an event in a stream. */
  positionOf(stream: string, revision: number): number | undefined {
    const place = this.ofStream(stream, revision, 1)[0];
    return place?.revision === revision ? place.position : undefined;
  }

  /** The place of the first event with an id. */
  ofId(id: string): IndexedPlace | undefined {
    return placesOf([this.byId.get(id)])[0];
  }

  /** Revision of the last event of a stream; -1 if it has none. */
  headOf(stream: string): number {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    const head = (this.revisions.get(stream) as { revision: number | null }).revision ?? -1;
    this.keepHead(stream, head);
    return head;
  }

  close(): void {
    this.database.close();
  }

  private keepHead(stream: string, revision: number): void {
    if (this.heads.size >= MOST_HEADS) this.heads.clear();
    this.heads.set(stream, revision);
  }
}

const namesOf = (rows: unknown[]): string[] => (rows as { stream: string }[]).map(({ stream }) => stream);

interface PlaceRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly log_commit: number;
  readonly log_prepare: number;
  readonly id: string;
}

function placesOf(rows: unknown[]): IndexedPlace[] {
  return (rows as (PlaceRow | undefined)[]).flatMap((row) =>
    row
      ? [
          {
            position: row.position,
            stream: row.stream,
            revision: row.revision,
            log: { commit: row.log_commit, prepare: row.log_prepare },
            id: row.id,
          },
        ]
      : [],
  );
}
