import { isUtf8 } from 'node:buffer';
import { DamagedFile } from '../damage.js';

/**
 * The query that returns the same rows with every text as bytes. Undefined when the statement cannot be a
 * subquery: a PRAGMA, or one that writes.
 */
export function textsAsBytes(sql: string, columns: readonly string[]): string | undefined {
  if (!/^\s*(SELECT|WITH|VALUES)\b/i.test(sql)) return undefined;
  const read = columns.map((name) => {
    const column = `"${name.replaceAll('"', '""')}"`;
    return `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END AS ${column}`;
  });
  return `SELECT ${read.join(', ')} FROM (${sql.replace(/;\s*$/, '')})`;
}

/** Decodes the texts of a row from their bytes. Throws DamagedFile when they are not UTF-8. */
export function decodedRow(
  file: string,
  row: Record<string, unknown>,
  columns: readonly string[],
): Record<string, unknown> {
  for (const name of columns) {
    const value = row[name];
    if (typeof value !== 'object' || value === null) continue;
    // The driver returns a Buffer for a single row, but an ArrayBuffer for several rows.
    const bytes = ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      : Buffer.from(value as ArrayBuffer);
    if (!isUtf8(bytes)) {
      const { position } = row;
      const where = typeof position === 'number' ? ` at position ${position}` : '';
      throw new DamagedFile(file, `the column ${name} of a row${where} holds bytes that are no UTF-8 text`);
    }
    row[name] = bytes.toString('utf8');
  }
  return row;
}
