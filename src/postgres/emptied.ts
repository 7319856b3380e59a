/**
 * What to say where a database has lost tables that this node found at its start, and what helps; undefined for every
 * other error. `database` is what people call it.
 */
export function lostTablesInWords(error: unknown, database: string): string | undefined {
  const lost = lostTables(error);
  return lost === undefined
    ? undefined
    : `${database} does not hold what it did (${lost}). Restore the database from its backup. Without one, start the node again: it makes the views anew, but not the keys, the key of the log and its checkpoints.`;
}

/** PostgreSQL's codes of a table, a column and a schema that are not there (its manual, appendix A). */
const LOST = /^(42P01|42703|3F000)$/;

function lostTables(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // TypeORM wraps the driver's error in its own class.
  if ('driverError' in error) return lostTables(error.driverError);
  return 'code' in error && LOST.test(String(error.code)) ? error.message : undefined;
}
