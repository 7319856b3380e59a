import { randomUUID } from 'node:crypto';
import { KurrentDouble } from './kurrentdb-double/double.js';
import type { DoubleLog } from './kurrentdb-double/log.js';

/**
 * The server at `KURRENTDB_URL`, used instead of doubles. The variable is removed from the environment, so
 * that only code that gets a place from a test uses the server.
 */
export const REAL_SERVER = process.env['KURRENTDB_URL'] || undefined;
delete process.env['KURRENTDB_URL'];

/** The place where a ledger of the server tier keeps its events. */
export interface LedgerPlace {
  readonly url: string;
  readonly streamPrefix: string;
  /** The settings that name it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its log, if it is on a double. */
  readonly log?: DoubleLog;
  remove(): Promise<void>;
}

/** A place for one ledger: a double, or a separate prefix on the real server. */
export async function placeForLedger(): Promise<LedgerPlace> {
  if (REAL_SERVER === undefined) {
    const double = await KurrentDouble.start();
    return {
      url: double.url,
      streamPrefix: '',
      environment: { KURRENTDB_URL: double.url },
      log: double.log,
      remove: () => double.stop(),
    };
  }
  const streamPrefix = `test-${randomUUID()}-`;
  return {
    url: REAL_SERVER,
    streamPrefix,
    environment: { KURRENTDB_URL: REAL_SERVER, KURRENTDB_STREAM_PREFIX: streamPrefix },
    // Its streams stay; their prefix is never used again.
    remove: () => Promise.resolve(),
  };
}

/** Tests that need a double: they change the log directly or need failures on demand. */
export const describeOnDouble = REAL_SERVER === undefined ? describe : describe.skip;
