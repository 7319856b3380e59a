import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { TimelineRow } from '../../src/read-model/row-entities.js';
import type { Generations } from '../../src/read-model/generations.js';
import { someEvent } from '../event-store/events.js';
import { TIERS, type ViewsPlace } from './view-tiers.js';

describe.each(TIERS)('a switch on %s', (_, placeOf) => {
  let directory: string;
  let store: EventStore;
  let place: ViewsPlace;
  beforeEach(async () => {
    place = await placeOf();
    directory = mkdtempSync(join(tmpdir(), 'switch-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
    const registered = someEvent({
      type: 'AutomakerRegistered',
      data: { name: 'X', homeMarket: 'CN' },
    } as never);
    await store.append('automaker-a', 'no-stream', [registered]);
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  // Events projected into the old views after the comparison are missing from the new ones until these catch
  // up.
  it('takes nothing away that the views were said to have', async () => {
    const sets = await place.sets();
    const { pointTo, generations, open } = boundTo(sets);
    const live = await ReadModel.open(sets, store);
    live.start();
    await live.waitFor(1, 5000);
    const old = live.tables;
    // After the switch, but before the node learns of it, its old views advance.
    let said: Promise<boolean> | undefined;
    sets.pointTo = async (to) => {
      await pointTo(to);
      const { position } = await store.append('automaker-a', 0, [someEvent()]);
      said = live.waitFor(position, 5000);
    };
    sets.generations = async () => {
      await said;
      return generations();
    };
    // The new views catch up slowly.
    sets.open = async (...which) => {
      const views = await open(...which);
      const write = views.write.bind(views);
      if (said) views.write = (changes) => sleep(500).then(() => write(changes));
      return views;
    };
    const rebuild = live.rebuild();
    while (live.tables === old) await sleep(1);
    // Like a question with `minPosition` that was admitted just before the node uses the new views.
    expect(await said).toBe(true);
    const found = await live.rows.manager.findOneBy(TimelineRow, { position: 2 });
    await rebuild;
    await live.close();
    expect(found).toMatchObject({ position: 2 });
  });

  it('compares what was written while the rest was compared, and tells of it what is true at the switch', async () => {
    const live = await ReadModel.open(await place.sets(), store);
    live.start();
    await store.append('automaker-a', 0, [someEvent({ data: { market: 'SE' } })]);
    await live.waitFor(2, 5000);
    // The next event rewrites the record of NO, but not that of SE.
    const invented = (market: string) =>
      `INSERT INTO records VALUES ('automaker-a', 'market', '${market}', 0, '{"market":"${market}"}')`;
    await place.tamper(`DELETE FROM records WHERE key = 'SE'; ${invented('SE')}; ${invented('NO')}`, 1);
    const tables = live.tables;
    const withWriteLock = tables.withWriteLock.bind(tables);
    tables.withWriteLock = async (work) => {
      const { position } = await store.append('automaker-a', 1, [someEvent()]);
      expect(await live.waitFor(position, 5000)).toBe(true);
      await place.tamper(`UPDATE timeline SET type = 'Invented' WHERE position = ${position}`, 1);
      return withWriteLock(work);
    };
    const { position, differences } = await live.rebuild();
    await live.close();
    expect(position).toBe(3);
    expect(differences.map(({ table, row }) => `${table} ${row.split('\0').at(-1) ?? ''}`)).toEqual([
      'records SE',
      `timeline ${'3'.padStart(16, '0')}`,
    ]);
  });
});

function boundTo(sets: Generations): Pick<Generations, 'pointTo' | 'generations' | 'open'> {
  return {
    pointTo: sets.pointTo.bind(sets),
    generations: sets.generations.bind(sets),
    open: sets.open.bind(sets),
  };
}
