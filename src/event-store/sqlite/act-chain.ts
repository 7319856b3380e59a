import { hash as digest, randomBytes } from 'node:crypto';
import { rollBack, type SqliteDatabase } from './driver.js';

/** The last entry of a chain at some moment: its number, and the hash of it and all earlier entries. */
export interface ChainMark {
  readonly number: number;
  readonly digest: string;
}

/** The entries of a register: the content of each subject, by its id, such as the properties of a key. */
export type Contents = ReadonlyMap<string, string>;

interface Act extends ChainMark {
  readonly subject: string;
  readonly content: string;
}

/**
 * A hash chain of all changes to a register in a database file: each entry contains the hash of all entries
 * before it. A row that was deleted, changed or inserted outside the register does not match the chain. A
 * chain that was truncated or belongs to another store does not match a mark kept elsewhere.
 */
export class ActChain {
  constructor(private readonly database: SqliteDatabase) {}

  /** The last entry; undefined when there is no chain, as in files of earlier releases. */
  get mark(): ChainMark | undefined {
    const last = this.acts('ORDER BY number DESC LIMIT 1')[0];
    return last && { number: last.number, digest: last.digest };
  }

  /** Begins the chain with the existing contents, if there is none. `anew` replaces an existing chain. */
  begin(contents: Contents, { anew = false } = {}): void {
    this.database.exec(TABLE);
    if (!anew && this.mark !== undefined) return;
    this.whole(() => {
      if (anew) this.database.exec('DELETE FROM acts');
      else if (this.mark !== undefined) return;
      // A random first entry makes the chains of two stores distinguishable.
      this.insert(0, '', 'begun', randomBytes(16).toString('hex'));
      for (const [subject, content] of contents) this.add(subject, content);
    });
  }

  /** Makes a change and adds its entry in one transaction: both or neither. */
  whole<T>(work: () => T): T {
    return this.inTransaction('BEGIN IMMEDIATE', work);
  }

  /** Reads rows and chain in one snapshot, whatever another process adds meanwhile. */
  atOnce<T>(work: () => T): T {
    return this.inTransaction('BEGIN', work);
  }

  /** Adds an entry inside `whole`: from now on, `subject` has this content. */
  add(subject: string, content: string): void {
    const { mark } = this;
    if (mark) this.insert(mark.number + 1, mark.digest, subject, content);
  }

  /** All subjects that have an entry in the chain. */
  subjects(): ReadonlySet<string> {
    return new Set(this.acts('ORDER BY number').map(({ subject }) => subject));
  }

  /**
   * Where the rows, the chain and the kept mark differ. Each text continues a sentence that begins with the
   * file name.
   */
  faults(
    contents: Contents,
    kept: ChainMark | undefined,
    nameOf: (subject: string, content: string) => string,
  ): string[] {
    const acts = this.acts('ORDER BY number');
    if (acts.length === 0) return kept === undefined ? [] : ['the list of what was put into it is gone'];
    const faults: string[] = [];
    let before: ChainMark = { number: -1, digest: '' };
    const last = new Map<string, string>();
    for (const act of acts) {
      const { number, subject, content } = act;
      if (number !== before.number + 1 || act.digest !== digestOf(before.digest, number, subject, content))
        return [`entry ${number} of the list of what was put into it is not as it was made`];
      if (kept?.number === number && kept.digest !== act.digest)
        return [
          'what was put into it is not what was put into the file that was here before: it is another store’s, or was made anew',
        ];
      if (number > 0) last.set(subject, content);
      before = act;
    }
    if (kept !== undefined && kept.number > before.number)
      faults.push(
        `${kept.number} entries were put into it, of which it knows ${before.number}: it is an older one, or entries were taken out`,
      );
    for (const [subject, content] of last) {
      const now = contents.get(subject);
      if (now === undefined) faults.push(`${nameOf(subject, content)} was taken out of it`);
      else if (now !== content) faults.push(`${nameOf(subject, content)} is not as it was put into it`);
    }
    for (const [subject, content] of contents)
      if (!last.has(subject)) faults.push(`${nameOf(subject, content)} was put into it by another program`);
    return faults;
  }

  private inTransaction<T>(begin: string, work: () => T): T {
    this.database.exec(begin);
    try {
      const done = work();
      this.database.exec('COMMIT');
      return done;
    } catch (error) {
      rollBack(this.database);
      throw error;
    }
  }

  private acts(order: string): Act[] {
    // Files of earlier releases do not have the table.
    const there = this.database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'acts'").get();
    if (there === undefined) return [];
    return this.database.prepare(`SELECT number, subject, content, digest FROM acts ${order}`).all() as Act[];
  }

  private insert(number: number, before: string, subject: string, content: string): void {
    this.database
      .prepare('INSERT INTO acts VALUES (?, ?, ?, ?)')
      .run(number, subject, content, digestOf(before, number, subject, content));
  }
}

const digestOf = (before: string, number: number, subject: string, content: string): string =>
  digest('sha256', JSON.stringify([before, number, subject, content]));

const TABLE = `CREATE TABLE IF NOT EXISTS acts (
  number INTEGER PRIMARY KEY, subject TEXT NOT NULL, content TEXT NOT NULL, digest TEXT NOT NULL)`;
