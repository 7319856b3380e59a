import type { RecordedEvent, StreamEvent } from '../../src/domain/ledger/event.js';
import { evolve, foldEvents } from '../../src/domain/state/evolve.js';
import type { EventStore, ReadStreamOptions } from '../../src/event-store/event-store.js';
import { StreamParked } from '../../src/event-store/stream-parked.js';
import { StreamStateCache } from '../../src/event-store/stream-state-cache.js';
import { proposal, recordedEvent, registered } from '../domain/given-when-then.js';

const stores = (index: number) =>
  proposal('StoreOpened', '2024-01-01', { market: 'DE', city: `City ${index}` });

/** A ledger in memory that counts its reads. */
class CountingLedger {
  readonly events: RecordedEvent[] = [];
  readings = 0;
  eventsRead = 0;

  record(stream: string, count: number): RecordedEvent[] {
    const from = this.events.filter((event) => event.stream === stream).length;
    const more = Array.from({ length: count }, (_, index): RecordedEvent => {
      const event = recordedEvent(
        from + index,
        from + index === 0 ? registered : stores(index),
        undefined,
        stream,
      );
      return { ...event, position: this.events.length + index + 1 };
    });
    this.events.push(...more);
    return more;
  }

  get store(): EventStore {
    return {
      readStream: (stream: string, options?: ReadStreamOptions) => this.read(stream, options),
    } as unknown as EventStore;
  }

  private async *read(
    stream: string,
    { from = 0, limit = Infinity }: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent> {
    this.readings++;
    const found = this.events.filter((event) => event.stream === stream && event.revision >= from);
    for (const event of found.slice(0, limit)) {
      await Promise.resolve();
      this.eventsRead++;
      yield event;
    }
  }
}

describe('the states of the streams that were used lately', () => {
  it('are brought up to date by the events that came since', async () => {
    const ledger = new CountingLedger();
    ledger.record('automaker-a', 5);
    const states = new StreamStateCache(ledger.store);
    const first = await states.current('automaker-a');
    ledger.record('automaker-a', 2);
    const second = await states.current('automaker-a');
    expect([first.revision, second.revision, ledger.eventsRead]).toEqual([4, 6, 7]);
    expect(await states.atHand('automaker-a')).toBe(second);
  });

  it('are read once for all who ask meanwhile, and once more for those who may have missed something', async () => {
    const ledger = new CountingLedger();
    ledger.record('automaker-a', 20);
    const states = new StreamStateCache(ledger.store);
    const first = states.current('automaker-a');
    const others = Array.from({ length: 5 }, () => states.current('automaker-a'));
    expect(new Set(await Promise.all(others)).size).toBe(1);
    expect((await first).revision).toBe(19);
    expect(ledger.readings).toBe(2);
    expect(ledger.eventsRead).toBe(20);
  });

  it('are dropped beyond a bound in bytes, those not used for longest first, and the one used last never', async () => {
    const ledger = new CountingLedger();
    const names = Array.from({ length: 10 }, (_, index) => `automaker-${index}`);
    for (const name of names) ledger.record(name, 10);
    const { bytes } = foldEvents('automaker-0', ledger.events.slice(0, 10) as StreamEvent[]);
    const states = new StreamStateCache(ledger.store, { bytes: Math.round(3.5 * bytes) });
    for (const name of names) await states.current(name);
    ledger.eventsRead = 0;
    for (const name of ['automaker-9', 'automaker-8', 'automaker-7']) await states.atHand(name);
    expect(ledger.eventsRead).toBe(0);
    await states.atHand('automaker-6');
    expect(ledger.eventsRead).toBe(10);

    const small = new StreamStateCache(ledger.store, { bytes: Math.round(bytes / 2) });
    await small.current('automaker-0');
    ledger.eventsRead = 0;
    await small.atHand('automaker-0');
    expect(ledger.eventsRead).toBe(0);
  });

  it('stay as they were where somebody walks through others, and are used on the way', async () => {
    const ledger = new CountingLedger();
    for (const name of ['automaker-a', 'automaker-b']) ledger.record(name, 5);
    const states = new StreamStateCache(ledger.store);
    const used = await states.current('automaker-a');
    ledger.eventsRead = 0;
    expect(await states.inPassing('automaker-a')).toBe(used);
    expect((await states.inPassing('automaker-b')).revision).toBe(4);
    expect(ledger.eventsRead).toBe(5);
    expect(await states.atHand('automaker-a')).toBe(used);
    expect(ledger.eventsRead).toBe(5);
    await states.atHand('automaker-b');
    expect(ledger.eventsRead).toBe(10);
  });

  it('are read again after they were released, and what was made of their events is kept for the projector', async () => {
    const ledger = new CountingLedger();
    ledger.record('automaker-a', 5);
    const states = new StreamStateCache(ledger.store);
    await states.current('automaker-a');
    const [event] = ledger.record('automaker-a', 1);
    await states.current('automaker-a');
    states.release('automaker-a');
    ledger.eventsRead = 0;
    expect((await states.current('automaker-a')).revision).toBe(5);
    expect(ledger.eventsRead).toBe(6);
    expect(event && states.madeOf(event)?.recorded.id).toBe(event?.id);
  });

  it('cost, where ten times as many are used in turn, what reading each of them costs, and no more', async () => {
    const ledger = new CountingLedger();
    const names = Array.from({ length: 20 }, (_, index) => `automaker-${index}`);
    for (const name of names) ledger.record(name, 30);
    const { bytes } = foldEvents('automaker-0', ledger.events.slice(0, 30) as StreamEvent[]);
    const states = new StreamStateCache(ledger.store, { bytes: 2 * bytes });
    for (let round = 0; round < 3; round++) for (const name of names) await states.current(name);
    expect(ledger.eventsRead).toBeLessThanOrEqual(3 * ledger.events.length);
  });

  it('end before an event that cannot be taken in, which nothing can be decided beyond', async () => {
    const ledger = new CountingLedger();
    const [, , strange] = ledger.record('automaker-a', 3);
    if (!strange) throw new Error('there are three');
    ledger.events[2] = { ...strange, type: 'FactoryFlooded' as never };
    const states = new StreamStateCache(ledger.store);
    await expect(states.current('automaker-a')).rejects.toThrow(StreamParked);
    expect((await states.soFar('automaker-a')).revision).toBe(1);
    expect((await states.stateAt('automaker-a', 1)).revision).toBe(1);
  });
});

describe('what events did to their streams', () => {
  it('is there for the projector where a command made it, so that it is folded once', async () => {
    const ledger = new CountingLedger();
    const states = new StreamStateCache(ledger.store);
    const before = await states.current('automaker-a');
    const [event] = ledger.record('automaker-a', 1);
    if (!event) throw new Error('there is one');
    const { state, change } = evolve(before, event);
    states.commit(state, [change]);
    expect(states.madeOf(event)?.touched).toBe(change.touched);
    states.projected('automaker-a', event.revision);
    expect(states.madeOf(event)).toBeUndefined();
  });

  it('is there where a question brought the stream up to date, and not what was read before', async () => {
    const ledger = new CountingLedger();
    const old = ledger.record('automaker-a', 3);
    const states = new StreamStateCache(ledger.store);
    await states.current('automaker-a');
    const fresh = ledger.record('automaker-a', 2);
    await states.current('automaker-a');
    expect(old.map((event) => states.madeOf(event))).toEqual([undefined, undefined, undefined]);
    expect(fresh.map((event) => states.madeOf(event)?.recorded)).toEqual(fresh);
  });

  it('is not taken for another event of the same revision', async () => {
    const ledger = new CountingLedger();
    const states = new StreamStateCache(ledger.store);
    const [event] = ledger.record('automaker-a', 1);
    if (!event) throw new Error('there is one');
    const { state, change } = evolve(await states.stateAt('automaker-a', -1), event);
    states.commit(state, [change]);
    expect(states.madeOf({ ...event, id: '00000000-0000-4000-8000-00000000ffff' })).toBeUndefined();
  });

  it('is made again for a projector that is behind, from the newest state, without reading', async () => {
    const ledger = new CountingLedger();
    const events = ledger.record('automaker-a', 40);
    const states = new StreamStateCache(ledger.store);
    const newest = await states.current('automaker-a');
    ledger.eventsRead = 0;
    for (const event of events) {
      const before = await states.stateAt(event.stream, event.revision - 1);
      expect(before.revision).toBe(event.revision - 1);
      states.reached(evolve(before, event).state);
    }
    expect(ledger.eventsRead).toBe(0);
    expect(await states.atHand('automaker-a')).toBe(newest);
    expect((await states.stateAt('automaker-a', 7)).revision).toBe(7);
    expect(ledger.eventsRead).toBe(0);
  });

  it('is bounded: what has waited longest is dropped', async () => {
    const ledger = new CountingLedger();
    const states = new StreamStateCache(ledger.store);
    const first = ledger.record('automaker-a', 1);
    const more = ledger.record('automaker-b', 2500);
    for (const event of [...first, ...more]) {
      const { state, change } = evolve(await states.stateAt(event.stream, event.revision - 1), event);
      states.commit(state, [change]);
    }
    expect(first.map((event) => states.madeOf(event))).toEqual([undefined]);
    expect(states.madeOf(more[2499] as RecordedEvent)?.recorded).toBe(more[2499]);
  });
});
