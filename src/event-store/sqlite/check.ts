import { setImmediate as otherWork } from 'node:timers/promises';
import { DamagedFile } from '../damage.js';
import { isWellWritten } from '../event-row.js';
import { openDatabase, type SqliteDatabase } from './driver.js';
import { strangeDefinitions } from './schema.js';

/** A fault in a database file, and the event it concerns. */
export interface FileFault {
  readonly position?: number;
  readonly event?: string;
  readonly fault: string;
}

const PAGE = 500;
const MOST_FAULTS = 50;

/**
 * Checks the ledger's file: that its pages and indexes are intact, that its tables have the tracker's
 * definitions, and that each row has valid columns and a body without place fields. Returns at most 50
 * faults.
 */
export async function faultsOfLedger(file: string): Promise<FileFault[]> {
  const found: FileFault[] = brokenPages(file).map((fault) => ({ fault }));
  const database = openDatabase(file, { readOnly: true });
  try {
    for (const name of strangeDefinitions(database))
      found.push({
        fault: new DamagedFile(file, `the definition of ${name} in it is not the tracker’s`).message,
      });
    let last = 0;
    const page = database.prepare(ROWS);
    for (;;) {
      const rows = page.all(last) as CheckedRow[];
      for (const row of rows) {
        found.push(...faultsOfRow(row, last));
        last = row.position;
        if (found.length >= MOST_FAULTS) return found;
      }
      if (rows.length < PAGE) return found;
      await otherWork();
    }
  } catch (error) {
    return [...found, { fault: messageOf(error) }];
  } finally {
    database.close();
  }
}

/** The damaged pages and indexes of a database file, each with its byte offset if SQLite reports it. */
export function brokenPages(file: string): string[] {
  let database: SqliteDatabase | undefined;
  try {
    database = openDatabase(file, { readOnly: true });
    const { page_size: size } = database.prepare('PRAGMA page_size').get() as { page_size: number };
    const lines = database
      .prepare(`SELECT integrity_check AS line FROM pragma_integrity_check(${MOST_FAULTS})`)
      .all() as { line: string }[];
    return lines
      .filter(({ line }) => line !== 'ok')
      .map(({ line }) => new DamagedFile(file, withOffset(line.trim(), size)).message);
  } catch (error) {
    return [messageOf(error)];
  } finally {
    database?.close();
  }
}

/** SQLite numbers pages from 1. */
function withOffset(line: string, pageSize: number): string {
  const page = /\bpage (\d+)/i.exec(line)?.[1];
  return page === undefined ? line : `${line} (byte ${(Number(page) - 1) * pageSize} of the file)`;
}

interface CheckedRow {
  readonly position: number;
  readonly types: string;
  readonly id: string | null;
  readonly body: string | null;
}

const ROWS = `SELECT position, id, body,
    typeof(stream) || ' ' || typeof(revision) || ' ' || typeof(id) || ' ' || typeof(type) || ' ' || typeof(body) AS types
  FROM events WHERE position > ? ORDER BY position LIMIT ${PAGE}`;
const TYPES = 'text integer text text text';

function faultsOfRow({ position, types, id, body }: CheckedRow, last: number): FileFault[] {
  const event = id ?? undefined;
  const of = (fault: string): FileFault => ({ position, ...(event !== undefined && { event }), fault });
  if (types !== TYPES || body === null) return [of(`has columns of the kinds ${types}, not ${TYPES}`)];
  const faults = position === last + 1 ? [] : [of(`stands at position ${position}, after ${last}`)];
  if (!isWellWritten(body, parsed(body)))
    faults.push(
      of(
        'is not written as the tracker writes it: its body is no JSON, says something twice, or names a place of its own',
      ),
    );
  return faults;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
