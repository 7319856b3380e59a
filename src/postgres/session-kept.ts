import type pg from 'pg';
import type { DeadlineClient } from './deadline-client.js';

/**
 * A pooler gives each transaction a different PostgreSQL session, so that settings, locks and notifications
 * are lost.
 */
export class SessionNotKept extends Error {
  override readonly name = 'SessionNotKept';

  constructor() {
    super(
      'a pooler gives each transaction another session there, and locks and settings are lost with it; the tracker needs session pooling (pgbouncer: pool_mode = session) or a direct connection',
    );
  }
}

/**
 * Throws SessionNotKept when a connection does not keep its session. `other` must not be connected yet. While
 * `other` is in a transaction, a pooler must run the next statement of `client` in a different session,
 * unless `client` has its own.
 */
export async function refuseLostSessions(client: pg.Client, other: DeadlineClient): Promise<void> {
  try {
    const own = await sessionOf(client);
    const isKept = async (): Promise<boolean> => (await sessionOf(client)) === own;
    // A pooler may also alternate its sessions.
    if (!(await isKept())) throw new SessionNotKept();
    await other.connect();
    await other.query('BEGIN');
    if ((await sessionOf(other)) === own || !(await isKept())) throw new SessionNotKept();
  } finally {
    await other.end().catch(() => undefined);
  }
}

/** The process id of the server session that ran the statement. */
async function sessionOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}
