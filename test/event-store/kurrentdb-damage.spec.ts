import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import { LedgerReplaced, StreamDeleted, type EventStore } from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { TestLedger } from './kurrentdb-server.js';

jest.setTimeout(60_000);

describe('what is done to a ledger on the server behind its back', () => {
  let double: KurrentDouble;
  let ledger: TestLedger;
  let store: EventStore;

  beforeEach(async () => {
    double = await KurrentDouble.start();
    ledger = new TestLedger(double.url);
    store = await ledger.open();
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
    ledger.dispose();
  });

  const idsOf = async (stream: string) => (await collect(store.readStream(stream))).map(({ id }) => id);

  async function reopened(): Promise<void> {
    await store.close();
    store = await ledger.open();
  }

  describe('a stream that is tombstoned', () => {
    beforeEach(async () => {
      for (const stream of ['automaker-a', 'automaker-b'])
        await store.append(stream, 'no-stream', someEvents(2));
      double.log.tombstone(ledger.onServer('automaker-a'));
    });

    it('takes nothing more, and says why', async () => {
      const refused = store.append('automaker-a', 1, someEvents(1));
      await expect(refused).rejects.toBeInstanceOf(StreamDeleted);
      await expect(refused).rejects.toThrow(/automaker-a was deleted.*backup/);
    });

    it('lets every other stream go on', async () => {
      expect(await store.append('automaker-b', 1, someEvents(1))).toEqual({ revision: 2, position: 5 });
      expect(await store.append('automaker-c', 'no-stream', someEvents(1))).toMatchObject({ position: 6 });
      expect(await store.head()).toBe(6);
      expect(ledger.troubles.map(({ name }) => name)).toContain('StreamDeleted');
    });

    it('is told of, also after a start', async () => {
      await store.append('automaker-b', 1, someEvents(1));
      await reopened();
      expect(store.deletedStreams).toEqual(['automaker-a']);
      expect(await store.harmedStreams?.()).toEqual([
        { stream: 'automaker-a', harm: expect.stringMatching(/was deleted \(tombstoned\).*backup/) },
      ]);
    });

    it('is still read from the log', async () => {
      expect(await idsOf('automaker-a')).toHaveLength(2);
      expect(await collect(store.readAll())).toHaveLength(4);
      await store.append('automaker-b', 1, someEvents(1));
      // This reader has nothing cached, so it reads the log itself.
      const reader = await ledger.open({ readOnly: true });
      expect((await collect(reader.readAll({ after: 3 }))).map(({ position }) => position)).toEqual([4, 5]);
      await reader.close();
    });

    it('is known again after a start, also of a node that counts anew', async () => {
      await reopened();
      await store.append('automaker-b', 1, someEvents(1));
      await expect(store.append('automaker-a', 1, someEvents(1))).rejects.toBeInstanceOf(StreamDeleted);
      const fresh = new TestLedger(double.url);
      const other = await fresh.open({ streamPrefix: ledger.streamPrefix });
      expect(await other.head()).toBe(5);
      expect((await collect(other.readStream('automaker-a'))).map(({ position }) => position)).toEqual([
        1, 2,
      ]);
      await other.close();
      fresh.dispose();
    });
  });

  describe('a log that is put back to a state from before a tombstone', () => {
    beforeEach(async () => {
      await store.append('automaker-a', 'no-stream', someEvents(2));
      double.log.tombstone(ledger.onServer('automaker-a'));
      while (store.deletedStreams?.length === 0) await sleep(20);
    });

    it('gives its stream back to a node that runs', async () => {
      double.log.cutOff(2);
      double.dropConnections();
      while (store.deletedStreams?.length !== 0) await sleep(20);
      expect(await store.append('automaker-a', 1, someEvents(1))).toEqual({ revision: 2, position: 3 });
      expect(await store.harmedStreams?.()).toEqual([]);
    });

    it('gives its stream back to a node that starts', async () => {
      await store.close();
      double.log.cutOff(2);
      store = await ledger.open();
      expect(store.deletedStreams).toEqual([]);
      expect(await store.append('automaker-a', 1, someEvents(1))).toEqual({ revision: 2, position: 3 });
    });
  });

  describe.each([
    ['deleted softly', (name: string) => double.log.delete(name)],
    ['cut by $tb or $maxCount', (name: string) => double.log.truncate(name, 2)],
  ])('a stream that is %s', (_, harm) => {
    it('is read whole from the log, and goes on where it was', async () => {
      const events = someEvents(3);
      await store.append('automaker-a', 'no-stream', events);
      harm(ledger.onServer('automaker-a'));
      expect(await idsOf('automaker-a')).toEqual(events.map(({ id }) => id));
      expect(await store.append('automaker-a', 2, someEvents(1))).toEqual({ revision: 3, position: 4 });
      expect(await idsOf('automaker-a')).toHaveLength(4);
    });

    it('is told of while the log has it, with what helps', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(3));
      await store.append('automaker-b', 'no-stream', someEvents(3));
      expect(await store.harmedStreams?.()).toEqual([]);
      harm(ledger.onServer('automaker-a'));
      expect(await store.harmedStreams?.()).toEqual([
        {
          stream: 'automaker-a',
          harm: expect.stringMatching(/[23] of its events are read from the log.*Take that out.*before/),
        },
      ]);
      expect(store.deletedStreams).toEqual([]);
    });

    it('is read in part where a part is asked for', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(4));
      harm(ledger.onServer('automaker-a'));
      expect(
        (await collect(store.readStream('automaker-a', { from: 1, limit: 2 }))).map(
          ({ revision }) => revision,
        ),
      ).toEqual([1, 2]);
    });
  });

  it('a long stream that is hidden is read in few calls, whatever lies between its events', async () => {
    const own = someEvents(1200);
    for (let k = 0; k < 12; k++) {
      await store.append(
        'automaker-a',
        k === 0 ? 'no-stream' : 100 * k - 1,
        own.slice(100 * k, 100 * k + 100),
      );
      await store.append('automaker-b', k === 0 ? 'no-stream' : k - 1, someEvents(1));
      if (k === 5) await store.append('automaker-c', 'no-stream', someEvents(700));
    }
    double.log.delete(ledger.onServer('automaker-a'));
    await reopened();
    let calls = 0;
    double.faults = ({ kind }) => {
      if (kind === 'read') calls++;
      return undefined;
    };
    const found = await collect(store.readStream('automaker-a'));
    expect(found.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
    expect(calls).toBeLessThan(12);
  });

  describe('an event of another program in one of our streams', () => {
    const bodyWith = (over: object) => {
      const { id: _id, type: _type, ...body } = someEvents(1)[0] as NewEvent;
      return JSON.stringify({ ...body, ...over });
    };
    const foreign = (data: string, isJson = true) => ({
      id: randomUUID(),
      type: 'MarketEntered',
      isJson,
      data: Buffer.from(data),
      metadata: new Uint8Array(),
    });

    it.each([
      ['is no JSON', foreign('\u0000\u0001', false)],
      ['is malformed JSON', foreign('{"a":')],
      ['is JSON of another form', foreign('{"hello":"world"}')],
      ['is a list', foreign('[1,2]')],
      ['is null', foreign('null')],
      ['has data of another type', foreign(bodyWith({ data: { market: 5 } }))],
      ['has data of fields that its type does not have', foreign(bodyWith({ data: { name: 'BYD' } }))],
      ['has no data', foreign(bodyWith({ data: null }))],
      ['has a list as data', foreign(bodyWith({ data: [] }))],
      ['has no evidence', foreign(bodyWith({ evidence: undefined }))],
      ['has evidence that is none', foreign(bodyWith({ evidence: [null, 5] }))],
      ['happened on no day', foreign(bodyWith({ occurredOn: 'never' }))],
      ['was recorded at no time', foreign(bodyWith({ recordedAt: 'yesterday' }))],
      ['has a version that is none', foreign(bodyWith({ version: '1' }))],
      ['has a character that PostgreSQL does not keep', foreign(bodyWith({ note: 'a\0b' }))],
    ])('keeps its place under a type that nobody knows where it %s', async (_, event) => {
      await store.append('automaker-a', 'no-stream', someEvents(1));
      double.log.append(ledger.onServer('automaker-a'), 0, [event]);
      await store.append('automaker-b', 'no-stream', someEvents(1));
      expect(await store.append('automaker-a', 1, someEvents(1))).toEqual({ revision: 2, position: 4 });
      const all = await collect(store.readAll());
      expect(all.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
      expect(all[1]).toMatchObject({
        type: 'not-of-a-ledger:MarketEntered',
        recordedBy: 'another program',
        data: {},
      });
      expect(await collect(store.readStream('automaker-a'))).toEqual(
        all.filter(({ stream }) => stream === 'automaker-a'),
      );
    });
  });

  it.each(['automaker-', 'automaker-Big Motors', 'market-zzz', 'automaker-a\0b', 'automaker-%'])(
    'a stream of another program, %j, is of no object, and lets the others go on',
    async (name) => {
      const { id, type, ...body } = someEvents(1)[0] as NewEvent;
      const data = Buffer.from(JSON.stringify(body));
      const event = { id, type: `${type}\0`, isJson: true, data, metadata: new Uint8Array() };
      double.log.append(ledger.onServer(name), 'no-stream', [event]);
      expect(await store.append('automaker-b', 'no-stream', someEvents(1))).toMatchObject({ position: 2 });
      const [first] = await collect(store.readAll());
      expect(first).toMatchObject({
        type: 'not-of-a-ledger:MarketEntered\uFFFD',
        recordedBy: 'another program',
      });
      expect(first?.stream).not.toContain('\0');
      expect(await collect(store.readStream(String(first?.stream)))).toEqual([first]);
      expect(await store.harmedStreams?.()).toEqual([]);
    },
  );

  it('an event of a newer release keeps its type', async () => {
    const { id, type, ...body } = someEvents(1)[0] as NewEvent;
    const newer = [{ ...body, version: 99, data: { market: 5 } }, body].map((each, index) => ({
      id: index === 0 ? id : randomUUID(),
      type: index === 0 ? type : 'FactoryPainted',
      isJson: true,
      data: Buffer.from(JSON.stringify(each)),
      metadata: new Uint8Array(),
    }));
    double.log.append(ledger.onServer('automaker-a'), 'no-stream', newer);
    await store.append('automaker-b', 'no-stream', someEvents(1));
    expect((await collect(store.readAll())).map((event) => event.type)).toEqual([
      'MarketEntered',
      'FactoryPainted',
      'MarketEntered',
    ]);
  });

  describe('a log that is put back to an older state', () => {
    beforeEach(() => store.append('automaker-a', 'no-stream', someEvents(5)));

    it('is found by a node that runs, which then records nothing and says so', async () => {
      double.log.cutOff(3);
      double.dropConnections();
      for (;;) {
        const failure: unknown = await store.head().then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure instanceof LedgerReplaced) break;
      }
      await expect(store.append('automaker-b', 'no-stream', someEvents(1))).rejects.toBeInstanceOf(
        LedgerReplaced,
      );
      expect(double.log.events).toHaveLength(3);
    });

    it('is found also where others have recorded in it again', async () => {
      double.log.cutOff(3);
      double.log.append(ledger.onServer('automaker-z'), 'no-stream', [
        { id: randomUUID(), type: 'X', isJson: true, data: Buffer.from('{}'), metadata: new Uint8Array() },
        { id: randomUUID(), type: 'X', isJson: true, data: Buffer.from('{}'), metadata: new Uint8Array() },
      ]);
      double.dropConnections();
      for (;;) {
        const failure: unknown = await store.head().then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure instanceof LedgerReplaced) break;
      }
      await expect(store.append('automaker-a', 4, someEvents(1))).rejects.toThrow(/another one than before/);
    });
  });
});
