import {
  EventIdInUse,
  EventTooLarge,
  EventStoreClosed,
  WrongExpectedRevision,
  type EventStore,
} from '../../src/event-store/event-store.js';
import type { RecordedEvent } from '../../src/domain/ledger/event.js';
import { APPEND_MATRIX, appendMatrix } from './append-matrix.js';
import { collect, someEvent, someEvents } from './events.js';

/** How the contract suite opens an adapter. Each test gets its own ledger. */
export interface StoreFixture {
  /** Guarantees that not every adapter gives. */
  readonly can: {
    /** Positions count from 1 without gaps. */
    readonly gaplessPositions: boolean;
    /** Refuses an id that exists in another stream, or earlier in the same one. */
    readonly idsUniqueInLedger: boolean;
  };
  open(): Promise<EventStore>;
  /** Opens the same ledger again after `close`. */
  reopen(): Promise<EventStore>;
  dispose(): Promise<void>;
}

/** The contract of every event store. Adapters may differ in how they work, but not in what they do. */
export function eventStoreContract(name: string, fixture: () => StoreFixture): void {
  describe(`${name} keeps the event store's contract`, () => {
    let made: StoreFixture;
    let store: EventStore;

    beforeEach(async () => {
      made = fixture();
      store = await made.open();
    });
    afterEach(async () => {
      await store.close();
      await made.dispose();
    });

    it('accepts an append that expects its stream as it is, and no other: every expectation, every state', async () => {
      expect(await appendMatrix(store)).toBe(APPEND_MATRIX);
    });

    it('answers a repeated append as the first time, also when more was appended since', async () => {
      const events = someEvents(2);
      const first = await store.append('automaker-a', 'no-stream', events);
      expect(await store.append('automaker-a', 'no-stream', events)).toEqual(first);
      await store.append('automaker-a', 1, someEvents(3));
      expect(await store.append('automaker-a', 'no-stream', events)).toEqual(first);
      expect(await collect(store.readStream('automaker-a'))).toHaveLength(5);
    });

    it('refuses an append of which only a part was written before', async () => {
      const [one, two] = [someEvent(), someEvent()];
      await store.append('automaker-a', 'no-stream', [one]);
      await expect(store.append('automaker-a', 'no-stream', [one, two])).rejects.toBeInstanceOf(
        WrongExpectedRevision,
      );
    });

    it('refuses an id that another event has, in any stream, and twice in one append', async () => {
      if (!made.can.idsUniqueInLedger) return;
      const event = someEvent();
      await store.append('automaker-a', 'no-stream', [event]);
      await expect(store.append('automaker-b', 'no-stream', [event])).rejects.toBeInstanceOf(EventIdInUse);
      await expect(store.append('automaker-a', 0, [event])).rejects.toBeInstanceOf(EventIdInUse);
      const twin = someEvent();
      await expect(store.append('automaker-c', 'no-stream', [twin, twin])).rejects.toBeInstanceOf(
        EventIdInUse,
      );
      expect(await collect(store.readAll())).toHaveLength(1);
    });

    it('tells in which stream the event with an id is', async () => {
      const [one, two, other] = [someEvent(), someEvent(), someEvent()];
      await store.append('automaker-a', 'no-stream', [one]);
      const { position } = await store.append('automaker-b', 'no-stream', [two]);
      await collect(store.readAll({ limit: position }));
      const streams = await store.streamsOf([one.id, other.id, two.id]);
      expect([...streams]).toEqual([
        [one.id, 'automaker-a'],
        [two.id, 'automaker-b'],
      ]);
    });

    it('refuses an empty append', async () => {
      await expect(store.append('automaker-a', 'no-stream', [])).rejects.toBeInstanceOf(RangeError);
    });

    it('lets an append that cannot be written take no other one with it', async () => {
      const notJson = someEvent({ data: { market: 1n } as never });
      const results = await Promise.allSettled([
        store.append('automaker-a', 'no-stream', someEvents(2)),
        store.append('automaker-b', 'no-stream', [someEvent(), notJson]),
        store.append('automaker-b', 3, someEvents(1)),
        store.append('automaker-a', 1, someEvents(1)),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      expect((await collect(store.readAll())).map(({ stream }) => stream)).toEqual(
        Array.from({ length: 3 }, () => 'automaker-a'),
      );
    });

    it('records an event as it was when it was given, without the place that it had elsewhere', async () => {
      const event = { ...someEvent({ note: 'given' }), stream: 'elsewhere', revision: 7, position: 99 };
      const append = store.append('automaker-a', 'no-stream', [event]);
      event.note = 'changed since';
      const { position } = await append;
      const [found] = await collect(store.readStream('automaker-a'));
      expect(found).toMatchObject({ note: 'given', stream: 'automaker-a', revision: 0, position });
    });

    it('gives events back byte for byte', async () => {
      // Stores also keep JSON that is not valid for the current catalogue.
      const numbers = [0.1, 1e21, 5e-324, 9007199254740991, -0.5];
      const numbersAndKeys = { z: 1, a: { y: [{}, [], ''], b: true }, lone: '\ud800', numbers } as never;
      const event = someEvent({
        data: { partner: '比亚迪 ❤️ "quoted" \\ \u2028', models: ['b', 'a'], market: 'NO' },
        evidence: [numbersAndKeys],
        note: 'zero-width \u200b, accents é, emoji 👩‍👩‍👧‍👦',
        warnings: [{ code: 'x', message: 'y', events: ['z'] }],
      });
      await store.append('automaker-a', 'no-stream', [event]);
      const [found] = await collect(store.readStream('automaker-a'));
      // The event as written, although reading converts it to today's version of its type.
      const {
        position: _position,
        stream: _stream,
        revision: _revision,
        version: _version,
        written,
        ...rest
      } = found as RecordedEvent;
      const inOrder = ({ id, type, ...others }: object & { id?: string; type?: string }) =>
        JSON.stringify({ id, type, ...others });
      expect(inOrder(Object.assign(rest, { data: written?.data ?? rest.data }))).toBe(inOrder(event));
    });

    it('takes events of a megabyte, and refuses larger ones than it can hold without writing anything', async () => {
      const large = someEvent({ note: 'x'.repeat(1_000_000) });
      await store.append('automaker-a', 'no-stream', [large]);
      const [found] = await collect(store.readStream('automaker-a'));
      expect(found?.note).toHaveLength(1_000_000);
      const tooLarge = someEvent({ note: 'x'.repeat(17 * 1024 * 1024) });
      await expect(store.append('automaker-b', 'no-stream', [someEvent(), tooLarge])).rejects.toBeInstanceOf(
        EventTooLarge,
      );
      expect(await collect(store.readStream('automaker-b'))).toEqual([]);
    });

    it('keeps the order of each stream and of the ledger, without gaps in revisions', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(2));
      await store.append('automaker-b', 'no-stream', someEvents(2));
      await store.append('automaker-a', 1, someEvents(1));
      const all = await collect(store.readAll());
      expect(all.map(({ stream, revision }) => [stream, revision])).toEqual([
        ['automaker-a', 0],
        ['automaker-a', 1],
        ['automaker-b', 0],
        ['automaker-b', 1],
        ['automaker-a', 2],
      ]);
      const positions = all.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      if (made.can.gaplessPositions) expect(positions).toEqual([1, 2, 3, 4, 5]);
      expect(await store.head()).toBe(positions.at(-1));
    });

    it('keeps the order of appends to many streams that do not wait for each other, where it says so', async () => {
      if (!store.keepsOrder) return;
      const streams = Array.from({ length: 40 }, (_, index) => `automaker-o${index}`);
      await Promise.all(streams.map((stream) => store.append(stream, 'no-stream', someEvents(2))));
      expect((await collect(store.readAll())).map(({ stream }) => stream)).toEqual(
        streams.flatMap((stream) => [stream, stream]),
      );
    });

    it('reads from, after and up to what it is told', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(5));
      const revisions = async (options: object) =>
        (await collect(store.readStream('automaker-a', options))).map(({ revision }) => revision);
      expect(await revisions({ from: 3 })).toEqual([3, 4]);
      expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
      expect(await revisions({ from: 9 })).toEqual([]);
      const [first, second] = await collect(store.readAll());
      const after = await collect(store.readAll({ after: first?.position ?? 0, limit: 1 }));
      expect(after.map(({ id }) => id)).toEqual([second?.id]);
    });

    it('reads as of the start of the iteration', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(3));
      const seen: RecordedEvent[] = [];
      for await (const event of store.readAll()) {
        if (seen.length === 0) await store.append('automaker-b', 'no-stream', someEvents(2));
        seen.push(event);
      }
      expect(seen).toHaveLength(3);
    });

    it('reads more events than any page holds, in whole and in part', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(1700));
      const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
      const revisions = async (options: object) =>
        (await collect(store.readStream('automaker-a', options))).map(({ revision }) => revision);
      expect(await revisions({})).toEqual(numbers(0, 1700));
      expect(await revisions({ from: 400, limit: 1000 })).toEqual(numbers(400, 1400));
      expect(await collect(store.readStream('automaker-a', { limit: 0 }))).toEqual([]);
      const all = await collect(store.readAll());
      const after = all[99]?.position ?? 0;
      const part = await collect(store.readAll({ after, limit: 1200 }));
      expect(part.map(({ revision }) => revision)).toEqual(numbers(100, 1300));
    });

    it('stops at the event at which the signal aborts', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(20));
      for (const read of [store.readAll.bind(store), store.readStream.bind(store, 'automaker-a')]) {
        const abort = new AbortController();
        let seen = 0;
        const reading = (async () => {
          for await (const _ of read({ signal: abort.signal })) if (++seen === 5) abort.abort();
        })();
        await expect(reading).rejects.toThrow(/abort/i);
        expect(seen).toBe(5);
      }
    });

    it('does not start to read when the signal has aborted', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(3));
      const abort = new AbortController();
      abort.abort();
      await expect(collect(store.readAll({ signal: abort.signal }))).rejects.toThrow(/abort/i);
    });

    it('lets exactly one of many writers have each revision', async () => {
      const outcomes: string[] = [];
      for (let round = 0; round < 20; round++) {
        const expected = round === 0 ? 'no-stream' : round - 1;
        const appends = Array.from({ length: 16 }, () =>
          store.append('automaker-a', expected, someEvents(1)),
        );
        const results = await Promise.allSettled(appends);
        outcomes.push(...results.map(({ status }) => status));
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
      expect(await collect(store.readStream('automaker-a'))).toHaveLength(20);
    });

    it('loses nothing of many writers to many streams', async () => {
      const streams = Array.from({ length: 16 }, (_, index) => `automaker-s${index}`);
      await Promise.all(
        streams.map(async (stream) => {
          for (let revision = -1; revision < 49; revision++) {
            await store.append(stream, revision < 0 ? 'no-stream' : revision, someEvents(1));
          }
        }),
      );
      const all = await collect(store.readAll());
      expect(all).toHaveLength(16 * 50);
      expect(new Set(all.map(({ id }) => id)).size).toBe(16 * 50);
      for (const stream of streams) {
        const revisions = all.filter((event) => event.stream === stream).map(({ revision }) => revision);
        expect(revisions).toEqual(Array.from({ length: 50 }, (_, index) => index));
      }
    });

    it('subscribes from any position, goes on after being killed, and misses and repeats nothing', async () => {
      const seen: number[] = [];
      let after = 0;
      const writer = (async () => {
        for (let revision = -1; revision < 99; revision++) {
          await store.append('automaker-a', revision < 0 ? 'no-stream' : revision, someEvents(1));
        }
      })();
      while (seen.length < 100) {
        const kill = new AbortController();
        const budget = 1 + (seen.length % 7);
        let handled = 0;
        for await (const batch of store.subscribe({ after, batchSize: 5, signal: kill.signal })) {
          for (const { revision, position } of batch) {
            seen.push(revision);
            after = position;
          }
          handled += batch.length;
          if (handled >= budget || seen.length >= 100) kill.abort();
        }
      }
      await writer;
      expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index));
    });

    it('says once that a subscription has caught up, then brings what is new', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(3));
      const stop = new AbortController();
      const sizes: number[] = [];
      for await (const batch of store.subscribe({ after: 0, batchSize: 2, signal: stop.signal })) {
        sizes.push(batch.length);
        if (batch.length === 0) void store.append('automaker-a', 2, someEvents(1));
        if (sizes.length === 4) stop.abort();
      }
      expect(sizes).toEqual([2, 1, 0, 1]);
    });

    it('fills each batch of a subscription from what is there, also after it is opened again', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(700));
      await store.append('automaker-b', 'no-stream', someEvents(700));
      const sizes = async () => {
        const stop = new AbortController();
        const found: number[] = [];
        for await (const batch of store.subscribe({ after: 0, batchSize: 600, signal: stop.signal })) {
          found.push(batch.length);
          if (batch.length === 0) stop.abort();
        }
        return found;
      };
      expect(await sizes()).toEqual([600, 600, 200, 0]);
      await store.close();
      store = await made.reopen();
      expect(await sizes()).toEqual([600, 600, 200, 0]);
    });

    it('ends a subscription that waits without an error when its signal aborts', async () => {
      const stop = new AbortController();
      const sizes: number[] = [];
      for await (const batch of store.subscribe({ after: 0, signal: stop.signal })) {
        sizes.push(batch.length);
        setTimeout(() => stop.abort(), 20);
      }
      expect(sizes).toEqual([0]);
    });

    it('brings a slow and a fast subscriber all events in the same order', async () => {
      const wanted = 300;
      const read = async (pause: () => Promise<void>) => {
        const stop = new AbortController();
        const ids: string[] = [];
        for await (const batch of store.subscribe({ after: 0, batchSize: 20, signal: stop.signal })) {
          expect(batch.length).toBeLessThanOrEqual(20);
          ids.push(...batch.map(({ id }) => id));
          if (ids.length >= wanted) stop.abort();
          await pause();
        }
        return ids;
      };
      const slow = read(() => new Promise((resolve) => setTimeout(resolve, 10)));
      const fast = read(() => Promise.resolve());
      for (let revision = -1; revision < wanted - 1; revision += 10) {
        await store.append('automaker-a', revision < 0 ? 'no-stream' : revision, someEvents(10));
      }
      const ids = (await collect(store.readAll())).map(({ id }) => id);
      expect(await fast).toEqual(ids);
      expect(await slow).toEqual(ids);
    });

    it('keeps what was recorded when it is opened again', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(3));
      const before = await collect(store.readAll());
      await store.close();
      store = await made.reopen();
      expect(await collect(store.readAll())).toEqual(before);
      expect(await store.append('automaker-a', 2, someEvents(1))).toMatchObject({ revision: 3 });
    });

    it('ends subscriptions and refuses everything once it is closed', async () => {
      const stop = new AbortController();
      const subscription = collect(store.subscribe({ after: 0, signal: stop.signal }));
      const last = store.append('automaker-a', 'no-stream', someEvents(1));
      const closings = [store.close(), store.close()];
      await closings[1];
      await expect(last).resolves.toMatchObject({ revision: 0 });
      await subscription.catch((error: unknown) => expect(error).toBeInstanceOf(EventStoreClosed));
      await expect(store.append('automaker-a', 0, someEvents(1))).rejects.toBeInstanceOf(EventStoreClosed);
      await expect(collect(store.readAll())).rejects.toBeInstanceOf(EventStoreClosed);
      await expect(collect(store.readStream('automaker-a'))).rejects.toBeInstanceOf(EventStoreClosed);
      await expect(store.head()).rejects.toBeInstanceOf(EventStoreClosed);
      await expect(store.checkWritable()).rejects.toBeInstanceOf(EventStoreClosed);
      await Promise.all(closings);
    });
  });
}
