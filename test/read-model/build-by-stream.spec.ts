import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { ParkedStreamRow } from '../../src/read-model/row-entities.js';
import { collect } from '../event-store/events.js';
import { RandomLedger } from './random-ledger.js';
import { TIERS, type ViewsPlace } from './view-tiers.js';
import { startViewNode } from './view-process.js';

const EVENTS = 400;

describe.each(TIERS)('a rebuild of views in %s, by threads that each take whole streams', (_, placeOf) => {
  let directory: string;
  let store: EventStore;
  let place: ViewsPlace;
  let live: ReadModel;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'build-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
    place = await placeOf();
    live = await ReadModel.open(await place.sets(), store);
  });
  afterEach(async () => {
    await live.close();
    await place.remove();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const record = async (stream: string, ...events: readonly object[]): Promise<void> => {
    const there = await collect(store.readStream(stream));
    const provenance = { occurredOn: '2026-01-01', evidence: [], recordedBy: 'test' };
    const last = there.at(-1);
    const recordedAt = last?.recordedAt ?? '2026-01-01T00:00:00.000Z';
    const written = events.map(
      (event) => ({ id: randomUUID(), ...provenance, recordedAt, ...event }) as unknown as NewEvent,
    );
    await store.append(stream, last?.revision ?? 'no-stream', written);
  };
  const parked = (): Promise<ParkedStreamRow[]> => live.rows.manager.find(ParkedStreamRow);
  /** Rebuilds in a separate process, and returns its report. */
  const rebuilt = async () => {
    const node = startViewNode('build', directory, place.address);
    await node.until((each) => 'differences' in each || 'failed' in each);
    await node.ended;
    return node.said.at(-1);
  };

  it('gives the rows that a projector gives that meets the events in their order', async () => {
    const ledger = new RandomLedger(store);
    await ledger.record(2 * EVENTS);
    const [stream = ''] = ledger.streams;
    const [, second, third] = await collect(store.readStream(stream));
    const { occurredOn, data = {}, written } = third ?? {};
    const correction = { event: third?.id, occurredOn, data: written?.data ?? data, reason: 'read again' };
    await record(
      stream,
      { type: 'EventRetracted', data: { event: second?.id, reason: 'a mistake' } },
      { type: 'EventCorrected', data: correction },
    );
    await record('automaker-of-the-future', { type: 'RocketLaunched', data: {} });
    const position = await live.catchUp();
    expect(await parked()).toMatchObject([{ stream: 'automaker-of-the-future' }]);

    expect(await rebuilt()).toMatchObject({ differences: [], position, generation: 2 });
    await live.close();
    live = await ReadModel.open(await place.sets(), store);
    expect(live.status).toMatchObject({ position });
    expect(await parked()).toMatchObject([{ stream: 'automaker-of-the-future' }]);
  });

  it('begins anew where it was killed, whenever that was', async () => {
    await new RandomLedger(store).record(EVENTS);
    const position = await live.catchUp();
    for (const patience of [100, 300, 500]) {
      const node = startViewNode('build', directory, place.address);
      await node.until((each) => 'begun' in each);
      await sleep(patience);
      await node.kill();
    }
    expect(await rebuilt()).toMatchObject({ differences: [], position });
  });
});
