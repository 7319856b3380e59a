import { existsSync } from 'node:fs';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { NewEvent, RecordedEvent } from '../../domain/ledger/event.js';
import { recordedFrom, rowOf } from '../event-row.js';
import {
  EventStoreClosed,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type ReadAllOptions,
  type ReadStreamOptions,
} from '../event-store.js';
import { openDatabase, type SqliteDatabase, type SqliteStatement } from './driver.js';
import { bodyOf, rowColumns, unpacked, type PackedRow } from './rows.js';
import { makeLedger, schemaVersion } from './schema.js';
import { GroupCommitWriter, type WaitingAppend } from './group-commit-writer.js';
import { free, type Freeing } from '../freeing.js';
import { NotWritable } from './write-check.js';
import { takeWriterLock } from './writer-lock.js';

export interface SqliteOptions {
  readonly file: string;
  /** Opens the ledger read-only, beside a writer in this or another process. */
  readonly readOnly?: boolean;
}

/** One transaction holds at most this many events, unless a single append has more. */
const LARGEST_GROUP = 5000;
const LARGEST_EVENT = 16 * 1024 * 1024;
const PAGE = 500;
/** Larger bodies are fetched one by one. A page also ends early when its large bodies fill it. */
const LARGE_BODY = 64 * 1024;
const PAGE_BYTES = 16 * 1024 * 1024;
/** How often a reader checks another process's ledger for new events. */
const POLL_MS = 200;

/**
 * Opens the ledger in a file, and creates it if it does not exist. Throws LedgerInUse when another writer has
 * it, and an Error when the schema is newer or when a read-only caller finds no ledger.
 */
export function openSqliteEventStore({ file, readOnly = false }: SqliteOptions): Promise<EventStore> {
  return SqliteEventStore.open(file, readOnly);
}

/**
 * The ledger in a SQLite file. WAL with synchronous=FULL makes acknowledged events survive a crash and a
 * power failure. Appends that arrive during a write share the next transaction (group commit), and each one
 * is accepted or refused separately. Reads have their own connection, and writes their own thread.
 */
class SqliteEventStore implements EventStore {
  readonly keepsOrder = true;
  private readonly byStream: SqliteStatement;
  private readonly byPosition: SqliteStatement;
  private readonly bodyAt: SqliteStatement;
  private readonly streamOfId: SqliteStatement;
  private readonly lastPosition: SqliteStatement;
  /** Wake-up callbacks of the waiting subscriptions. */
  private readonly sleepers = new Set<() => void>();
  private waiting: WaitingAppend[] = [];
  private flushing: Promise<void> | undefined;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly file: string,
    reading: SqliteDatabase,
    private readonly writing: GroupCommitWriter | undefined,
    private readonly freeing: Freeing,
  ) {
    this.byStream = reading.prepare(
      `SELECT ${rowColumns(LARGE_BODY)} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    );
    this.byPosition = reading.prepare(
      `SELECT ${rowColumns(LARGE_BODY)} FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
    );
    this.bodyAt = reading.prepare('SELECT body FROM events WHERE position = ?');
    this.streamOfId = reading.prepare('SELECT stream FROM events WHERE id = ?');
    this.lastPosition = reading.prepare('SELECT MAX(position) AS position FROM events');
  }

  static async open(file: string, readOnly: boolean): Promise<SqliteEventStore> {
    const freeing: Freeing = [];
    try {
      if (!readOnly) {
        freeing.push(takeWriterLock(file));
        makeLedger(file);
      }
      const reading = openReading(file);
      freeing.push(() => reading.close());
      const writing = readOnly ? undefined : await GroupCommitWriter.open(file, reading);
      if (writing) freeing.push(() => writing.close());
      return new SqliteEventStore(file, reading, writing, freeing);
    } catch (error) {
      await free(freeing);
      throw error;
    }
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.throwIfClosed();
      const { writing } = this;
      if (!writing) throw new Error('the ledger is open for reading only');
      if (events.length === 0) throw new RangeError('an append needs at least one event');
      // Serialized now: an invalid event must not fail its group, and later changes to the objects have no
      // effect.
      this.waiting.push({
        stream,
        expected,
        rows: events.map((event) => rowOf(event, LARGEST_EVENT)),
        resolve,
        reject,
      });
      this.flushing ??= this.flush(writing);
    });
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    const { from = 0, limit = Infinity, signal } = options;
    this.throwIfClosed();
    if (this.writing && from > this.writing.headOf(stream)) return;
    // New events only come at the end, so reading up to the current last position gives a snapshot.
    const until = this.lastPositionNow();
    let next = from;
    for await (const page of this.pages((size) => this.byStream.all(stream, next, size), limit, signal)) {
      for (const event of page) {
        if (event.position > until) return;
        signal?.throwIfAborted();
        next = event.revision + 1;
        yield event;
      }
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    const { after = 0, limit = Infinity, signal } = options;
    const until = this.lastPositionNow();
    let last = after;
    for await (const page of this.pages((size) => this.byPosition.all(last, until, size), limit, signal)) {
      for (const event of page) {
        signal?.throwIfAborted();
        last = event.position;
        yield event;
      }
    }
  }

  async *subscribe(options: {
    after: number;
    batchSize?: number;
    signal: AbortSignal;
  }): AsyncGenerator<readonly RecordedEvent[]> {
    const { batchSize = PAGE, signal } = options;
    if (!(batchSize >= 1)) throw new RangeError('a batch holds at least one event');
    let { after } = options;
    let caughtUp = false;
    while (!signal.aborted && !this.closing) {
      // In the writing process, only acknowledged events are delivered; in another process, all that are in
      // the file.
      const until = this.writing?.position ?? Number.MAX_SAFE_INTEGER;
      const batch =
        this.writing?.recent.after(after, batchSize) ??
        this.eventsOf(this.byPosition.all(after, until, batchSize));
      const last = batch.at(-1);
      if (last) {
        after = last.position;
        yield batch;
        await otherWork();
      } else if (!caughtUp) {
        caughtUp = true;
        yield [];
      } else {
        // Nothing can be recorded between the check above and this wait: both happen in one turn.
        await this.news(signal);
      }
    }
  }

  streamsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve().then(() => {
      this.throwIfClosed();
      const found = ids.map((id) => [id, this.streamOfId.get(id) as { stream: string } | undefined] as const);
      return new Map(found.flatMap(([id, row]) => (row ? [[id, row.stream] as const] : [])));
    });
  }

  head(): Promise<number> {
    return Promise.resolve().then(() => this.lastPositionNow());
  }

  async checkWritable(): Promise<void> {
    this.throwIfClosed();
    if (!this.writing) throw new NotWritable('the ledger is open for reading only');
    await this.writing.checkWritable();
  }

  close(): Promise<void> {
    this.closing ??= Promise.resolve(this.flushing).then(() => free(this.freeing));
    this.wake();
    return this.closing;
  }

  /**
   * Queries page after page until there are no more rows. `query` continues after the last consumed event.
   */
  private async *pages(
    query: (size: number) => unknown[],
    limit: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    let left = limit;
    while (left > 0) {
      signal?.throwIfAborted();
      this.throwIfClosed();
      const size = Math.min(PAGE, left);
      const rows = query(size);
      const events = this.eventsOf(rows);
      yield events;
      if (rows.length < size && events.length === rows.length) return;
      left -= events.length;
      // Reads are synchronous, so without a pause a long read would block everything else.
      await otherWork();
    }
  }

  /** The events of rows, at least the first one. Stops when their large bodies have filled a page. */
  private eventsOf(rows: unknown[]): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for (const row of rows as PackedRow[]) {
      const { place, body: small } = unpacked(this.file, row);
      const body = small ?? (this.bodyAt.get(row.position) as { body: string }).body;
      events.push(recordedFrom(place, bodyOf(this.file, row.position, body)));
      if (small === undefined) bytes += body.length;
      if (bytes >= PAGE_BYTES) break;
    }
    return events;
  }

  private lastPositionNow(): number {
    this.throwIfClosed();
    if (this.writing) return this.writing.position;
    return (this.lastPosition.get() as { position: number | null }).position ?? 0;
  }

  private throwIfClosed(): void {
    if (this.closing) throw new EventStoreClosed();
  }

  /** Resolves when something may have been recorded since the call, the signal aborts, or the store closes. */
  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.sleepers.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = this.writing ? undefined : setTimeout(done, POLL_MS);
      this.sleepers.add(done);
      signal.addEventListener('abort', done);
    });
  }

  private wake(): void {
    for (const done of this.sleepers) done();
  }

  private async flush(writing: GroupCommitWriter): Promise<void> {
    while (this.waiting.length > 0) {
      // Appends that arrive during this turn of the event loop join the group.
      await otherWork();
      await writing.commit(this.takeGroup());
      this.wake();
    }
    this.flushing = undefined;
  }

  private takeGroup(): WaitingAppend[] {
    let events = 0;
    let count = 0;
    for (const { rows } of this.waiting) {
      if (count > 0 && events + rows.length > LARGEST_GROUP) break;
      events += rows.length;
      count++;
    }
    return this.waiting.splice(0, count);
  }
}

function openReading(file: string): SqliteDatabase {
  if (!existsSync(file)) throw new Error(`${file} does not exist: nothing was recorded there yet`);
  const reading = openDatabase(file, { readOnly: true });
  try {
    if (schemaVersion(reading, file) === 0) throw new Error(`${file} holds no ledger`);
    return reading;
  } catch (error) {
    reading.close();
    throw error;
  }
}
