import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { DeadlineClient } from './deadline-client.js';

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];
type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

const CONNECT_MS = 3000;
/** What questions and keys are asked for is answered much sooner, unless nothing is. */
const QUESTION_MS = 5000;
/** Longer than anything takes: indexes of millions of rows, and the wait for another node's migrations. */
export const LONG_WORK_MS = 120_000;

export interface ConnectionOptions {
  /** What the connection is for: shown in pg_stat_activity. */
  readonly purpose: string;
  /** Where tables are found and made that are named without a schema. */
  readonly schema: string;
}

/** How TypeORM connects: a pool for one purpose. */
export function postgresOptions(
  url: string,
  { purpose, schema, connections }: ConnectionOptions & { readonly connections: number },
): PostgresOptions {
  return {
    type: 'postgres',
    url,
    poolSize: connections,
    connectTimeoutMS: CONNECT_MS,
    installExtensions: false,
    synchronize: false,
    // A connection that is lost while it is idle is replaced; whoever uses one gets the error.
    poolErrorHandler: () => undefined,
    extra: {
      ...clientOptions({ purpose, schema }),
      Client: DeadlineClient,
      answersWithinMs: QUESTION_MS,
    },
  };
}

/** A connection of one's own, for what lives and dies with it. Not yet connected. */
export function postgresClient(
  url: string,
  { answersWithinMs = LONG_WORK_MS, ...options }: ConnectionOptions & { readonly answersWithinMs?: number },
): DeadlineClient {
  return new DeadlineClient({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    answersWithinMs,
    ...clientOptions(options),
  });
}

function clientOptions({ purpose, schema }: ConnectionOptions) {
  return {
    application_name: `market-expansion-tracker ${purpose}`,
    keepAlive: true,
    schema,
    types: { getTypeParser },
  };
}

/** Positions are bigint in the tables and numbers here: the ledger counts events, and 2^53 of them are never reached. */
function getTypeParser(oid: TypeId, format?: 'text' | 'binary'): unknown {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
}
