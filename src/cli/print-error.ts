import { types } from 'node:util';
import { damageIn } from '../event-store/damage.js';
import { diskFullIn } from '../event-store/disk-full.js';
import { WrittenByNewerRelease } from '../event-store/sqlite/schema.js';
import { LedgerParted } from '../event-store/ledger-memory.js';
import { MissingFiles } from '../files/store-files.js';
import { LedgerInUse, StoreAccessRefused, StoreUnreachable } from '../event-store/event-store.js';
import { StreamParked } from '../event-store/stream-parked.js';
import { LedgersDiffer } from '../tier-migration/copy-ledger.js';
import { MigrationRefused } from '../tier-migration/migrate.js';
import { CommanderError } from 'commander';
import { BackupRefused } from '../operations/backup.js';
import { NoEarlierGeneration, RebuildUnderWay } from '../read-model/generations.js';
import { isConnectionLost } from '../postgres/connection-lost.js';
import { lostTablesInWords } from '../postgres/emptied.js';
import { PostgresNotOpened } from '../postgres/not-opened.js';
import { HttpProblem } from '../problems/http-problem.js';
import { problemDocument } from '../problems/problem-response.js';
import { WitnessFailed } from '../transparency/witness-server.js';
import { InvalidSettings } from '../settings.js';
import { systemErrorInWords } from './named-files.js';
import { CommandFailed } from './reported-error.js';
import { writeError, writeErrorJson } from './terminal.js';

/** Prints an error for people. Unexpected errors keep their stack. */
export function printError(error: unknown): void {
  writeError(`error: ${messageOf(error)}\n`);
  if (!(error instanceof HttpProblem)) return;
  const { errors } = error.details;
  for (const each of Array.isArray(errors) ? (errors as unknown[]) : []) {
    if (isFieldProblem(each)) writeError(`  ${each.field} ${each.message}\n`);
  }
}

/**
 * Prints an error for programs: a problem document (RFC 9457) on one line. Only HTTP problems have a status.
 */
export function printErrorAsJson(error: unknown): void {
  writeErrorJson(error instanceof HttpProblem ? JSON.parse(problemDocument(error)) : documentOf(error));
}

function documentOf(thrown: unknown): object {
  const damage = damageIn(thrown);
  const error = damage ?? thrown;
  if (!types.isNativeError(error)) return { type: 'about:blank', title: 'Error', detail: String(error) };
  if (error instanceof CommanderError) {
    const detail = error.message.replace(/^error: /, '');
    return { type: '/problems/usage', title: 'The command line is not understood', detail };
  }
  const lost = damage || isForeseen(error) ? undefined : lostDatabase(error);
  if (lost !== undefined)
    return { type: '/problems/store-unavailable', title: 'The store is not available', detail: lost };
  if (!damage && !isForeseen(error))
    return { type: 'about:blank', title: 'Internal error', detail: error.message, stack: error.stack };
  const words = error.name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  const code = 'code' in error ? { code: String(error.code) } : {};
  const [type, title] =
    error.name === 'Error'
      ? ['system', 'The operating system refuses it']
      : [words.replaceAll(' ', '-'), words];
  return {
    type: `/problems/${type}`,
    title: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`,
    detail: messageOf(error),
    ...code,
    ...(error instanceof InvalidSettings && { errors: error.wrong }),
  };
}

function messageOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const fault = damageIn(error) ?? diskFullIn(error);
  if (fault) return fault.message;
  if (error instanceof LedgerInUse) {
    return `${error.message} On the command line, record and import do so with --server URL --key KEY.`;
  }
  if (isOfSystem(error)) return systemErrorInWords(error) ?? error.message;
  if (isForeseen(error)) return error.message;
  return lostDatabase(error) ?? error.stack ?? error.message;
}

/** What to say of a PostgreSQL that was opened and is lost since; undefined for every other error. */
function lostDatabase(error: Error): string | undefined {
  const said = error.message.split('\n', 1)[0] ?? '';
  if (isConnectionLost(error))
    return `PostgreSQL, named by POSTGRES_URL, answers no more (${said}). Run the command again once it does.`;
  return lostTablesInWords(error, 'PostgreSQL, named by POSTGRES_URL,');
}

function isForeseen(error: Error): boolean {
  return (
    error instanceof HttpProblem ||
    error instanceof LedgerInUse ||
    error instanceof CommandFailed ||
    error instanceof BackupRefused ||
    error instanceof MissingFiles ||
    error instanceof WrittenByNewerRelease ||
    error instanceof WitnessFailed ||
    error instanceof LedgerParted ||
    error instanceof LedgersDiffer ||
    error instanceof NoEarlierGeneration ||
    error instanceof RebuildUnderWay ||
    error instanceof MigrationRefused ||
    error instanceof InvalidSettings ||
    error instanceof StoreUnreachable ||
    error instanceof StoreAccessRefused ||
    diskFullIn(error) !== undefined ||
    error instanceof StreamParked ||
    error instanceof PostgresNotOpened ||
    isOfSystem(error)
  );
}

/** Whether an error comes from the operating system, about a file, port or host name that the user gave. */
const isOfSystem = (error: Error): boolean =>
  'syscall' in error && 'code' in error && /^E[A-Z0-9]+$/.test(String(error.code));

function isFieldProblem(value: unknown): value is { field: string; message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'field' in value &&
    typeof value.field === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
