import { hash as digest } from 'node:crypto';
import { join } from 'node:path';
import { DamagedFile } from '../event-store/damage.js';
import { ActChain, type ChainMark } from '../event-store/sqlite/act-chain.js';
import {
  openDatabase,
  rollBack,
  type SqliteDatabase,
  type SqliteStatement,
} from '../event-store/sqlite/driver.js';
import { closedBy, rootOf, type Hash, type NodeLookup } from './merkle-tree.js';

/** A checkpoint that the log has issued. */
export interface KeptCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** The path of the log's file in a folder. */
export const logFile = (directory: string): string => join(directory, 'log.sqlite');

/** The hash of a complete subtree, and its position on its level. */
export interface StoredNode {
  readonly place: number;
  readonly hash: Hash;
}

const PAGE = 1000;

/**
 * Stores the hashes of all complete subtrees, and every checkpoint ever issued, in a separate SQLite file.
 * The tree can be rebuilt from the ledger at any time. The checkpoints are the log's public statements and
 * are only ever added.
 */
export class TreeStore {
  private readonly database: SqliteDatabase;
  private readonly insertNodes: SqliteStatement;
  private readonly selectNode: SqliteStatement;
  private readonly countLeaves: SqliteStatement;
  private readonly insertCheckpoint: SqliteStatement;
  private readonly acts: ActChain;
  private leaves = 0;

  /** Opens the file, or creates it. Throws DamagedFile if it is not a readable database. */
  constructor(
    readonly file: string,
    options: { readonly readOnly?: boolean } = {},
  ) {
    this.database = openDatabase(file, options);
    try {
      if (!options.readOnly) this.database.exec(SCHEMA);
      // One call passes all rows of a batch as one text: a driver call per row costs more than the row.
      this.insertNodes = this.database.prepare(
        'INSERT INTO nodes SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)',
      );
      this.selectNode = this.database.prepare('SELECT hash FROM nodes WHERE level = ? AND place = ?');
      this.countLeaves = this.database.prepare('SELECT MAX(place) + 1 AS leaves FROM nodes WHERE level = 0');
      this.insertCheckpoint = this.database.prepare('INSERT OR IGNORE INTO checkpoints VALUES (?, ?)');
      this.acts = new ActChain(this.database);
      this.refresh();
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** The damage if there are fewer leaves than the subtrees above them or the closing mark require. */
  lostLeaves(): DamagedFile | undefined {
    const highest = this.database.prepare('SELECT MAX(place) AS place FROM nodes WHERE level = ?');
    const { closedAt = 0 } = this;
    let leaves = closedAt;
    for (let level = 1; level < 50; level++) {
      const { place } = highest.get(level) as { place: number | null };
      if (place !== null) leaves = Math.max(leaves, (place + 1) * 2 ** level);
    }
    if (leaves <= this.leaves) return undefined;
    return new DamagedFile(this.file, `it has the hashes of ${this.leaves} events, and knows of ${leaves}`);
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.leaves;
  }

  /** Counts the leaves again, since another process may have added some. */
  refresh(): void {
    this.leaves = (this.countLeaves.get() as { leaves: number | null }).leaves ?? 0;
  }

  readonly node: NodeLookup = (level, index) => {
    const row = this.selectNode.get(level, index) as { hash: string } | undefined;
    if (!row) throw new RangeError(`the tree has no subtree ${index} on level ${level}`);
    return Buffer.from(row.hash, 'base64');
  };

  root(size = this.leaves): Hash {
    return rootOf(size, this.node);
  }

  /** Appends leaves, all or none. O(log n) each. */
  append(leaves: readonly Hash[]): void {
    const fresh = new Map<string, Hash>();
    const rows: [level: number, place: number, hash: string][] = [];
    const lookup: NodeLookup = (level, index) => fresh.get(`${level}/${index}`) ?? this.node(level, index);
    let size = this.leaves;
    for (const leaf of leaves) {
      for (const { level, index, hash } of closedBy(size, leaf, lookup)) {
        fresh.set(`${level}/${index}`, hash);
        rows.push([level, index, hash.toString('base64')]);
      }
      size++;
    }
    // A single statement is atomic.
    this.insertNodes.run(JSON.stringify(rows));
    this.leaves = size;
  }

  /** Marks that the log was closed with all events of the ledger in it. */
  markClosed(): void {
    this.database.prepare('INSERT OR REPLACE INTO closed VALUES (1, ?)').run(this.leaves);
  }

  /** The size at which the log was closed, until the mark is taken. */
  get closedAt(): number | undefined {
    return (this.database.prepare('SELECT size FROM closed').get() as { size: number } | undefined)?.size;
  }

  /** Removes the mark and returns its size; undefined if the log was not closed cleanly. */
  takeClosedMark(): number | undefined {
    const { closedAt } = this;
    this.database.exec('DELETE FROM closed');
    return closedAt;
  }

  /** Replaces all leaves and forgets the notes about the old ones. All or nothing. */
  replace(leaves: readonly Hash[]): void {
    this.rewrite(leaves, 'DELETE FROM nodes; DELETE FROM smuggled; DELETE FROM closed');
  }

  /** Recomputes all subtree hashes from the event hashes, which do not change. */
  replaceSubtrees(leaves: readonly Hash[]): void {
    this.rewrite(leaves, 'DELETE FROM nodes');
  }

  /** Remembers events that were inserted while no tracker ran. */
  keepSmuggled(first: number, last: number): void {
    const insert = this.database.prepare('INSERT OR IGNORE INTO smuggled VALUES (?)');
    for (let position = first; position <= last; position++) insert.run(position);
  }

  /** Positions of events that were inserted while no tracker ran. */
  smuggled(limit: number): number[] {
    const rows = this.database
      .prepare('SELECT position FROM smuggled ORDER BY position LIMIT ?')
      .all(limit) as { position: number }[];
    return rows.map(({ position }) => position);
  }

  /** The log's first public key, or the one that replaced it; undefined if none was noted. */
  get verifierKey(): string | undefined {
    // If the writer is an older version, the table does not exist.
    const there = this.database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'verifier'").get();
    if (there === undefined) return undefined;
    return (this.database.prepare('SELECT key FROM verifier').get() as { key: string } | undefined)?.key;
  }

  noteVerifierKey(key: string): void {
    this.database.prepare('INSERT OR REPLACE INTO verifier VALUES (1, ?)').run(key);
  }

  /** Stores a checkpoint permanently. Call it before the checkpoint is issued. */
  keep(checkpoint: KeptCheckpoint): void {
    const { size, note } = checkpoint;
    // A power loss may lose hashes, but never an issued checkpoint.
    this.database.exec('PRAGMA synchronous = FULL');
    try {
      this.acts.whole(() => {
        const { changes } = this.insertCheckpoint.run(size, note) as { changes: number };
        if (changes > 0) this.acts.add(nameOf(checkpoint), String(size));
      });
    } finally {
      this.database.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** How many checkpoints the register lists; undefined in files of earlier releases. */
  get registerMark(): ChainMark | undefined {
    return this.acts.mark;
  }

  /**
   * Starts the list of the register's checkpoints, if there is none, with those that an earlier release
   * stored. `anew` discards the existing list.
   */
  beginRegister(options: { readonly anew?: boolean } = {}): void {
    this.acts.begin(this.registered(), options);
    const listed = this.acts.subjects();
    // An earlier release that ran in between stores checkpoints without listing them.
    for (const [name, size] of this.registered())
      if (!listed.has(name)) this.acts.whole(() => this.acts.add(name, size));
  }

  /** What is wrong with the register of checkpoints, compared with its last known mark. */
  registerFault(kept: ChainMark | undefined): DamagedFile | undefined {
    const [fault] = this.acts.atOnce(() => {
      const listed = this.acts.subjects();
      // An earlier release stored the unlisted checkpoints. Their signatures show whether they are the log's.
      const registered = new Map([...this.registered()].filter(([name]) => listed.has(name)));
      return this.acts.faults(registered, kept, (_, size) => `the checkpoint of ${size} events`);
    });
    return fault === undefined ? undefined : new DamagedFile(this.file, fault);
  }

  private registered(): Map<string, string> {
    return new Map(this.checkpoints().map((each) => [nameOf(each), String(each.size)]));
  }

  checkpoints(): KeptCheckpoint[] {
    return this.database
      .prepare('SELECT size, note FROM checkpoints ORDER BY size')
      .all() as KeptCheckpoint[];
  }

  /** Whether the log ever took in an event or issued a checkpoint. */
  get hasHistory(): boolean {
    return this.leaves > 0 || this.checkpoints().length > 0;
  }

  /** The hash of a leaf; undefined if it was lost. */
  leafOrNone(index: number): Hash | undefined {
    const row = this.selectNode.get(0, index) as { hash: string } | undefined;
    return row && Buffer.from(row.hash, 'base64');
  }

  /** The hash of a leaf. Throws RangeError if it was lost. */
  leaf(index: number): Hash {
    return this.node(0, index);
  }

  /** The hashes of the first leaves, in order, a page at a time. */
  *firstLeaves(size: number): Generator<Hash[]> {
    const page = this.database.prepare(
      'SELECT hash FROM nodes WHERE level = 0 AND place >= ? AND place < ? ORDER BY place',
    );
    for (let from = 0; from < size; from += PAGE) {
      const rows = page.all(from, Math.min(from + PAGE, size)) as { hash: string }[];
      yield rows.map(({ hash }) => Buffer.from(hash, 'base64'));
    }
  }

  /** The levels that have hashes, starting with the leaves. */
  levels(): number[] {
    const rows = this.database.prepare('SELECT DISTINCT level FROM nodes ORDER BY level').all();
    return (rows as { level: number }[]).map(({ level }) => level);
  }

  /** The hashes of one level, ordered by place. */
  *nodesOf(level: number): Generator<StoredNode, undefined> {
    const page = this.database.prepare(
      'SELECT place, hash FROM nodes WHERE level = ? AND place > ? ORDER BY place LIMIT ?',
    );
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const rows = page.all(level, after, PAGE) as { place: number; hash: string }[];
      for (const { place, hash } of rows) yield { place, hash: Buffer.from(hash, 'base64') };
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return undefined;
      after = last.place;
    }
  }

  private rewrite(leaves: readonly Hash[], clear: string): void {
    const before = this.leaves;
    this.database.exec('BEGIN IMMEDIATE');
    try {
      this.database.exec(clear);
      this.leaves = 0;
      for (let from = 0; from < leaves.length; from += PAGE) this.append(leaves.slice(from, from + PAGE));
      this.database.exec('COMMIT');
    } catch (error) {
      this.leaves = before;
      rollBack(this.database);
      throw error;
    }
  }

  close(): void {
    this.database.close();
  }
}

const nameOf = ({ size, note }: KeptCheckpoint): string => digest('sha256', `${size}\n${note}`);

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS nodes (
    level INTEGER NOT NULL, place INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (level, place)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS checkpoints (size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (size, note)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS closed (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS verifier (id INTEGER PRIMARY KEY CHECK (id = 1), key TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS smuggled (position INTEGER PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS beside (id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL);
  CREATE TRIGGER IF NOT EXISTS checkpoints_are_never_changed BEFORE UPDATE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
  CREATE TRIGGER IF NOT EXISTS checkpoints_are_never_deleted BEFORE DELETE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;
`;
