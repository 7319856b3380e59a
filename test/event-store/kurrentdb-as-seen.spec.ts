import type { EventStore } from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { TestLedger } from './kurrentdb-server.js';

describe('a decision on what this node has seen', () => {
  let double: KurrentDouble;
  let ledger: TestLedger;
  let store: EventStore;
  let other: TestLedger;
  let others: EventStore;

  beforeAll(async () => {
    double = await KurrentDouble.start();
    ledger = new TestLedger(double.url);
    store = await ledger.open();
    other = new TestLedger(double.url);
    others = await other.open({ streamPrefix: ledger.streamPrefix });
  });
  afterAll(async () => {
    await store.close();
    await others.close();
    await double.stop();
    ledger.dispose();
    other.dispose();
  });

  const seen = (stream: string, from = 0) => collect(store.readStream(stream, { from, asSeen: true }));
  const reads = () => double.calls.filter(({ kind }) => kind === 'read').length;

  it('asks the server for nothing', async () => {
    const events = someEvents(3);
    await store.append('automaker-a', 'no-stream', events);
    const before = reads();
    expect(await seen('automaker-a', 3)).toEqual([]);
    expect((await seen('automaker-a', 1)).map(({ id }) => id)).toEqual(events.slice(1).map(({ id }) => id));
    expect(await seen('automaker-none')).toEqual([]);
    expect(reads()).toBe(before);
  });

  it('knows after a conflict what another node recorded', async () => {
    await store.append('automaker-b', 'no-stream', someEvents(1));
    const events = someEvents(2);
    await others.append('automaker-b', 0, events);
    for (
      let revision = (await seen('automaker-b')).length - 1;
      ;
      revision = (await seen('automaker-b')).length - 1
    ) {
      const failure = await store.append('automaker-b', revision, someEvents(1)).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) break;
      expect(failure).toMatchObject({ name: 'WrongExpectedRevision', actual: 2 });
      expect((await seen('automaker-b')).slice(1).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    }
    expect(await seen('automaker-b')).toHaveLength(4);
  });

  it('reads from the server what is not at hand', async () => {
    await store.append('automaker-c', 'no-stream', someEvents(200));
    expect(await seen('automaker-c')).toHaveLength(200);
  });
});
