import { DamagedFile } from '../damage.js';
import type { EventPlace } from '../event-row.js';

/**
 * A row of the ledger as it is read. All texts are in one column, which costs half as much as separate
 * columns.
 */
export interface PackedRow {
  readonly position: number;
  readonly revision: number;
  readonly texts: string | null;
}

/** The columns of a packed row. Bodies larger than `largeBody` bytes are left out. */
export const rowColumns = (largeBody: number): string => `position, revision,
  CAST(stream || char(0) || id || char(0) || type || char(0) ||
    CASE WHEN octet_length(body) <= ${largeBody} THEN body ELSE '' END AS BLOB) AS texts`;

/** Place and body of a row. The body is undefined when it was left out. Throws DamagedFile. */
export function unpacked(
  file: string,
  { position, revision, texts }: PackedRow,
): { readonly place: EventPlace; readonly body: string | undefined } {
  if (texts === null) throw damaged(file, position, 'is not whole');
  const [stream, id, type, body, ...more] = texts.split('\0');
  if (stream === undefined || id === undefined || type === undefined || body === undefined || more.length > 0)
    throw damaged(file, position, 'has a NUL in its texts');
  return { place: { position, stream, revision, id, type }, body: body === '' ? undefined : body };
}

/** The body of an event. Throws DamagedFile when it is not a JSON object. */
export function bodyOf(file: string, position: number, text: string): object {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw damaged(file, position, `is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (typeof body !== 'object' || body === null) throw damaged(file, position, 'is no JSON object');
  return body;
}

const damaged = (file: string, position: number, what: string): DamagedFile =>
  new DamagedFile(file, `the event at position ${position} ${what}`);
