import { DamagedFile } from '../event-store/damage.js';
import type { SubjectRow } from './rows.js';

/** The record of a row. Throws DamagedFile where it is no JSON any more. */
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
