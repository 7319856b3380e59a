import { DamagedFile } from '../event-store/damage.js';
import type { SubjectRow } from './rows.js';

/** Parses the record in a row. Throws DamagedFile if it is not JSON. */
export function storedRecord({
  stream,
  kind,
  key,
  doc,
}: Pick<SubjectRow, 'stream' | 'kind' | 'key' | 'doc'>): unknown {
  try {
    return JSON.parse(doc);
  } catch (error) {
    const damage = `the record ${stream} ${kind} ${key} is no JSON`;
    throw new DamagedFile('views', damage, { cause: error });
  }
}
