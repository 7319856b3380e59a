import { openDatabase, type SqliteDatabase, type SqliteStatement } from '../event-store/sqlite-driver.js';
import { closedBy, rootOf, type ClosedNode, type Hash, type NodeLookup } from './merkle-tree.js';

/** A checkpoint that was given out. */
export interface KeptCheckpoint {
  readonly size: number;
  readonly note: string;
}

/**
 * The hashes of all complete subtrees, and every checkpoint ever given out, in a SQLite file of their own. The tree can
 * be built again from the ledger at any time; the checkpoints are the log's word and are only ever added.
 */
export class TreeStore {
  private readonly database: SqliteDatabase;
  private readonly insertNode: SqliteStatement;
  private readonly selectNode: SqliteStatement;
  private readonly countLeaves: SqliteStatement;
  private readonly insertCheckpoint: SqliteStatement;
  private leaves: number;

  constructor(file: string, options: { readonly readOnly?: boolean } = {}) {
    this.database = openDatabase(file, options);
    if (!options.readOnly) this.database.exec(SCHEMA);
    this.insertNode = this.database.prepare('INSERT INTO nodes VALUES (?, ?, ?)');
    this.selectNode = this.database.prepare('SELECT hash FROM nodes WHERE level = ? AND place = ?');
    this.countLeaves = this.database.prepare('SELECT MAX(place) + 1 AS leaves FROM nodes WHERE level = 0');
    this.insertCheckpoint = this.database.prepare('INSERT OR IGNORE INTO checkpoints VALUES (?, ?)');
    this.leaves = (this.countLeaves.get() as { leaves: number | null }).leaves ?? 0;
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.leaves;
  }

  readonly node: NodeLookup = (level, index) => {
    const row = this.selectNode.get(level, index) as { hash: string } | undefined;
    if (!row) throw new RangeError(`the tree has no subtree ${index} on level ${level}`);
    return Buffer.from(row.hash, 'base64');
  };

  root(size = this.leaves): Hash {
    return rootOf(size, this.node);
  }

  /** Adds leaves at the end, in one transaction. O(log n) each. */
  append(leaves: readonly Hash[]): void {
    const fresh = new Map<string, Hash>();
    const lookup: NodeLookup = (level, index) => fresh.get(`${level}/${index}`) ?? this.node(level, index);
    this.database.exec('BEGIN IMMEDIATE');
    try {
      let size = this.leaves;
      for (const leaf of leaves) {
        for (const closed of closedBy(size, leaf, lookup)) this.put(closed, fresh);
        size++;
      }
      this.database.exec('COMMIT');
      this.leaves = size;
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  keep({ size, note }: KeptCheckpoint): void {
    this.insertCheckpoint.run(size, note);
  }

  checkpoints(): KeptCheckpoint[] {
    return this.database
      .prepare('SELECT size, note FROM checkpoints ORDER BY size')
      .all() as KeptCheckpoint[];
  }

  /** The hash of a leaf as it was added. */
  leaf(index: number): Hash {
    return this.node(0, index);
  }

  close(): void {
    this.database.close();
  }

  private put({ level, index, hash }: ClosedNode, fresh: Map<string, Hash>): void {
    fresh.set(`${level}/${index}`, hash);
    this.insertNode.run(level, index, hash.toString('base64'));
  }
}

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS nodes (
    level INTEGER NOT NULL, place INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (level, place)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS checkpoints (size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (size, note)) WITHOUT ROWID;
  CREATE TRIGGER IF NOT EXISTS checkpoints_are_never_changed BEFORE UPDATE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
  CREATE TRIGGER IF NOT EXISTS checkpoints_are_never_deleted BEFORE DELETE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;
`;
