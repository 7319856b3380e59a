import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { RECORD_KINDS } from '../../src/domain/state/records.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { SqliteGenerations } from '../../src/read-model/sqlite/sqlite-generations.js';
import { recordsByStream } from '../../src/read-model/sqlite/records-by-stream.js';
import { recordsByRow, type StreamRecords } from '../../src/read-model/stream-records.js';
import { RandomLedger } from './random-ledger.js';

const EVENTS = 4000;
const MOST_ROWS = 1000;

describe('the records of streams, read some rows at a time', () => {
  let directory: string;
  let store: EventStore;
  let views: ReadModel;
  let streams: readonly string[];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'records-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
    views = await ReadModel.open(new SqliteGenerations(directory), store);
    const ledger = new RandomLedger(store);
    await ledger.record(EVENTS);
    await views.catchUp();
    ({ streams } = ledger);
  });
  afterAll(async () => {
    await views.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('hold the event loop for a bounded number of rows, however many streams are asked for', async () => {
    const { rows } = views;
    const [{ all } = { all: 0 }] = await rows.query<{ all: number }[]>(
      'SELECT count(*) AS "all" FROM records',
    );
    expect(all).toBeGreaterThan(2 * MOST_ROWS);
    const read: number[] = [];
    const query = rows.query.bind(rows);
    rows.query = async <T>(sql: string, values?: unknown[]): Promise<T> => {
      const found = await query<T>(sql, values);
      const texts = (found as { records?: string }[]).flatMap(({ records }) => records ?? []);
      if (texts.length > 0) read.push((JSON.parse(`[${texts.join(',')}]`) as unknown[]).length);
      return found;
    };
    const found = await recordsByStream(rows, streams).finally(() => (rows.query = query));
    expect(Math.max(...read)).toBeLessThanOrEqual(MOST_ROWS);
    expect(read.reduce((sum, each) => sum + each, 0)).toBe(all);
    expect(plain(found)).toEqual(plain(await recordsByRow(rows, streams)));
  });

  it('are those of the kinds that are asked for', async () => {
    const found = await recordsByStream(views.rows, streams, ['site', 'target']);
    expect(plain(found)).toEqual(plain(await recordsByRow(views.rows, streams, ['site', 'target'])));
  });
});

/** Records by stream and kind, sorted by key. */
const plain = (records: ReadonlyMap<string, StreamRecords>) =>
  [...records].map(([stream, own]) => [
    stream,
    RECORD_KINDS.map((kind) => [...own.entries(kind)].sort(([a], [b]) => (a < b ? -1 : 1))),
  ]);
