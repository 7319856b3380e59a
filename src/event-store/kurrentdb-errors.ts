import {
  AccessDeniedError,
  AppendRecordSizeExceededError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  StreamTombstonedError,
  TransactionMaxSizeExceededError,
  UnknownError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import type { ExpectedRevision } from './event-store.js';

/** A stream of the ledger was deleted on the server, by hand. What it held may still be in the log; nothing can be added. */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  constructor(readonly stream: string) {
    super(
      `stream ${stream} was deleted in KurrentDB; streams of a ledger are never deleted. Restore the server from a backup`,
    );
  }
}

/** The log is not the one that positions were counted on: an older backup was restored, or it is another server's. */
export class LedgerReplaced extends Error {
  override readonly name = 'LedgerReplaced';
}

/** What an append that the client reports as failed came to. */
export type AppendFailure =
  /** Nothing was written: the stream is elsewhere. */
  | { readonly kind: 'conflict'; readonly actual: ExpectedRevision }
  /** Nothing was written: it is larger than the server takes, in bytes where the server says how much that is. */
  | { readonly kind: 'too-large'; readonly limit: number | undefined }
  /** Nothing was written, and it would be the same again. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** It may or may not have been written, or will still be. */
  | { readonly kind: 'unknown'; readonly error: Error };

const INVALID_ARGUMENT = 3;

/** Reads the client's error. Whatever is not certainly a refusal leaves the outcome unknown. */
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
  // The client has no class for an event above the server's limit for one event, which newer servers have.
  if (error instanceof UnknownError && /maximum ?append ?event ?size/i.test(error.message))
    return { kind: 'too-large', limit: undefined };
  if (error instanceof StreamDeletedError || error instanceof StreamTombstonedError)
    return { kind: 'refused', error: new StreamDeleted(stream) };
  const isInvalid =
    error instanceof InvalidArgumentError ||
    (error instanceof UnknownError && (error.code as number | undefined) === INVALID_ARGUMENT);
  if (isInvalid || error instanceof AccessDeniedError) return { kind: 'refused', error: told(error) };
  return { kind: 'unknown', error: told(error) };
}

/** Whether a read that failed is worth trying again. */
export function isPassing(error: unknown): boolean {
  return !(
    error instanceof AccessDeniedError ||
    error instanceof InvalidArgumentError ||
    error instanceof StreamNotFoundError ||
    error instanceof StreamDeletedError ||
    error instanceof LedgerReplaced
  );
}

/** The client's error with a message: many of its own have none. */
export function told(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`KurrentDB failed: ${String(error)}`);
  if (!('type' in error)) return error;
  const reason = error.message === '' ? '' : `: ${error.message}`;
  return new Error(`KurrentDB answered ${String(error.type)}${reason}`, { cause: error });
}
