import { jest } from '@jest/globals';
import { StoreUnreachable, type EventStore } from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';
import { TestLedger } from './kurrentdb-server.js';
import { startCluster, type TestCluster } from './test-cluster.js';

jest.setTimeout(480_000);

/**
 * Maximum recovery time of a client once there is a leader, in milliseconds: five seconds, plus time for a
 * busy machine.
 */
const RECOVERY_MS = 15_000;

describe('a cluster of three', () => {
  let cluster: TestCluster;
  let ledger: TestLedger;
  let store: EventStore;
  const recorded: string[] = [];

  beforeEach(async () => {
    cluster = await startCluster();
    ledger = new TestLedger(cluster.url);
    store = await ledger.open();
    recorded.length = 0;
    await record('no-stream');
    await collect(store.readStream('automaker-a'));
  });
  afterEach(async () => {
    expect((await collect(store.readAll())).map(({ id }) => id)).toEqual(recorded);
    await store.close();
    await cluster.stop();
    ledger.dispose();
  });

  async function record(expected: number | 'no-stream'): Promise<void> {
    const events = someEvents(1);
    await store.append('automaker-a', expected, events);
    recorded.push(...events.map(({ id }) => id));
  }

  /** Retries to record, read and follow, and returns the milliseconds until everything worked. */
  async function untilAllWorks(): Promise<number> {
    const since = Date.now();
    for (;;) {
      try {
        const before = await collect(store.readStream('automaker-a'));
        // An append with an unknown outcome may have been written.
        recorded.splice(0, Infinity, ...before.map(({ id }) => id));
        await record(before.length - 1);
        expect(await collect(store.readStream('automaker-a'))).toHaveLength(before.length + 1);
        expect(await store.head()).toBe((await collect(store.readAll())).length);
        return Date.now() - since;
      } catch (error) {
        if (!(error instanceof StoreUnreachable) || Date.now() - since > 60_000) throw error;
      }
    }
  }

  /** Waits for a leader, and until the client has found it. */
  async function goesOn(): Promise<void> {
    await cluster.leader();
    const waited = await untilAllWorks();
    if (process.env['KURRENTDB_KILL_NODE'] !== undefined)
      process.stdout.write(`all works ${waited} ms after the nodes agreed on a leader\n`);
    expect(waited).toBeLessThan(RECOVERY_MS);
  }

  it('goes on when the leader dies for good', async () => {
    await cluster.kill(await cluster.leader());
    await goesOn();
  });

  it('records again during the election already, by the first call that comes after it', async () => {
    await cluster.kill(await cluster.leader());
    expect(await untilAllWorks()).toBeLessThan(60_000);
  });

  it('goes on when a follower dies for good', async () => {
    await cluster.kill(((await cluster.leader()) + 1) % 3);
    await goesOn();
  });

  it('goes on when two nodes are away and one comes back', async () => {
    const leader = await cluster.leader();
    const other = (leader + 1) % 3;
    await cluster.kill(leader);
    await cluster.kill(other);
    await expect(store.append('automaker-a', 0, someEvents(1))).rejects.toBeInstanceOf(StoreUnreachable);
    await cluster.start(other);
    await goesOn();
  });

  it('goes on when all come back under other roles', async () => {
    const leader = await cluster.leader();
    for (const node of [leader, (leader + 1) % 3, (leader + 2) % 3]) await cluster.kill(node);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnreachable);
    for (const node of [(leader + 2) % 3, (leader + 1) % 3, leader]) await cluster.start(node);
    await goesOn();
  });
});
