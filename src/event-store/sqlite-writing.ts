import type { NewEvent } from '../domain/event.js';
import {
  EventIdInUse,
  EventTooLarge,
  WrongExpectedRevision,
  type Appended,
  type ExpectedRevision,
} from './event-store.js';
import type { SqliteDatabase, SqliteStatement } from './sqlite-driver.js';

const SCHEMA_VERSION = 1;
const LARGEST_EVENT = 16 * 1024 * 1024;

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
  readonly events: readonly NewEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** The writing connection: decides on each append of a group and writes the accepted ones in one transaction. */
export class SqliteWriting {
  private readonly insert: SqliteStatement;
  private readonly lastRevision: SqliteStatement;
  private readonly placeOfId: SqliteStatement;
  private readonly lastPosition: SqliteStatement;

  constructor(
    private readonly database: SqliteDatabase,
    file: string,
  ) {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (version === 0) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
    checkVersion(database, file);
    this.insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
    this.lastRevision = database.prepare('SELECT MAX(revision) AS revision FROM events WHERE stream = ?');
    this.placeOfId = database.prepare('SELECT stream, revision, position FROM events WHERE id = ?');
    this.lastPosition = database.prepare('SELECT MAX(position) AS position FROM events');
  }

  commit(group: readonly WaitingAppend[]): void {
    const settled: (() => void)[] = [];
    try {
      this.database.exec('BEGIN IMMEDIATE');
      const revisions = new Map<string, number>();
      let position = (this.lastPosition.get() as { position: number | null }).position ?? 0;
      for (const append of group) {
        try {
          const done = this.write(append, revisions, position);
          position = Math.max(position, done.written ? done.position : position);
          settled.push(() => append.resolve({ revision: done.revision, position: done.position }));
        } catch (error) {
          if (!isRefusal(error)) throw error;
          settled.push(() => append.reject(error));
        }
      }
      this.database.exec('COMMIT');
    } catch (error) {
      try {
        this.database.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself already.
      }
      for (const append of group) append.reject(error);
      return;
    }
    for (const settle of settled) settle();
  }

  close(): void {
    this.database.close();
  }

  /** Writes one append, or throws before it wrote anything of it. */
  private write(
    { stream, expected, events }: WaitingAppend,
    revisions: Map<string, number>,
    position: number,
  ): Appended & { written: boolean } {
    const head =
      revisions.get(stream) ?? (this.lastRevision.get(stream) as { revision: number | null }).revision ?? -1;
    const before = expected === 'no-stream' ? -1 : expected;
    if (before !== head) {
      const earlier = this.earlierAnswer(stream, before, events);
      if (earlier) return { ...earlier, written: false };
      throw new WrongExpectedRevision(stream, expected, head < 0 ? 'no-stream' : head);
    }
    const bodies = events.map(bodyOf);
    const ids = new Set<string>();
    for (const { id } of events) {
      if (ids.has(id) || this.placeOfId.get(id) !== undefined) throw new EventIdInUse(id);
      ids.add(id);
    }
    let last = position;
    for (const [index, event] of events.entries()) {
      last = position + 1 + index;
      this.insert.run(last, stream, before + 1 + index, event.id, event.type, bodies[index] ?? '');
    }
    const revision = before + events.length;
    revisions.set(stream, revision);
    return { revision, position: last, written: true };
  }

  /** The first answer to an append that was written before: the very events stand where it would put them. */
  private earlierAnswer(stream: string, before: number, events: readonly NewEvent[]): Appended | undefined {
    let position = 0;
    for (const [index, { id }] of events.entries()) {
      const place = this.placeOfId.get(id) as
        { stream: string; revision: number; position: number } | undefined;
      if (place?.stream !== stream || place.revision !== before + 1 + index) return undefined;
      ({ position } = place);
    }
    return { revision: before + events.length, position };
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof WrongExpectedRevision || error instanceof EventIdInUse || error instanceof EventTooLarge
  );
}

function bodyOf({ id, type: _type, ...rest }: NewEvent): string {
  const body = JSON.stringify(rest);
  const bytes = Buffer.byteLength(body);
  if (bytes > LARGEST_EVENT) throw new EventTooLarge(id, bytes, LARGEST_EVENT);
  return body;
}

/** Throws where a newer version of the tracker wrote the file. */
export function checkVersion(database: SqliteDatabase, file: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `${file} was written by a newer version of the tracker (schema ${version}); this one knows ${SCHEMA_VERSION}`,
    );
  }
}
