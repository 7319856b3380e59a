import { EventEmitter, once } from 'node:events';
import type { NewEvent, RecordedEvent } from '../domain/event.js';
import {
  EventIdInUse,
  EventTooLarge,
  StoreClosed,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type ReadAllOptions,
  type ReadStreamOptions,
} from './event-store.js';
import { openDatabase, type SqliteDatabase, type SqliteStatement } from './sqlite-driver.js';
import { takeWriterLock } from './writer-lock.js';

export interface SqliteOptions {
  readonly file: string;
  /** Open beside a writer, in this process or another. */
  readonly readOnly?: boolean;
}

const SCHEMA_VERSION = 1;
const LARGEST_EVENT = 16 * 1024 * 1024;
/** Appends that go into one transaction hold at most so many events. */
const LARGEST_GROUP = 5000;
const PAGE = 500;
/** How often a reader of another process's ledger looks for new events. */
const POLL_MS = 200;

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

interface WaitingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Opens, or makes, the ledger in a file. Throws LedgerInUse where another writer has it, and an Error for a newer schema. */
export function openSqliteEventStore({ file, readOnly = false }: SqliteOptions): Promise<EventStore> {
  return Promise.resolve().then(() => new SqliteEventStore(file, readOnly));
}

/**
 * The ledger in a SQLite file: WAL with synchronous=FULL, so that what was acknowledged survives a crash and a power loss.
 * Appends that wait while others are written go together into the next transaction (group commit), each accepted or
 * refused by itself. Reads have a connection of their own.
 */
class SqliteEventStore implements EventStore {
  private readonly releaseLock: (() => void) | undefined;
  private readonly writing: Writing | undefined;
  private readonly reading: SqliteDatabase;
  private readonly byStream: SqliteStatement;
  private readonly byPosition: SqliteStatement;
  private readonly lastPosition: SqliteStatement;
  private readonly appended = new EventEmitter().setMaxListeners(0);
  private waiting: WaitingAppend[] = [];
  private flushing: Promise<void> | undefined;
  private closed = false;

  constructor(file: string, readOnly: boolean) {
    this.releaseLock = readOnly ? undefined : takeWriterLock(file);
    try {
      this.writing = readOnly ? undefined : new Writing(openDatabase(file), file);
      this.reading = openDatabase(file, { readOnly: true });
      checkVersion(this.reading, file);
      this.byStream = this.reading.prepare(
        'SELECT position, stream, revision, id, type, body FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
      );
      this.byPosition = this.reading.prepare(
        'SELECT position, stream, revision, id, type, body FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?',
      );
      this.lastPosition = this.reading.prepare('SELECT MAX(position) AS position FROM events');
    } catch (error) {
      this.releaseLock?.();
      throw error;
    }
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    if (this.closed) return Promise.reject(new StoreClosed());
    if (!this.writing) return Promise.reject(new Error('the ledger is open for reading only'));
    if (events.length === 0) return Promise.reject(new RangeError('an append needs at least one event'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ stream, expected, events, resolve, reject });
      this.flushing ??= this.flush(this.writing);
    });
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    const { from = 0, limit = Infinity, signal } = options;
    let next = from;
    let left = limit;
    // New events only ever come at the end, so reading up to the position of now is reading as of now.
    const until = this.lastPositionNow();
    while (left > 0) {
      signal?.throwIfAborted();
      this.throwIfClosed();
      const size = Math.min(PAGE, left);
      const page = this.byStream.all(stream, next, size).map(recordedFrom);
      for (const event of page) {
        if (event.position > until) return;
        yield event;
      }
      if (page.length < size) return;
      next += page.length;
      left -= page.length;
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    const { after = 0, limit = Infinity, signal } = options;
    for (const [page] of this.pages(after, this.lastPositionNow(), limit, signal)) yield* page;
  }

  async *subscribe(options: {
    after: number;
    batchSize?: number;
    signal: AbortSignal;
  }): AsyncGenerator<readonly RecordedEvent[]> {
    const { batchSize = PAGE, signal } = options;
    let { after } = options;
    let caughtUp = false;
    while (!signal.aborted && !this.closed) {
      const changed = this.changed(signal);
      const batch = this.pageAfter(after, Number.MAX_SAFE_INTEGER, batchSize);
      const last = batch.at(-1);
      if (last) {
        after = last.position;
        yield batch;
        continue;
      }
      if (!caughtUp) {
        caughtUp = true;
        yield [];
        continue;
      }
      await changed;
    }
  }

  head(): Promise<number> {
    return Promise.resolve().then(() => this.lastPositionNow());
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.flushing;
    this.appended.emit('change');
    this.writing?.close();
    this.reading.close();
    this.releaseLock?.();
  }

  private *pages(
    after: number,
    until: number,
    limit: number,
    signal: AbortSignal | undefined,
  ): Generator<[RecordedEvent[]]> {
    let last = after;
    let left = limit;
    while (left > 0 && last < until) {
      signal?.throwIfAborted();
      const page = this.pageAfter(last, until, Math.min(PAGE, left));
      if (page.length === 0) return;
      yield [page];
      last = page.at(-1)?.position ?? until;
      left -= page.length;
    }
  }

  private pageAfter(after: number, until: number, limit: number): RecordedEvent[] {
    this.throwIfClosed();
    return this.byPosition.all(after, until, limit).map(recordedFrom);
  }

  private lastPositionNow(): number {
    this.throwIfClosed();
    const row = this.lastPosition.get() as { position: number | null } | undefined;
    return row?.position ?? 0;
  }

  private throwIfClosed(): void {
    if (this.closed) throw new StoreClosed();
  }

  /** Resolves when something may have been appended since the call, or the signal aborts. */
  private async changed(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const timer = this.writing ? undefined : setTimeout(() => stop.abort(), POLL_MS);
    try {
      await once(this.appended, 'change', { signal: AbortSignal.any([signal, stop.signal]) });
    } catch {
      // Aborted: the caller looks for itself why.
    } finally {
      clearTimeout(timer);
    }
  }

  private async flush(writing: Writing | undefined): Promise<void> {
    while (this.waiting.length > 0 && writing) {
      // What comes in during this turn of the event loop joins the group.
      await new Promise((resolve) => setImmediate(resolve));
      writing.commit(this.takeGroup());
      this.appended.emit('change');
    }
    this.flushing = undefined;
  }

  private takeGroup(): WaitingAppend[] {
    let events = 0;
    let count = 0;
    for (const append of this.waiting) {
      if (count > 0 && events + append.events.length > LARGEST_GROUP) break;
      events += append.events.length;
      count++;
    }
    return this.waiting.splice(0, count);
  }
}

/** The writing connection: decides on each append of a group and writes the accepted ones in one transaction. */
class Writing {
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

function recordedFrom(row: unknown): RecordedEvent {
  const { position, stream, revision, id, type, body } = row as Record<'position' | 'revision', number> &
    Record<'stream' | 'id' | 'type' | 'body', string>;
  // The body was written from an event of this type.
  return { position, stream, revision, id, type, ...(JSON.parse(body) as object) } as RecordedEvent;
}

function checkVersion(database: SqliteDatabase, file: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `${file} was written by a newer version of the tracker (schema ${version}); this one knows ${SCHEMA_VERSION}`,
    );
  }
}
