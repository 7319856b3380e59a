import type { DataSource } from 'typeorm';
import type { RecordKind } from '../../domain/state/records.js';
import { Slice } from '../../event-store/in-slices.js';
import type { ReadPart } from '../record-parts.js';
import { recordsByRow, StreamRecords } from '../stream-records.js';
import { storedParts } from '../stored-record.js';
import { checkpointOf } from '../tables.js';

/** The number of rows read at a time, before other work may run. */
const ROWS_AT_ONCE = 1000;
/** If writes interrupt the batches this often, the stream is read at once, and other work must wait. */
const MOST_TRIES = 3;

/**
 * The records of some streams, read as one text per stream or thousand rows: a row costs the driver as much as parsing some
 * kilobytes. Throws DamagedFile if a record is not JSON, or not of its shape.
 */
export async function recordsByStream(
  rows: DataSource,
  streams: readonly string[],
  kinds?: readonly RecordKind[],
): Promise<ReadonlyMap<string, StreamRecords>> {
  try {
    const found = new Map<string, StreamRecords>();
    const slice = new Slice();
    for (const some of portionsOf(streams, await rowsOf(rows, streams, kinds))) {
      if (some.isLong) for (const each of some.streams) found.set(each, await longRecords(rows, each, kinds));
      else {
        const texts = await textsOf(rows, some.streams, kinds);
        for (const each of some.streams) found.set(each, recordsIn(each, [texts.get(each) ?? '']));
      }
      if (slice.isOver) await slice.letOthersWork();
    }
    return found;
  } catch {
    // Something is damaged. Reading row by row finds out what.
    return recordsByRow(rows, streams, kinds);
  }
}

const marksFor = (values: readonly string[]): string => values.map(() => '?').join(', ');

async function rowsOf(
  rows: DataSource,
  streams: readonly string[],
  kinds: readonly RecordKind[] = [],
): Promise<ReadonlyMap<string, number>> {
  const found = await rows.query<{ stream: string; rows: number }[]>(
    `SELECT stream, count(*) AS rows FROM records
      WHERE stream IN (${marksFor(streams)})${ofKinds(kinds)} GROUP BY stream`,
    [...streams, ...kinds],
  );
  return new Map(found.map(({ stream, rows }) => [stream, rows]));
}

/** Streams read with one statement, or a single stream that takes several. */
interface Portion {
  readonly streams: string[];
  rows: number;
  readonly isLong: boolean;
}

/**
 * Groups the streams, in order, into portions of at most ROWS_AT_ONCE rows. A stream with more rows is a
 * portion of its own.
 */
function portionsOf(streams: readonly string[], rows: ReadonlyMap<string, number>): readonly Portion[] {
  const portions: Portion[] = [];
  for (const stream of streams) {
    const own = rows.get(stream) ?? 0;
    const isLong = own > ROWS_AT_ONCE;
    const last = portions.at(-1);
    if (last && !last.isLong && last.rows + own <= ROWS_AT_ONCE) {
      last.streams.push(stream);
      last.rows += own;
    } else portions.push({ streams: [stream], rows: own, isLong });
  }
  return portions;
}

const AS_TEXT = `group_concat('[' || json_quote(kind) || ',' || json_quote(key) || ',' || part || ',' || doc || ']')`;

async function textsOf(
  rows: DataSource,
  streams: readonly string[],
  kinds: readonly RecordKind[] = [],
): Promise<ReadonlyMap<string, string>> {
  const found = await rows.query<{ stream: string; records: string }[]>(
    `SELECT stream, ${AS_TEXT} AS records FROM records
      WHERE stream IN (${marksFor(streams)})${ofKinds(kinds)} GROUP BY stream`,
    [...streams, ...kinds],
  );
  return new Map(found.map(({ stream, records }) => [stream, records]));
}

const ofKinds = (kinds: readonly RecordKind[]): string =>
  kinds.length === 0 ? '' : ` AND kind IN (${marksFor(kinds)})`;

/** The records of a long stream, all as of the same moment. */
async function longRecords(
  rows: DataSource,
  stream: string,
  kinds: readonly RecordKind[] = [],
): Promise<StreamRecords> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { version } = await checkpointOf(rows.manager);
    const parts = await partsOf(rows, stream, kinds);
    if ((await checkpointOf(rows.manager)).version === version) return parts;
  }
  return recordsIn(stream, [...(await textsOf(rows, [stream], kinds)).values()]);
}

async function partsOf(
  rows: DataSource,
  stream: string,
  kinds: readonly RecordKind[],
): Promise<StreamRecords> {
  const texts = `SELECT ${AS_TEXT} AS records FROM (SELECT kind, key, part, doc FROM records
    WHERE stream = ?${ofKinds(kinds)} AND (kind, key, part) > (?, ?, ?) ORDER BY kind, key, part LIMIT ${ROWS_AT_ONCE})`;
  const parts: ReadPart[] = [];
  let bytes = 0;
  const slice = new Slice();
  for (let after: readonly unknown[] = ['', '', 0]; ;) {
    const [some] = await rows.query<{ records: string | null }[]>(texts, [stream, ...kinds, ...after]);
    const read = storedParts(some?.records ?? '');
    for (const part of read) parts.push(part);
    bytes += some?.records?.length ?? 0;
    const last = read.at(-1);
    if (!last || read.length < ROWS_AT_ONCE) return new StreamRecords(stream, parts, bytes);
    after = [last.kind, last.key, last.part];
    if (slice.isOver) await slice.letOthersWork();
  }
}

function recordsIn(stream: string, texts: readonly string[]): StreamRecords {
  const bytes = texts.reduce((sum, { length }) => sum + length, 0);
  return new StreamRecords(stream, texts.flatMap(storedParts), bytes);
}
