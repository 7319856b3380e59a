import { PostgresNotOpened } from './not-opened.js';

/** Whether an error says that PostgreSQL was not reached, or went away: the same may work a moment later. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof PostgresNotOpened) return isConnectionLost(error.cause);
  // TypeORM wraps what a statement met, under a name of its own.
  if (error instanceof Error && 'driverError' in error && isConnectionLost(error.driverError)) return true;
  const code = codeOf(error);
  // Class 08 is connection exceptions, 57P0x shutdown and termination by an administrator.
  if (/^(08...|57P0[123]|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/.test(code)) return true;
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client (has encountered|was closed))/.test(
      error.message,
    )
  );
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
