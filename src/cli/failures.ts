import { types } from 'node:util';
import { damageIn } from '../event-store/damage.js';
import { LedgerParted } from '../event-store/ledger-memory.js';
import { MissingFiles } from '../operations/store-files.js';
import { LedgerInUse, StoreUnreachable } from '../event-store/event-store.js';
import { StreamParked } from '../event-store/stream-parked.js';
import { LedgersDiffer } from '../migration/copy-ledger.js';
import { MigrationRefused } from '../migration/migrate.js';
import { BackupRefused } from '../operations/backup.js';
import { NoEarlierViews, RebuildUnderWay } from '../projections/view-sets.js';
import { Problem } from '../problems/problem.js';
import { InvalidSettings } from '../settings.js';
import { printError } from './terminal.js';

/** A command has ended badly and has said so itself. */
export class AlreadyTold extends Error {
  override readonly name = 'AlreadyTold';
}

/** Something that the command line met, and that its message says all about. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** What the operating system says of files and ports that a person named. */
const FORESEEN_CODES = new Set(['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EADDRINUSE', 'ENOSPC', 'EROFS']);

/** Tells people what went wrong; what we did not foresee keeps its stack. */
export function tellError(error: unknown): void {
  printError(`error: ${messageOf(error)}\n`);
  if (!(error instanceof Problem)) return;
  const { errors } = error.details;
  for (const each of Array.isArray(errors) ? (errors as unknown[]) : []) {
    if (isFieldProblem(each)) printError(`  ${each.field} ${each.message}\n`);
  }
}

function messageOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const damage = damageIn(error);
  if (damage) return damage.message;
  if (error instanceof LedgerInUse) {
    return `${error.message} On the command line, record and import do so with --server URL --key KEY.`;
  }
  const isForeseen =
    error instanceof Problem ||
    error instanceof CommandFailed ||
    error instanceof BackupRefused ||
    error instanceof MissingFiles ||
    error instanceof LedgerParted ||
    error instanceof LedgersDiffer ||
    error instanceof NoEarlierViews ||
    error instanceof RebuildUnderWay ||
    error instanceof MigrationRefused ||
    error instanceof InvalidSettings ||
    error instanceof StoreUnreachable ||
    error instanceof StreamParked ||
    ('code' in error && FORESEEN_CODES.has(String(error.code)));
  return isForeseen ? error.message : (error.stack ?? error.message);
}

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
