import type { DataSource } from 'typeorm';
import type { RecordKind, SubjectState } from '../domain/state/records.js';
import { wholeRecord, type ReadPart } from './record-parts.js';
import { RECORD_COLUMNS } from './rows.js';
import { SubjectRow } from './row-entities.js';
import { storedRecord } from './stored-record.js';

/** The stored records of one stream, assembled from their rows. */
export class StreamRecords {
  private readonly byKind = new Map<RecordKind, Map<string, ReadPart[]>>();

  /** `bytes` is the size of the rows as text. */
  constructor(
    private readonly stream: string,
    parts: Iterable<ReadPart>,
    readonly bytes: number,
  ) {
    for (const each of parts) {
      const ofKind = this.byKind.get(each.kind) ?? new Map<string, ReadPart[]>();
      this.byKind.set(each.kind, ofKind);
      const ofKey = ofKind.get(each.key);
      if (ofKey) ofKey.push(each);
      else ofKind.set(each.key, [each]);
    }
  }

  /** Throws DamagedFile if a row of a record is missing. */
  *entries<K extends RecordKind>(kind: K): Generator<readonly [string, SubjectState[K]]> {
    for (const [key, parts] of this.byKind.get(kind) ?? [])
      // A row of a kind was written from a record of that kind.
      yield [key, wholeRecord(this.stream, parts) as SubjectState[K]] as const;
  }
}

/** The records of some streams, read row by row. Throws DamagedFile if one is not JSON. */
export async function recordsByRow(
  rows: DataSource,
  streams: readonly string[],
  kinds?: readonly RecordKind[],
): Promise<ReadonlyMap<string, StreamRecords>> {
  // Raw rows: creating entities would cost more than reading them.
  const query = rows
    .getRepository(SubjectRow)
    .createQueryBuilder('r')
    .select(RECORD_COLUMNS.map((name) => `r.${name} AS ${name}`))
    .where('r.stream IN (:...streams)', { streams });
  if (kinds) query.andWhere('r.kind IN (:...kinds)', { kinds });
  const found = await query.getRawMany<SubjectRow>();
  const ofStream = new Map(streams.map((stream): [string, SubjectRow[]] => [stream, []]));
  for (const row of found) ofStream.get(row.stream)?.push(row);
  return new Map(
    [...ofStream].map(([stream, own]) => {
      const parts = own.map((row): ReadPart => ({ ...row, value: storedRecord(row) }));
      const bytes = own.reduce((sum, { doc }) => sum + doc.length, 0);
      return [stream, new StreamRecords(stream, parts, bytes)];
    }),
  );
}
