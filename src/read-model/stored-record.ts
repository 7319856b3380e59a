import { DamagedFile } from '../event-store/damage.js';
import type { SubjectRow } from './rows.js';

/** Parses the record in a row. Throws DamagedFile if it is not JSON. */
export const storedRecord = ({
  stream,
  kind,
  key,
  doc,
}: Pick<SubjectRow, 'stream' | 'kind' | 'key' | 'doc'>): unknown =>
  storedJson(doc, `the record ${stream} ${kind} ${key}`);

/** Parses JSON that a row of the views holds. Throws DamagedFile, which names `what` it is, if it is none. */
export function storedJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DamagedFile('views', `${what} is no JSON`, { cause: error });
  }
}
