import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { DeadlineClient } from './deadline-client.js';

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];
type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

const CONNECT_MS = 3000;
/** Deadline for queries and keys. They normally finish much sooner, unless the server is silent. */
const QUESTION_MS = 5000;
/** Longer than any work takes: indexes of millions of rows, and waiting for another node's migrations. */
export const LONG_WORK_MS = 120_000;

export interface ConnectionOptions {
  /** The purpose of the connection, shown in pg_stat_activity. */
  readonly purpose: string;
  /** The default schema for tables. */
  readonly schema: string;
}

/** TypeORM options for a pool with one purpose. */
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
    // A lost idle connection is replaced; an active one reports the error to its user.
    poolErrorHandler: () => undefined,
    extra: {
      ...clientOptions({ purpose, schema }),
      Client: DeadlineClient,
      answersWithinMs: QUESTION_MS,
    },
  };
}

/** A separate connection for session locks and notifications. Not connected yet. */
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

/** Reads bigint as number: positions are bigint in the tables, and no ledger reaches 2^53 events. */
function getTypeParser(oid: TypeId, format?: 'text' | 'binary'): unknown {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
}
