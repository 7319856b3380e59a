import type pg from 'pg';

/**
 * The advisory locks of the tracker, which PostgreSQL keeps for each database. Each is held by one connection, and let go
 * with it, however it ends.
 */
export const LOCKS = {
  /** Tables are being made. */
  migrating: 1,
  /** Who rebuilds the views, or goes back to earlier ones. */
  rebuilding: 3,
} as const;

/** The first half of our keys, so that another application in the same database can have its own. */
const CLASS = 0x4d_45_54;
/** Keys of the sets of views: held, shared, by whoever reads one; and to remove it, by one alone. */
const FIRST_GENERATION = 1000;

/** Who projects views of a shape, by its name in hexadecimals: releases beside each other each keep their own. Above all keys of sets. */
export const projectingLock = (name: string): number =>
  0x4000_0000 + (Number.parseInt(name.slice(0, 8), 16) & 0x3fff_ffff);

export const generationLock = (generation: number): number => FIRST_GENERATION + generation;

/** Takes a lock if nobody holds it; `shared`, unless somebody holds it alone. It stays taken until `unlock` or the connection's end. */
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
