import { damageIn, isOfViews } from '../event-store/damage.js';

/** The views hold what the events of the ledger do not make, so that no further event can be taken in. */
export class ViewsDamaged extends Error {
  override readonly name = 'ViewsDamaged';

  constructor(cause: Error) {
    super(
      `The views are damaged: a row of the next events is in them already (${cause.message}). Nothing is lost, as all of it is in the ledger: \`tracker rebuild\`, or POST /api/views/rebuild of a running server, makes them anew`,
      { cause },
    );
  }
}

/** What a failed write shows: where a row was there already, that the views are damaged. */
export const asDamage = (error: unknown): unknown =>
  error instanceof Error && meetsAnotherRow(error) ? new ViewsDamaged(error) : error;

/** In words, what is wrong with the views themselves where that is why they could not be written. */
export function damageOfViews(error: unknown): string | undefined {
  if (error instanceof ViewsDamaged) return error.message;
  const damage = damageIn(error);
  return damage && isOfViews(damage.file) ? damage.message.replace(/\.$/, '') : undefined;
}

/** SQLite says it in words where the error comes from another thread; 23505 is PostgreSQL's. */
function meetsAnotherRow(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return (
    code === '23505' || /^SQLITE_CONSTRAINT/.test(code) || /UNIQUE constraint failed/.test(error.message)
  );
}
