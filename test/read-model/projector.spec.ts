import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openDatabase } from '../../src/event-store/sqlite/driver.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { HighWaterMark } from '../../src/read-model/high-water-mark.js';
import { Projector } from '../../src/read-model/projector.js';
import { verify } from '../../src/read-model/verify.js';
import { ParkedStreamRow, SubjectRow, TimelineRow } from '../../src/read-model/row-entities.js';
import { checkpointOf, type ReadModelTables } from '../../src/read-model/tables.js';
import { TablesMovedOn } from '../../src/read-model/tables-moved-on.js';
import { someEvent } from '../event-store/events.js';
import { hasPostgres } from '../postgres.js';
import { TIERS, type ViewsPlace } from './view-tiers.js';

const registered = (): NewEvent =>
  someEvent({ type: 'AutomakerRegistered', data: { name: 'X', homeMarket: 'CN' } } as never);
const entered = (market: string): NewEvent => someEvent({ data: { market } });
const unknown = (): NewEvent => ({ ...someEvent(), type: 'MarketDreamed' }) as unknown as NewEvent;

describe.each(TIERS)('the projector on %s', (_, placeOf) => {
  let directory: string;
  let store: EventStore;
  let place: ViewsPlace;
  beforeEach(async () => {
    place = await placeOf();
    directory = mkdtempSync(join(tmpdir(), 'views-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
    await store.append('automaker-a', 'no-stream', [registered(), entered('NO'), entered('SE')]);
    await store.append('automaker-b', 'no-stream', [registered(), entered('DK')]);
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const file = (name: string) => join(directory, name);
  const counts = async (views: ReadModelTables) => [
    await views.rows.getRepository(SubjectRow).count(),
    await views.rows.getRepository(TimelineRow).count(),
    (await checkpointOf(views.rows.manager)).position,
  ];

  it('writes rows and checkpoint together: a batch that fails leaves neither, and is made up for', async () => {
    const views = await place.views();
    await place.failWrites(true);
    await expect(new Projector(store, views).catchUp()).rejects.toThrow('no');
    expect(await counts(views)).toEqual([0, 0, 0]);
    await place.failWrites(false);
    expect(await new Projector(store, views).catchUp()).toBe(5);
    expect(await counts(views)).toEqual([5, 5, 5]);
    await views.close();
  });

  it('makes up for a full batch that failed while it follows, though nothing more is recorded', async () => {
    const views = await place.views();
    const reached = new HighWaterMark();
    let failed: () => void = () => undefined;
    const failure = new Promise<void>((resolve) => (failed = resolve));
    const projector = new Projector(store, views, { batchSize: 1, onError: failed }, reached);
    projector.start();
    expect(await reached.waitFor(5, 10_000)).toBe(true);
    await place.failWrites(true);
    await store.append('automaker-b', 1, [entered('FI')]);
    await failure;
    await place.failWrites(false);
    expect(await reached.waitFor(6, 10_000)).toBe(true);
    await projector.stop();
    expect(await counts(views)).toEqual([6, 6, 6]);
    await views.close();
  });

  it.each([1, 2, 3, 1000])('makes the same rows in batches of %d, stopped and resumed', async (batchSize) => {
    const views = await place.views();
    for (let until = 1; until <= 5; until += 2)
      await new Projector(store, views, { batchSize }).catchUp(until);
    expect((await verify(store, views)).findings).toEqual([]);
    expect(await counts(views)).toEqual([5, 5, 5]);
    await views.close();
  });

  it('parks the stream of an event that it cannot apply, follows the others, and applies it when told', async () => {
    await store.append('automaker-a', 2, [unknown(), entered('FI')]);
    await store.append('automaker-b', 1, [entered('IS')]);
    const views = await ReadModel.open(await place.sets(), store);
    await views.catchUp();
    expect(views.status).toMatchObject({
      position: 8,
      parked: 1,
      lastError: { message: expect.stringContaining('MarketDreamed') },
    });
    const parked = await views.rows.getRepository(ParkedStreamRow).find();
    expect(parked).toMatchObject([
      { stream: 'automaker-a', position: 6, error: expect.stringContaining('UnknownEventType') },
    ]);
    expect(await views.rows.getRepository(SubjectRow).countBy({ stream: 'automaker-b' })).toBe(3);
    await expect(views.unpark('automaker-a')).rejects.toThrow('MarketDreamed');
    expect(views.status.parked).toBe(1);
    await views.close();
  });

  it('rebuilds beside the live views while events come in, repairs what was wrong, and can go back', async () => {
    const views = await ReadModel.open(await place.sets(), store);
    await views.catchUp();
    await place.tamper(
      `UPDATE records SET doc = '{"market":"NO","present":false}' WHERE kind = 'market' AND key = 'NO'`,
      1,
    );
    await place.tamper('DELETE FROM timeline WHERE position = 2', 1);
    expect((await verify(store, views.tables)).findings).toHaveLength(2);
    views.start();
    let revision = 2;
    const writing = (async () => {
      for (const market of ['DE', 'FR', 'ES', 'IT'])
        ({ revision } = await store.append('automaker-a', revision, [entered(market)]));
    })();
    const report = await views.rebuild();
    await writing;
    expect(report.differences.map(({ table }) => table).sort()).toEqual(['records', 'timeline']);
    expect(await views.waitFor(9, 5000)).toBe(true);
    expect((await verify(store, views.tables)).findings).toEqual([]);
    await views.rollBack();
    expect(await views.waitFor(9, 5000)).toBe(true);
    expect((await verify(store, views.tables)).findings).toHaveLength(2);
    await views.close();
  });

  it('goes on with a rebuild that was interrupted', async () => {
    const views = await ReadModel.open(await place.sets(), store);
    await views.catchUp();
    const begun = await place.views(2);
    await new Projector(store, begun, { batchSize: 2 }).catchUp(3);
    await begun.close();
    expect(await views.rebuild()).toMatchObject({ position: 5, differences: [], generation: 2 });
    await views.close();
  });

  it('applies a parked stream again once it can, from its start', async () => {
    await store.append('automaker-a', 2, [entered('FI'), entered('IS')]);
    const views = await ReadModel.open(await place.sets(), store);
    // Simulates an older version of the software that did not know the type of the event at position 6.
    await new Projector(store, views.tables).catchUp(5);
    await place.tamper(
      "INSERT INTO parked_streams VALUES ('automaker-a', 6, 'some-event', 'UnknownEventType', '2026-01-01T00:00:00.000Z')",
      1,
    );
    await views.catchUp();
    expect(views.status).toMatchObject({ position: 7, parked: 1 });
    expect(await views.rows.getRepository(SubjectRow).countBy({ stream: 'automaker-a' })).toBe(3);
    await views.unpark('automaker-a');
    expect(views.status.parked).toBe(0);
    expect((await verify(store, views.tables)).findings).toEqual([]);
    await store.append('automaker-a', 4, [entered('DE')]);
    await views.catchUp();
    expect((await verify(store, views.tables)).findings).toEqual([]);
    await views.close();
  });

  it('refuses what follows a checkpoint that another has left behind, and changes nothing', async () => {
    const [views, other] = [await place.views(), await place.views()];
    const projector = new Projector(store, views);
    await projector.catchUp(2);
    await new Projector(store, other).catchUp(4);
    const { position, recordedAt, version } = await checkpointOf(views.rows.manager);
    const stale = { position: 5, recordedAt, version };
    const nothing = { cleared: ['automaker-a'], records: [], gone: [], timeline: [], moved: [], parked: [] };
    await expect(views.write({ ...nothing, checkpoint: stale })).rejects.toThrow(TablesMovedOn);
    expect(position).toBe(4);
    // Continues where the other one stopped.
    expect(await projector.catchUp()).toBe(5);
    expect((await verify(store, views)).findings).toEqual([]);
    await views.close();
    await other.close();
  });

  it('keeps JSON to the byte, also what only JSON can say', async () => {
    const views = await place.views();
    const doc = JSON.stringify({ a: '\u0000', b: '\ud800', c: 'Zoë 小鹏 😀', d: '\\"{},\n\t' });
    const key = '"quoted, {in} braces" \\ and \t tabs 😀';
    await views.write({
      cleared: [],
      records: [{ stream: 'automaker-a', kind: 'market', key, part: 0, doc }],
      gone: [],
      timeline: [],
      moved: [],
      parked: [],
      checkpoint: { position: 1, recordedAt: '', version: 1 },
    });
    expect(await views.rows.getRepository(SubjectRow).find()).toEqual([
      { stream: 'automaker-a', kind: 'market', key, part: 0, doc },
    ]);
    await views.close();
  });

  it('never shows a reader half a transaction', async () => {
    const views = await place.views();
    const projector = new Projector(store, views, { batchSize: 1 });
    projector.start();
    let revision = 1;
    for (let index = 0; index < 50; index++) {
      const market = ['NO', 'SE', 'FI', 'IS', 'DE'][index % 5] ?? 'NO';
      const event = someEvent({ type: 'ServiceCenterOpened', data: { market } } as never);
      ({ revision } = await store.append('automaker-b', revision, [event]));
      const [rows, checkpoint] = [
        await views.rows.query(
          'SELECT (SELECT COUNT(*) FROM timeline) AS events, (SELECT position FROM checkpoint) AS position',
        ),
        await checkpointOf(views.rows.manager),
      ];
      expect(rows).toEqual([{ events: rows[0].position ?? 0, position: rows[0].position }]);
      expect(checkpoint.position).toBeGreaterThanOrEqual(rows[0].position ?? 0);
    }
    await projector.stop();
    await views.close();
  });

  it('verify finds a row too many, an event out of place and a gap', async () => {
    const views = await place.views();
    await new Projector(store, views).catchUp();
    await place.tamper("INSERT INTO records VALUES ('automaker-a', 'market', 'XX', 0, '{}')");
    expect((await verify(store, views)).findings).toMatchObject([
      { finding: expect.stringContaining('should not be there') },
    ]);
    await store.close();
    const ledger = openDatabase(file('events.sqlite'));
    ledger.exec('DROP TRIGGER events_are_never_deleted; DELETE FROM events WHERE position = 2');
    ledger.close();
    store = await openSqliteEventStore({ file: file('events.sqlite') });
    const { findings } = await verify(store, views);
    expect(findings).toContainEqual(
      expect.objectContaining({
        position: 3,
        finding: expect.stringContaining('is revision 2, but 1 comes next'),
      }),
    );
    await views.close();
  });
});

if (!hasPostgres) it.skip('the projector on PostgreSQL: none answers', () => undefined);
