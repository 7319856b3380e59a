import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { StoreUnreachable } from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { TestLedger } from './kurrentdb-server.js';

jest.setTimeout(60_000);

const OTHERS = 2000;

describe('a server that keeps much that is not of the ledger', () => {
  let double: KurrentDouble;
  let ledger: TestLedger;

  beforeEach(async () => {
    double = await KurrentDouble.start();
    ledger = new TestLedger(double.url);
  });
  afterEach(async () => {
    await double.stop();
    ledger.dispose();
  });

  function othersWrite(): void {
    const [type, isJson, data, metadata] = ['Other', false, new Uint8Array(), new Uint8Array()] as const;
    const events = Array.from({ length: OTHERS }, () => ({ id: randomUUID(), type, isJson, data, metadata }));
    double.log.append('of-others', 'any', events);
  }

  /** Number of foreign events that the server examines to find the end of the ledger. */
  async function lookedAtForTheEnd(store: { head(): Promise<number> }): Promise<number> {
    const { looked } = double;
    await store.head();
    return double.looked - looked;
  }

  it('looks through it once, not whenever somebody asks for the end of the ledger', async () => {
    othersWrite();
    double.lookMs = 0.1;
    const store = await ledger.open();
    await store.append('automaker-a', 'no-stream', someEvents(2));
    othersWrite();
    await lookedAtForTheEnd(store);
    await lookedAtForTheEnd(store);
    expect(await lookedAtForTheEnd(store)).toBeLessThan(10);
    othersWrite();
    await store.append('automaker-a', 1, someEvents(1));
    expect(await store.head()).toBe(3);
    await store.close();
  });

  it.each([0, 3])(
    'is waited for at the start, however long it takes, behind %i events of ours',
    async (ours) => {
      const before = await ledger.open();
      if (ours > 0) await before.append('automaker-a', 'no-stream', someEvents(ours));
      await before.close();
      othersWrite();
      // Longer than all attempts of a read together.
      double.lookMs = 2.5;
      const store = await ledger.open({ timeoutMs: 3000 });
      expect(await store.head()).toBe(ours);
      expect(await collect(store.readAll())).toHaveLength(ours);
      await store.close();
    },
  );

  it('takes nobody the connection while it looks', async () => {
    const store = await ledger.open({ timeoutMs: 3000 });
    othersWrite();
    double.lookMs = 2.5;
    const looking = store.head();
    await expect(looking).rejects.toBeInstanceOf(StoreUnreachable);
    double.lookMs = 0;
    await store.append('automaker-a', 'no-stream', someEvents(1));
    expect(ledger.troubles).toEqual([]);
    await store.close();
  });
});
