import type pg from 'pg';

/**
 * The tracker's advisory locks, one set per database. A connection holds each lock, and the lock disappears
 * with the connection.
 */
export const LOCKS = {
  /** Held while tables are created. */
  migrating: 1,
  /** Held to rebuild the views or to return to earlier ones. */
  rebuilding: 3,
} as const;

/** The first half of each key, so that other applications in the same database can have their own keys. */
const CLASS = 0x4d_45_54;
/** Keys for the sets of views: readers hold them shared; removing a set needs the exclusive lock. */
const FIRST_GENERATION = 1000;

/**
 * The key for projecting the views with a certain schema hash, so that different releases can run side by
 * side. It is above all keys of sets.
 */
export const projectingLock = (name: string): number =>
  0x4000_0000 + (Number.parseInt(name.slice(0, 8), 16) & 0x3fff_ffff);

export const generationLock = (generation: number): number => FIRST_GENERATION + generation;

/**
 * Tries to take a lock. A shared lock is available unless somebody holds the exclusive one. It is held until
 * `unlock` or the end of the connection.
 */
export async function tryLock(client: pg.ClientBase, key: number, shared = false): Promise<boolean> {
  const name = shared ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
  const { rows } = await client.query<{ taken: boolean }>(`SELECT ${name}($1, $2) AS taken`, [CLASS, key]);
  return rows[0]?.taken === true;
}

export async function lock(client: pg.ClientBase, key: number): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1, $2)', [CLASS, key]);
}

export async function unlock(client: pg.ClientBase, key: number, shared = false): Promise<void> {
  const name = shared ? 'pg_advisory_unlock_shared' : 'pg_advisory_unlock';
  await client.query(`SELECT ${name}($1, $2)`, [CLASS, key]);
}
