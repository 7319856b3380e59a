import {
  AccessDeniedError,
  AppendRecordSizeExceededError,
  DeadlineExceededError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  StreamTombstonedError,
  TransactionMaxSizeExceededError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import {
  LedgerReplaced,
  StoreUnreachable,
  StreamDeleted,
  type ExpectedRevision,
  StoreAccessRefused,
} from '../event-store.js';

/** The outcome of an append that the client reports as failed. */
export type AppendFailure =
  /** Nothing was written: the stream has another revision. */
  | { readonly kind: 'conflict'; readonly actual: ExpectedRevision }
  /**
   * Nothing was written: the append is larger than the server accepts. `limit` is in bytes, if the server
   * states it.
   */
  | { readonly kind: 'too-large'; readonly limit: number | undefined }
  /** Nothing was written, and a retry would fail the same way. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** The append may have been written, or may still be written. */
  | { readonly kind: 'unknown'; readonly error: Error };

const INVALID_ARGUMENT = 3;

/** Classifies the client's error. Everything that is not certainly a refusal counts as an unknown outcome. */
export function appendFailure(stream: string, error: unknown): AppendFailure {
  if (error instanceof WrongExpectedVersionError) {
    const { actualState } = error;
    return {
      kind: 'conflict',
      actual: typeof actualState === 'bigint' && actualState >= 0n ? Number(actualState) : 'no-stream',
    };
  }
  if (error instanceof MaxAppendSizeExceededError) return { kind: 'too-large', limit: error.maxAppendSize };
  if (error instanceof TransactionMaxSizeExceededError || error instanceof AppendRecordSizeExceededError)
    return { kind: 'too-large', limit: error.maxSize };
  // The client has no class for an event above the per-event limit of newer servers.
  if (error instanceof UnknownError && /maximum ?append ?event ?size/i.test(error.message))
    return { kind: 'too-large', limit: undefined };
  if (error instanceof StreamDeletedError || error instanceof StreamTombstonedError)
    return { kind: 'refused', error: new StreamDeleted(stream) };
  const isInvalid =
    error instanceof InvalidArgumentError ||
    (error instanceof UnknownError && (error.code as number | undefined) === INVALID_ARGUMENT);
  if (error instanceof AccessDeniedError)
    return { kind: 'refused', error: accessRefused(`write to ${stream}`, error) };
  if (isInvalid) return { kind: 'refused', error: toStoreError(error) };
  return { kind: 'unknown', error: toStoreError(error) };
}

/**
 * Matches the server's answer to an unknown user. The client's native reader does not pass this answer on.
 */
const UNKNOWN_USER = /unauthenticated|\b16\b/i;

/** The error for a permission that the user of KURRENTDB_URL lacks, with the remedy. */
export function accessRefused(what: string, error: AccessDeniedError): StoreAccessRefused {
  const said = `${error.message} ${String((error as { code?: number }).code ?? '')}`;
  if (UNKNOWN_USER.test(said))
    return new StoreAccessRefused(
      'KurrentDB refuses the user of KURRENTDB_URL: its name or password is wrong',
      { cause: error },
    );
  return new StoreAccessRefused(
    `KurrentDB refuses the user of KURRENTDB_URL to ${what}: its name or password is wrong, or it lacks the right. It has to read $all (by default only $admins may: add it to acl.readRoles in the metadata of $all), and to read and write the streams of the ledger; docs/server-tier.md tells how`,
    { cause: error },
  );
}

/** Whether a failed read is worth a retry. */
export function isPassing(error: unknown): boolean {
  return !(
    error instanceof AccessDeniedError ||
    error instanceof InvalidArgumentError ||
    error instanceof StreamNotFoundError ||
    error instanceof StreamDeletedError ||
    error instanceof LedgerReplaced
  );
}

/**
 * Whether a call found no server, found a node that is not the leader, or timed out. A new client may help
 * then.
 */
export function lostTheServer(error: unknown): boolean {
  return (
    error instanceof UnavailableError ||
    error instanceof NotLeaderError ||
    error instanceof DeadlineExceededError ||
    error instanceof StoreUnreachable
  );
}

/** Gives the client's error a message: many of its errors have none. */
export function toStoreError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`KurrentDB failed: ${String(error)}`);
  if (!('type' in error)) return error;
  const reason = error.message === '' ? '' : `: ${error.message}`;
  return new Error(`KurrentDB answered ${String(error.type)}${reason}`, { cause: error });
}
