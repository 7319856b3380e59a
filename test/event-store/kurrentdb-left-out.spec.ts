import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { LedgerReplaced, type EventStore } from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { TestLedger } from './kurrentdb-server.js';

jest.setTimeout(60_000);

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('an event that the subscription leaves out, while it goes on with events of other streams', () => {
  let double: KurrentDouble;
  let ledger: TestLedger;
  let store: EventStore;

  beforeEach(async () => {
    double = await KurrentDouble.start();
    ledger = new TestLedger(double.url);
    store = await ledger.open();
    for (const stream of ['automaker-a', 'automaker-b'])
      await store.append(stream, 'no-stream', someEvents(1));
    await store.close();
    const subscription = { isFirst: true };
    double.faults = ({ kind }) => {
      if (kind !== 'subscribe' || !subscription.isFirst) return undefined;
      subscription.isFirst = false;
      return { kind: 'skip', message: 0 };
    };
    store = await ledger.open();
    // Events before the subscription are counted from pages, which never omit any.
    while (subscription.isFirst) await pause();
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
    ledger.dispose();
  });

  /** Another node records in a stream. */
  function recordedElsewhere(stream: string, head: number): void {
    const [event] = someEvents(1);
    const data = Buffer.from(JSON.stringify(event));
    double.log.append(ledger.onServer(stream), head, [
      {
        id: event?.id ?? randomUUID(),
        type: event?.type ?? '',
        isJson: true,
        data,
        metadata: new Uint8Array(),
      },
    ]);
  }

  /** Expects the positions that a node would count if no event had ever been omitted. */
  async function isCountedAnewAtTheNextStart(): Promise<void> {
    await expect(store.append('automaker-b', 1, someEvents(1))).rejects.toBeInstanceOf(LedgerReplaced);
    await expect(store.head()).rejects.toThrow(/left event 1 of automaker-a out.*after position 2\. Start/);
    await store.close();
    store = await ledger.open();
    const counted = await collect(store.readAll());
    expect(counted.map(({ id }) => id)).toEqual(double.log.events.map(({ id }) => id));
    expect(counted.map(({ position }) => position)).toEqual(counted.map((_, index) => index + 1));
    const other = new TestLedger(double.url);
    const fresh = await other.open({ streamPrefix: ledger.streamPrefix });
    expect(await collect(fresh.readAll())).toEqual(counted);
    await fresh.close();
    other.dispose();
    expect(await store.append('automaker-b', 1, someEvents(1))).toMatchObject({
      position: counted.length + 1,
    });
  }

  it('is found by its writer, who is told of it in time', async () => {
    const waiting = store.append('automaker-a', 0, someEvents(1));
    const told = expect(waiting).rejects.toBeInstanceOf(LedgerReplaced);
    while (double.log.events.length < 3) await pause();
    await store.append('automaker-b', 0, someEvents(1));
    await told;
    await isCountedAnewAtTheNextStart();
  });

  it('is found by a reader of its stream, where another node has recorded it', async () => {
    recordedElsewhere('automaker-a', 0);
    await store.append('automaker-b', 0, someEvents(1));
    await expect(collect(store.readStream('automaker-a'))).rejects.toBeInstanceOf(LedgerReplaced);
    await isCountedAnewAtTheNextStart();
  });

  it('is found by the next event of its stream', async () => {
    recordedElsewhere('automaker-a', 0);
    await store.append('automaker-b', 0, someEvents(1));
    recordedElsewhere('automaker-a', 1);
    for (;;) {
      const failure: unknown = await store.head().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure instanceof LedgerReplaced) break;
      await pause();
    }
    await isCountedAnewAtTheNextStart();
  });

  it('is told to whoever asks for the end of the ledger while it is being found', async () => {
    recordedElsewhere('automaker-a', 0);
    await store.append('automaker-b', 0, someEvents(1));
    // The search for the event begins first, so it has its answer before the end of the ledger is known.
    double.faults = ({ kind }) => (kind === 'read' ? { kind: 'delay', ms: 300 } : undefined);
    recordedElsewhere('automaker-a', 1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await expect(store.head()).rejects.toBeInstanceOf(LedgerReplaced);
    // A promise that nobody handles would end the process, and fails this test.
    await pause();
  });
});
