import { EventEmitter, once } from 'node:events';
import type { NewEvent, RecordedEvent } from '../domain/event.js';
import {
  StoreClosed,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type ReadAllOptions,
  type ReadStreamOptions,
} from './event-store.js';
import { openDatabase, type SqliteDatabase, type SqliteStatement } from './sqlite-driver.js';
import { checkVersion, SqliteWriting, type WaitingAppend } from './sqlite-writing.js';
import { takeWriterLock } from './writer-lock.js';

export interface SqliteOptions {
  readonly file: string;
  /** Open beside a writer, in this process or another. */
  readonly readOnly?: boolean;
}

/** Appends that go into one transaction hold at most so many events. */
const LARGEST_GROUP = 5000;
const PAGE = 500;
/** How often a reader of another process's ledger looks for new events. */
const POLL_MS = 200;

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
  private readonly writing: SqliteWriting | undefined;
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
      this.writing = readOnly ? undefined : new SqliteWriting(openDatabase(file), file);
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

  private async flush(writing: SqliteWriting | undefined): Promise<void> {
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

function recordedFrom(row: unknown): RecordedEvent {
  const { position, stream, revision, id, type, body } = row as Record<'position' | 'revision', number> &
    Record<'stream' | 'id' | 'type' | 'body', string>;
  // The body was written from an event of this type.
  return { position, stream, revision, id, type, ...(JSON.parse(body) as object) } as RecordedEvent;
}
