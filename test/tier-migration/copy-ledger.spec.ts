import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { copyLedger, LedgersDiffer } from '../../src/tier-migration/copy-ledger.js';
import { collect, someEvent, someEvents } from '../event-store/events.js';

let directory: string;
let source: EventStore;
let target: EventStore;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'migration-'));
  source = await openSqliteEventStore({ file: join(directory, 'source.sqlite') });
  target = await openSqliteEventStore({ file: join(directory, 'target.sqlite') });
});
afterEach(async () => {
  await source.close();
  await target.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Three streams with interleaved events, and a long run of events in one of them. */
async function fillSource(): Promise<number> {
  await source.append('automaker-a', 'no-stream', someEvents(2));
  await source.append('market-NO', 'no-stream', [someEvent({ note: 'é 比亚迪 \u2028' })]);
  await source.append('automaker-a', 1, someEvents(450));
  await source.append('automaker-b', 'no-stream', someEvents(1));
  await source.append('automaker-a', 451, [someEvent({ note: 'x'.repeat(300_000) }), someEvent()]);
  return 456;
}

function bound(store: EventStore, name: keyof EventStore): unknown {
  const member = store[name];
  return typeof member === 'function' ? member.bind(store) : member;
}

/** A store that fails after a number of appends. */
function failingAfter(appends: number): EventStore {
  let left = appends;
  return new Proxy(target, {
    get(store, name: keyof EventStore) {
      if (name === 'append' && left-- === 0) throw new Error('connection lost');
      return bound(store, name);
    },
  });
}

it('gives the target the same events at the same positions', async () => {
  const events = await fillSource();
  const seen: number[] = [];
  const report = await copyLedger(source, target, (done) => seen.push(done));
  expect(report).toMatchObject({ events, copied: events });
  expect(seen.at(-1)).toBe(events);
  expect(await collect(target.readAll())).toEqual(await collect(source.readAll()));
});

it.each([0, 1, 2, 3, 4, 5, 6])('goes on after it was interrupted at append %p', async (appends) => {
  const events = await fillSource();
  await expect(copyLedger(source, failingAfter(appends))).rejects.toThrow('connection lost');
  const before = await target.head();
  const report = await copyLedger(source, target);
  expect(report).toMatchObject({ events, copied: events - before });
  expect(await collect(target.readAll())).toEqual(await collect(source.readAll()));
});

it('copies what came since when it is repeated, and nothing where nothing came', async () => {
  await fillSource();
  const first = await copyLedger(source, target);
  expect(await copyLedger(source, target)).toEqual({ ...first, copied: 0 });
  await source.append('automaker-b', 0, someEvents(3));
  expect(await copyLedger(source, target)).toMatchObject({ events: first.events + 3, copied: 3 });
});

it('copies an empty ledger', async () => {
  expect(await copyLedger(source, target)).toMatchObject({ events: 0, copied: 0 });
});

it('leaves a target alone that holds another ledger, or more than the source', async () => {
  const [one, two] = [someEvent(), someEvent()];
  await source.append('automaker-a', 'no-stream', [one]);
  await target.append('automaker-a', 'no-stream', [{ ...one, recordedBy: 'somebody else' }]);
  await expect(copyLedger(source, target)).rejects.toThrow(/another ledger.*position 1/);
  await source.append('automaker-b', 'no-stream', [two]);
  await expect(copyLedger(target, source)).rejects.toBeInstanceOf(LedgersDiffer);
  expect([await source.head(), await target.head()]).toEqual([2, 1]);
});

it('says so where the target has more events', async () => {
  await target.append('automaker-a', 'no-stream', someEvents(1));
  await expect(copyLedger(source, target)).rejects.toThrow(/more events than the source/);
});

it('notices that somebody else writes to the target', async () => {
  await fillSource();
  let intruded = false;
  const watched = new Proxy(target, {
    get: (store, name: keyof EventStore) =>
      name === 'append'
        ? async (...append: Parameters<EventStore['append']>) => {
            if (!intruded) await store.append('automaker-z', 'no-stream', someEvents(1));
            intruded = true;
            return store.append(...append);
          }
        : bound(store, name),
  });
  await expect(copyLedger(source, watched)).rejects.toThrow(/somebody else writes/);
});
