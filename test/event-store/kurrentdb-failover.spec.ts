import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { StoreUnreachable, type EventStore } from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';
import { DoubleCluster, type KurrentDouble } from './kurrentdb-double/double.js';
import { TestLedger } from './kurrentdb-server.js';
import { SilentProxy } from './silent-proxy.js';

jest.setTimeout(90_000);

/** What a client may wait for after a leader is there, in milliseconds. */
const RECOVERY_MS = 10_000;

describe('a cluster of three', () => {
  let cluster: DoubleCluster;
  let ledger: TestLedger;
  let store: EventStore;

  beforeEach(async () => {
    cluster = await DoubleCluster.start(3);
    ledger = new TestLedger(cluster.url);
    store = await ledger.open();
    await store.append('automaker-a', 'no-stream', someEvents(1));
    await collect(store.readStream('automaker-a'));
  });
  afterEach(async () => {
    await store.close();
    await cluster.stop();
    ledger.dispose();
  });

  const node = (index: number): KurrentDouble => {
    const found = cluster.nodes[index];
    if (!found) throw new Error(`there is no node ${index}`);
    return found;
  };

  /** Records, reads and follows, as often as it takes, and answers after how many milliseconds all of it worked. */
  async function untilAllWorks(): Promise<number> {
    const since = Date.now();
    for (;;) {
      try {
        const revision = (await collect(store.readStream('automaker-a'))).length - 1;
        await store.append('automaker-a', revision, someEvents(1));
        expect(await collect(store.readStream('automaker-a'))).toHaveLength(revision + 2);
        expect(await store.head()).toBe((await collect(store.readAll())).length);
        return Date.now() - since;
      } catch (error) {
        if (!(error instanceof StoreUnreachable) || Date.now() - since > 30_000) throw error;
      }
    }
  }

  it('goes on when the leader dies for good', async () => {
    cluster.leader = node(1);
    await node(0).stop();
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS);
  });

  it('goes on when the leader dies and its old gossip lives on', async () => {
    cluster.gossipIsOld = true;
    await node(0).stop();
    setTimeout(() => {
      cluster.leader = node(2);
      cluster.gossipIsOld = false;
    }, 1000);
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS + 1000);
  });

  it('goes on when a follower dies for good', async () => {
    await node(2).stop();
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS);
  });

  it('waits out an election in which no node is ready', async () => {
    cluster.leader = undefined;
    await node(0).stop();
    setTimeout(() => (cluster.leader = node(1)), 1500);
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS + 1500);
  });

  it('goes on when two nodes are away and one comes back', async () => {
    cluster.leader = undefined;
    await node(0).stop();
    await node(1).stop();
    await expect(store.append('automaker-a', 0, someEvents(1))).rejects.toBeInstanceOf(StoreUnreachable);
    await node(1).restart();
    cluster.leader = node(1);
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS);
  });

  it('goes on when all come back under other roles', async () => {
    for (const each of cluster.nodes) await each.stop();
    cluster.leader = undefined;
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnreachable);
    for (const each of cluster.nodes) await each.restart();
    cluster.leader = node(2);
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS);
  });

  it('gives a client back whole: replaced many times, it leaves nothing behind', async () => {
    const rounds = Number(process.env['CLIENT_REPLACEMENTS'] ?? 20);
    const open = () => cluster.nodes.reduce((sum, each) => sum + each.connections, 0);
    for (let round = 0; round < rounds; round++) {
      cluster.leader = node(round % 3);
      for (const each of cluster.nodes) each.dropConnections();
      await untilAllWorks();
    }
    // One client: a channel for calls, and connections of its native reader.
    expect(open()).toBeLessThan(12);
  });
});

describe('a server that does not answer', () => {
  it('is waited for no longer than the time there is, attempts again included', async () => {
    const cluster = await DoubleCluster.start(1);
    const ledger = new TestLedger(cluster.url);
    const store = await ledger.open({ timeoutMs: 4000 });
    await store.append('automaker-a', 'no-stream', someEvents(1));
    for (const each of cluster.nodes) each.faults = () => ({ kind: 'silence' });
    const since = Date.now();
    const answers = await Promise.allSettled([
      ...Array.from({ length: 30 }, (_, index) =>
        store.append(`automaker-s${index}`, 'no-stream', someEvents(1)),
      ),
      collect(store.readStream('automaker-a')),
      store.head(),
    ]);
    expect(Date.now() - since).toBeLessThan(12_000);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnreachable' } });
    for (const each of cluster.nodes) each.faults = undefined;
    await store.append('automaker-a', 0, someEvents(1));
    await store.close();
    await cluster.stop();
    ledger.dispose();
  });

  it.each([
    ['connections fall silent and new ones pass', 'old'],
    ['nothing passes for a while', 'all'],
  ] as const)('is found again behind a network where %s', async (_, silence) => {
    const cluster = await DoubleCluster.start(1);
    const proxy = await SilentProxy.start(cluster.nodes[0]?.port ?? 0);
    // The client's own look at its connection comes too late to help.
    const ledger = new TestLedger(`kurrentdb://127.0.0.1:${proxy.port}?tls=false&keepAliveInterval=3600000`);
    const store = await ledger.open();
    await store.append('automaker-a', 'no-stream', someEvents(1));
    await collect(store.readStream('automaker-a'));
    proxy.silence(silence);
    if (silence === 'all') {
      await expect(store.append('automaker-a', 0, someEvents(1))).rejects.toBeInstanceOf(StoreUnreachable);
      proxy.open();
    }
    const since = Date.now();
    const id = randomUUID();
    const events = someEvents(1).map((event) => ({ ...event, id }));
    for (;;) {
      try {
        const found = await collect(store.readStream('automaker-a'));
        // An append that timed out may have been written.
        if (!found.some((event) => event.id === id))
          await store.append('automaker-a', found.length - 1, events);
        break;
      } catch (error) {
        if (Date.now() - since > 60_000) throw error;
      }
    }
    expect((await collect(store.readStream('automaker-a'))).filter((event) => event.id === id)).toHaveLength(
      1,
    );
    await store.close();
    await proxy.stop();
    await cluster.stop();
    ledger.dispose();
  });
});
