import type { DataSource } from 'typeorm';
import type { RecordKind } from '../../domain/state/records.js';
import type { ReadPart } from '../record-parts.js';
import { recordsByRow, StreamRecords } from '../stream-records.js';

/**
 * The records of some streams, read as one text per stream: a row costs the driver as much as parsing some
 * kilobytes. Throws DamagedFile if a record is not JSON.
 */
export async function recordsByStream(
  rows: DataSource,
  streams: readonly string[],
  kinds?: readonly RecordKind[],
): Promise<ReadonlyMap<string, StreamRecords>> {
  try {
    const found = await rows.query<{ stream: string; records: string }[]>(oneTextEach(streams, kinds), [
      ...streams,
      ...(kinds ?? []),
    ]);
    const texts = new Map(found.map(({ stream, records }) => [stream, records]));
    return new Map(streams.map((stream) => [stream, parsed(stream, texts.get(stream) ?? '')]));
  } catch {
    // Something is damaged. Reading row by row finds out what.
    return recordsByRow(rows, streams, kinds);
  }
}

const marksFor = (values: readonly string[]): string => values.map(() => '?').join(', ');

const oneTextEach = (
  streams: readonly string[],
  kinds: readonly RecordKind[] | undefined,
): string => `SELECT stream,
    group_concat('[' || json_quote(kind) || ',' || json_quote(key) || ',' || part || ',' || doc || ']') AS records
  FROM records WHERE stream IN (${marksFor(streams)})${kinds ? ` AND kind IN (${marksFor(kinds)})` : ''} GROUP BY stream`;

function parsed(stream: string, records: string): StreamRecords {
  const rows = JSON.parse(`[${records}]`) as [RecordKind, string, number, unknown][];
  const parts = rows.map(([kind, key, part, value]): ReadPart => ({ kind, key, part, value }));
  return new StreamRecords(stream, parts, records.length);
}
