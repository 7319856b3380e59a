import { recordedFrom, type EventRow } from '../event-row.js';
import { EventIdInUse, WrongExpectedRevision, type Appended, type ExpectedRevision } from '../event-store.js';
import { TailCache } from '../tail-cache.js';
import { SCHEMA_VERSION } from './schema.js';
import { lockOf } from './writer-lock.js';
import { damageIn } from '../damage.js';
import { WriteCheck } from './write-check.js';
import { inParts, literals } from './row-literals.js';
import {
  isKeyTaken,
  openInBackground,
  type BackgroundDatabase,
  type SqliteDatabase,
  type SqliteStatement,
} from './driver.js';

/** An append that waits for its commit. */
export interface WaitingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly rows: readonly EventRow[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** The decisions on a group, before it is written. */
interface DecidedGroup {
  readonly rows: readonly PlacedRow[];
  /** Callbacks that answer each append once the rows are on disk. */
  readonly settled: (() => void)[];
  /** The new last revision of each stream that the group writes to. */
  readonly revisions: ReadonlyMap<string, number>;
}

/** Position, stream, revision, id, type, body: the columns of the table in their order. */
type PlacedRow = readonly [number, string, number, string, string, string];

interface EventPlace {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
}

/**
 * Decides on each append of a group and writes the accepted ones in one transaction. Writing and waiting for
 * the disk happen on another thread, so that the event loop stays free for other work.
 */
export class GroupCommitWriter {
  /** The most recent events, so that close followers need not read them from disk. */
  readonly recent = new TailCache();
  private readonly lastRevision: SqliteStatement;
  private readonly placeOfId: SqliteStatement;
  /** Revision of the last event of recently used streams. It stays valid, because nobody else writes. */
  private readonly heads = new Map<string, number>();
  private last: number;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly check: WriteCheck;

  private constructor(
    file: string,
    private readonly database: BackgroundDatabase,
    reading: SqliteDatabase,
  ) {
    this.check = new WriteCheck(file, [lockOf(file)], () => this.inTurn(() => database.exec(TOUCH)));
    this.lastRevision = reading.prepare('SELECT MAX(revision) AS revision FROM events WHERE stream = ?');
    this.placeOfId = reading.prepare('SELECT stream, revision, position FROM events WHERE id = ?');
    const newest = reading.prepare('SELECT MAX(position) AS position FROM events').get();
    this.last = (newest as { position: number | null }).position ?? 0;
  }

  /** Opens an existing ledger. Look-ups go through `reading`, which never waits for a write. */
  static async open(file: string, reading: SqliteDatabase): Promise<GroupCommitWriter> {
    const database = await openInBackground(file);
    try {
      // Ids are random, so each group changes many pages of their index. A large cache and rare checkpoints
      // avoid rewriting those pages again and again.
      await database.exec(`
        PRAGMA synchronous = FULL;
        PRAGMA cache_size = -65536;
        PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      return new GroupCommitWriter(file, database, reading);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Position of the last event of the ledger; 0 when the ledger is empty. */
  get position(): number {
    return this.last;
  }

  /** Revision of the last event of a stream; -1 if it has none. */
  headOf(stream: string): number {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    const head = (this.lastRevision.get(stream) as { revision: number | null }).revision ?? -1;
    if (this.heads.size >= MOST_HEADS) this.heads.clear();
    this.heads.set(stream, head);
    return head;
  }

  /** Answers every append of the group once all accepted events are on disk. One group at a time. */
  async commit(group: readonly WaitingAppend[]): Promise<void> {
    let settled: (() => void)[];
    try {
      const written = await this.writeAll(group);
      this.last += written.rows.length;
      for (const [stream, revision] of written.revisions) this.heads.set(stream, revision);
      for (const row of written.rows) this.remember(row);
      ({ settled } = written);
    } catch (error) {
      const damage = damageIn(error);
      if (damage) this.check.noteDamage(damage);
      settled = group.map(
        ({ reject }) =>
          () =>
            reject(error),
      );
    }
    for (const settle of settled) settle();
  }

  private remember([position, stream, revision, id, type, body]: PlacedRow): void {
    this.recent.add(position, body.length, () =>
      recordedFrom({ position, stream, revision, id, type }, JSON.parse(body) as object),
    );
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private async writeAll(group: readonly WaitingAppend[]): Promise<DecidedGroup> {
    const decided = this.decideAll(group, false);
    try {
      await this.write(decided.rows);
      return decided;
    } catch (error) {
      if (!isKeyTaken(error)) throw error;
      // Ids in use are rare, so they are checked only after the database reports one, and then for each
      // append.
      const again = this.decideAll(group, true);
      await this.write(again.rows);
      return again;
    }
  }

  /** Throws when nothing can be written. */
  checkWritable(): Promise<void> {
    return this.check.run();
  }

  /** Runs work in sequence, because the connection can have only one transaction at a time. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private write(rows: readonly PlacedRow[]): Promise<void> {
    return this.inTurn(() => this.writeNow(rows));
  }

  /** Writes rows in one transaction: all or none. */
  private async writeNow(rows: readonly PlacedRow[]): Promise<void> {
    const parts = [...inParts(rows, LONGEST_PART)];
    try {
      for (const [index, part] of parts.entries()) {
        const begin = index === 0 ? 'BEGIN IMMEDIATE; ' : '';
        const commit = index === parts.length - 1 ? '; COMMIT' : '';
        await this.database.exec(`${begin}INSERT INTO events VALUES ${literals(part)}${commit}`);
      }
    } catch (error) {
      await this.database.exec('ROLLBACK').catch(() => {
        // SQLite has already rolled back by itself.
      });
      throw error;
    }
  }

  private decideAll(group: readonly WaitingAppend[], checkIds: boolean): DecidedGroup {
    const revisions = new Map<string, number>();
    const rows: PlacedRow[] = [];
    const ids = checkIds ? new Set<string>() : undefined;
    const settled = group.map((append) => {
      try {
        const appended = this.decide(append, revisions, rows, ids);
        return () => append.resolve(appended);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return () => append.reject(error);
      }
    });
    return { settled, revisions, rows };
  }

  /**
   * Adds the rows of one append to those of its group. When it refuses the append, it throws before it adds
   * anything.
   */
  private decide(
    append: WaitingAppend,
    revisions: Map<string, number>,
    rows: PlacedRow[],
    ids: Set<string> | undefined,
  ): Appended {
    const { stream, expected } = append;
    const head = revisions.get(stream) ?? this.headOf(stream);
    const actual = head < 0 ? 'no-stream' : head;
    const before = expected === 'no-stream' ? -1 : expected;
    if (expected !== actual) {
      const earlier = this.earlierAnswer(stream, before, append.rows, rows);
      if (earlier) return earlier;
      throw new WrongExpectedRevision(stream, expected, actual);
    }
    if (ids) this.refuseIdsInUse(append.rows, ids);
    let revision = before;
    for (const { id, type, body } of append.rows)
      rows.push([this.last + rows.length + 1, stream, ++revision, id, type, body]);
    revisions.set(stream, revision);
    return { revision, position: this.last + rows.length };
  }

  /**
   * The original answer to a repeated append: these same events already stand at their target revisions, or
   * are in the current group.
   */
  private earlierAnswer(
    stream: string,
    before: number,
    rows: readonly EventRow[],
    waiting: readonly PlacedRow[],
  ): Appended | undefined {
    let position = 0;
    for (const [index, { id }] of rows.entries()) {
      const place = this.placeOf(id, waiting);
      if (place?.stream !== stream || place.revision !== before + 1 + index) return undefined;
      ({ position } = place);
    }
    return { revision: before + rows.length, position };
  }

  private placeOf(id: string, waiting: readonly PlacedRow[]): EventPlace | undefined {
    const row = waiting.find((each) => each[3] === id);
    if (!row) return this.placeOfId.get(id) as EventPlace | undefined;
    const [position, stream, revision] = row;
    return { position, stream, revision };
  }

  /**
   * Throws when an id is in the ledger or in `taken`, the earlier ids of the group. Otherwise adds the ids to
   * `taken`.
   */
  private refuseIdsInUse(rows: readonly EventRow[], taken: Set<string>): void {
    const ids = new Set<string>();
    for (const { id } of rows) {
      if (ids.has(id) || taken.has(id) || this.placeOfId.get(id) !== undefined) throw new EventIdInUse(id);
      ids.add(id);
    }
    for (const id of ids) taken.add(id);
  }
}

/** Rewrites the first page unchanged: a complete transaction through the journal to the disk. */
const TOUCH = `PRAGMA user_version = ${SCHEMA_VERSION}`;
/** Rows are written by statements of about this many characters. */
const LONGEST_PART = 32 * 1024 * 1024;

/**
 * How many pages of 4 KB the journal holds before they are copied to the ledger: 16 MB. Four times as many
 * would write small groups even faster, but then a start after a crash must read a journal of 64 MB.
 */
const CHECKPOINT_PAGES = 4000;
const MOST_HEADS = 100_000;

function isRefusal(error: unknown): boolean {
  return error instanceof WrongExpectedRevision || error instanceof EventIdInUse;
}
