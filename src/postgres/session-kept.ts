import type pg from 'pg';
import type { DeadlineClient } from './deadline-client.js';

/** What lies between gives each transaction another session of PostgreSQL: settings, locks and notifications get lost. */
export class SessionNotKept extends Error {
  override readonly name = 'SessionNotKept';

  constructor() {
    super(
      'a pooler gives each transaction another session there, and locks and settings are lost with it; the tracker needs session pooling (pgbouncer: pool_mode = session) or a direct connection',
    );
  }
}

/**
 * Throws SessionNotKept where a connection does not keep its session. While `other`, which is not connected yet, is within
 * a transaction, a pooler has to give the connection's next statement another session, unless the connection has one of its own.
 */
export async function refuseLostSessions(client: pg.Client, other: DeadlineClient): Promise<void> {
  try {
    const own = await sessionOf(client);
    const isKept = async (): Promise<boolean> => (await sessionOf(client)) === own;
    // A pooler may also hand its sessions out in turns.
    if (!(await isKept())) throw new SessionNotKept();
    await other.connect();
    await other.query('BEGIN');
    if ((await sessionOf(other)) === own || !(await isKept())) throw new SessionNotKept();
  } finally {
    await other.end().catch(() => undefined);
  }
}

/** The process of the server that the statement ran in. */
async function sessionOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}
