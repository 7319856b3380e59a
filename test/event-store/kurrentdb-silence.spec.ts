import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { StoreUnreachable, type EventStore } from '../../src/event-store/event-store.js';
import { collect, someEvents } from './events.js';
import { DoubleCluster, KurrentDouble } from './kurrentdb-double/double.js';
import { TestLedger } from './kurrentdb-server.js';
import { describeOnDouble } from './ledger-place.js';
import { SilentProxy } from './silent-proxy.js';

jest.setTimeout(120_000);

/** Maximum recovery time of a client once there is a leader, in milliseconds. */
const RECOVERY_MS = 15_000;

describeOnDouble('a cluster of doubles', () => {
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

  /** Retries to record and read, and returns the milliseconds until everything worked. */
  async function untilAllWorks(): Promise<number> {
    const since = Date.now();
    for (;;) {
      try {
        const revision = (await collect(store.readStream('automaker-a'))).length - 1;
        await store.append('automaker-a', revision, someEvents(1));
        return Date.now() - since;
      } catch (error) {
        if (!(error instanceof StoreUnreachable) || Date.now() - since > 30_000) throw error;
      }
    }
  }

  it('is found when the leader dies and its old gossip lives on', async () => {
    cluster.gossipIsOld = true;
    await node(0).stop();
    setTimeout(() => {
      cluster.leader = node(2);
      cluster.gossipIsOld = false;
    }, 1000);
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS + 1000);
  });

  it('is waited for through an election in which no node is ready', async () => {
    cluster.leader = undefined;
    await node(0).stop();
    setTimeout(() => (cluster.leader = node(1)), 1500);
    expect(await untilAllWorks()).toBeLessThan(RECOVERY_MS + 1500);
  });

  it('gets its clients back whole: replaced many times, they leave nothing behind', async () => {
    const rounds = Number(process.env['CLIENT_REPLACEMENTS'] ?? 20);
    const open = () => cluster.nodes.reduce((sum, each) => sum + each.connections, 0);
    for (let round = 0; round < rounds; round++) {
      cluster.leader = node(round % 3);
      for (const each of cluster.nodes) each.dropConnections();
      await untilAllWorks();
    }
    // The connections of one client: a channel for calls, and those of its native reader.
    expect(open()).toBeLessThan(12);
  });
});

describeOnDouble('a server that is slow', () => {
  it('is followed page by page, each as long as what comes in time', async () => {
    const double = await KurrentDouble.start();
    const ledger = new TestLedger(double.url);
    let store = await ledger.open({ timeoutMs: 30_000 });
    const events = someEvents(600);
    await store.append('automaker-a', 'no-stream', events);
    await store.close();
    rmSync(join(ledger.directory, 'kurrentdb-positions.sqlite'));
    double.faults = ({ kind }) => (kind === 'read' ? { kind: 'slow', ms: 5 } : undefined);
    store = await ledger.open();
    expect((await collect(store.readAll())).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(await collect(store.readStream('automaker-a'))).toHaveLength(600);
    await store.close();
    await double.stop();
    ledger.dispose();
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describeOnDouble('a server that cannot be used at the start', () => {
  it('is let alone once that was said', async () => {
    const double = await KurrentDouble.start();
    const ledger = new TestLedger(double.url);
    double.faults = ({ kind }) => (kind === 'read' ? { kind: 'refuse' } : undefined);
    await expect(ledger.open({ timeoutMs: 1500 })).rejects.toBeInstanceOf(StoreUnreachable);
    // Lets calls arrive that were already under way.
    await pause(1000);
    const { length } = double.calls;
    await pause(3000);
    expect(double.calls).toHaveLength(length);
    await double.stop();
    ledger.dispose();
  });
});

describeOnDouble('a server that does not answer', () => {
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
    // The client's own keep-alive probe comes too late to help.
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
