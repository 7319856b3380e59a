import { PostgresNotOpened } from './not-opened.js';

/**
 * Whether an error means that PostgreSQL was unreachable or disconnected, or refuses for now: a retry may
 * succeed.
 */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof PostgresNotOpened) return isConnectionLost(error.cause);
  // TypeORM wraps the driver's error in its own class.
  if (error instanceof Error && 'driverError' in error && isConnectionLost(error.driverError)) return true;
  const code = codeOf(error);
  // Class 08 contains connection exceptions; 57P0x are shutdowns and terminations by an administrator.
  if (/^(08...|57P0[123]|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/.test(code)) return true;
  if (REFUSED.test(code)) return true;
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client (has encountered|was closed))/.test(
      error.message,
    )
  );
}

/**
 * A database that is gone while somebody restores it, a user or password that is being changed, a server
 * that has become a standby, and one without disk space, memory or free connections.
 */
const REFUSED = /^(3D000|28...|25006|53...|57P04)$/;

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
