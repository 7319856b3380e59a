import { hash as digest, randomBytes } from 'node:crypto';
import { rollBack, type SqliteDatabase } from './driver.js';

/** How far a chain of acts had come: its last act then, and the hash of it and all before. */
export interface ChainMark {
  readonly number: number;
  readonly digest: string;
}

/** What a register holds: the content of each subject, such as what a key is, by its id. */
export type Contents = ReadonlyMap<string, string>;

interface Act extends ChainMark {
  readonly subject: string;
  readonly content: string;
}

/**
 * What was done to the rows of a register in a database file, act by act, each with the hash of all before it. A row that
 * is taken out, changed or put in past it does not agree with the chain; a chain that was cut off, or is another store's,
 * does not agree with a mark of it that is kept elsewhere.
 */
export class ActChain {
  constructor(private readonly database: SqliteDatabase) {}

  /** The last act; undefined where there is no chain, as in files of earlier releases. */
  get mark(): ChainMark | undefined {
    const last = this.acts('ORDER BY number DESC LIMIT 1')[0];
    return last && { number: last.number, digest: last.digest };
  }

  /** Begins the chain where there is none, with what is there already. `anew` gives up the one that there is. */
  begin(contents: Contents, { anew = false } = {}): void {
    this.database.exec(TABLE);
    if (!anew && this.mark !== undefined) return;
    this.whole(() => {
      if (anew) this.database.exec('DELETE FROM acts');
      else if (this.mark !== undefined) return;
      // A beginning of its own tells the chains of two stores apart.
      this.insert(0, '', 'begun', randomBytes(16).toString('hex'));
      for (const [subject, content] of contents) this.add(subject, content);
    });
  }

  /** Does an act and adds it, both or neither. */
  whole<T>(work: () => T): T {
    return this.inTransaction('BEGIN IMMEDIATE', work);
  }

  /** Reads rows and chain as of one moment, whatever another process adds meanwhile. */
  atOnce<T>(work: () => T): T {
    return this.inTransaction('BEGIN', work);
  }

  /** Adds an act within `whole`: `subject` has this content from now on. */
  add(subject: string, content: string): void {
    const { mark } = this;
    if (mark) this.insert(mark.number + 1, mark.digest, subject, content);
  }

  /** All that the chain has an act of. */
  subjects(): ReadonlySet<string> {
    return new Set(this.acts('ORDER BY number').map(({ subject }) => subject));
  }

  /** Where the rows, the chain and the mark that was kept of it do not agree, in words that follow the name of the file. */
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
    // In files of earlier releases the table is not there.
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
