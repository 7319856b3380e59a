import { randomUUID } from 'node:crypto';
import { KurrentDouble } from './kurrentdb-double/double.js';
import type { DoubleLog } from './kurrentdb-double/log.js';

/**
 * The server that `KURRENTDB_URL` names, in place of doubles. Taken out of the environment, so that nothing but what a
 * test gives it a place in finds it.
 */
export const REAL_SERVER = process.env['KURRENTDB_URL'] || undefined;
delete process.env['KURRENTDB_URL'];

/** Where a ledger of the server tier keeps its events. */
export interface LedgerPlace {
  readonly url: string;
  readonly streamPrefix: string;
  /** The settings that name it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its log, where it is on a double. */
  readonly log?: DoubleLog;
  remove(): Promise<void>;
}

/** A place for one ledger: a double, or a prefix of its own on the real server. */
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
    // Its streams stay, under a name that nobody has again.
    remove: () => Promise.resolve(),
  };
}

/** What only the double can do: change the log behind everybody's back, or go wrong on demand. */
export const describeOnDouble = REAL_SERVER === undefined ? describe : describe.skip;
