import { DamagedFile } from '../event-store/damage.js';
import type { ReadPart } from './record-parts.js';
import { misfitOfPart } from './record-shapes.js';
import type { SubjectRow } from './rows.js';
import type { Misfit } from './shape.js';

/**
 * Parses the record in a row, or items of its histories. Throws DamagedFile if the row is not JSON, or is what no
 * record of its kind is.
 */
export function storedRecord({
  stream,
  kind,
  key,
  part,
  doc,
}: Pick<SubjectRow, 'stream' | 'kind' | 'key' | 'part' | 'doc'>): unknown {
  const what = `the record ${stream} ${kind} ${key}`.trimEnd();
  return storedJson(doc, what, (value) => misfitOfPart({ kind, key, part, value }));
}

/** Parses records that were read together. Throws an error that does not say which of them is damaged. */
export function storedParts(texts: string): ReadPart[] {
  const rows = JSON.parse(`[${texts}]`) as [ReadPart['kind'], string, number, unknown][];
  return rows.map(([kind, key, part, value]): ReadPart => {
    const read = { kind, key, part, value };
    refuseMisfit(misfitOfPart(read), 'a record');
    return read;
  });
}

/**
 * Parses JSON that a row of the views holds. Throws DamagedFile, which names `what` it is, if it is none, or not
 * of the shape that `misfit` looks for.
 */
export function storedJson(text: string, what: string, misfit: Misfit): unknown {
  const value = parsed(text, what);
  refuseMisfit(misfit(value), what);
  return value;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DamagedFile('views', `${what} is no JSON`, { cause: error });
  }
}

function refuseMisfit(misfit: string | undefined, what: string): void {
  if (misfit === undefined) return;
  throw new DamagedFile(
    'views',
    `${what} is JSON of another shape${misfit && ` at ${misfit.replace(/^\./, '')}`}`,
  );
}
