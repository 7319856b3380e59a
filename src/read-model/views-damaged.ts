import { damageIn, isOfViews } from '../event-store/damage.js';

/**
 * The views contain something that the ledger's events do not produce, so no further event can be projected.
 */
export class ViewsDamaged extends Error {
  override readonly name = 'ViewsDamaged';

  constructor(cause: Error) {
    super(
      `The views are damaged: a row of the next events is in them already (${cause.message}). Nothing is lost, as all of it is in the ledger: \`tracker rebuild\`, or POST /api/views/rebuild of a running server, makes them anew`,
      { cause },
    );
  }
}

/** Converts the error of a failed write: if a row existed already, the views are damaged. */
export const asDamage = (error: unknown): unknown =>
  error instanceof Error && meetsAnotherRow(error) ? new ViewsDamaged(error) : error;

/** Describes the damage of the views that made a write fail; undefined if the cause is something else. */
export function damageOfViews(error: unknown): string | undefined {
  if (error instanceof ViewsDamaged) return error.message;
  const damage = damageIn(error);
  return damage && isOfViews(damage.file) ? damage.message.replace(/\.$/, '') : undefined;
}

/** SQLite's errors from another thread have a message but no code; 23505 is PostgreSQL's code. */
function meetsAnotherRow(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return (
    code === '23505' || /^SQLITE_CONSTRAINT/.test(code) || /UNIQUE constraint failed/.test(error.message)
  );
}
