import { jest } from '@jest/globals';
import {
  EventStoreClosed,
  LedgerReplaced,
  StoreUnreachable,
  WrongExpectedRevision,
  type EventStore,
} from '../../src/event-store/event-store.js';
import type { NewEvent, RecordedEvent } from '../../src/domain/ledger/event.js';
import { collect, someEvent } from './events.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { randomFaults, seeded } from './kurrentdb-double/faults.js';
import { TestLedger } from './kurrentdb-server.js';

jest.setTimeout(600_000);

const APPENDS = Number(process.env['KURRENTDB_FAULT_APPENDS'] ?? 240);
const SEED = Number(process.env['KURRENTDB_FAULT_SEED'] ?? 20_251);
const WRITERS = 16;
/** Share of calls that fail, approximately. */
const SHARE = Number(process.env['KURRENTDB_FAULT_SHARE'] ?? 0.02);

/** A node that is restarted after it miscounted, as the error tells its operator. */
class Node {
  restarts = 0;
  private starting: Promise<EventStore>;

  constructor(private readonly ledger: TestLedger) {
    this.starting = this.start();
  }

  get store(): Promise<EventStore> {
    return this.starting;
  }

  /** Resolves when a new store has replaced the failed one. */
  async restarted(failed: EventStore): Promise<void> {
    const known = this.starting;
    // Another caller may already have started the restart.
    if ((await known) !== failed || this.starting !== known) {
      await this.starting;
      return;
    }
    this.restarts++;
    this.starting = failed.close().then(() => this.start());
    await this.starting;
  }

  private async start(): Promise<EventStore> {
    for (;;) {
      try {
        return await this.ledger.open({ timeoutMs: 5000 });
      } catch (error) {
        if (!(error instanceof StoreUnreachable)) throw error;
      }
    }
  }
}

/** Appends events one after the other to its own stream and to a shared one, whatever fails. */
async function write(node: Node, writer: number, appends: number, shared: string): Promise<NewEvent[]> {
  const random = seeded(SEED + writer);
  const acknowledged: NewEvent[] = [];
  const heads = new Map<string, number>();
  for (let count = 0; count < appends; count++) {
    const stream = random() < 0.8 ? `automaker-w${writer}` : shared;
    const event = someEvent({ note: `writer ${writer}, event ${count}` });
    for (;;) {
      const head = heads.get(stream) ?? -1;
      const store = await node.store;
      try {
        const { revision } = await store.append(stream, head < 0 ? 'no-stream' : head, [event]);
        heads.set(stream, revision);
        acknowledged.push(event);
        break;
      } catch (error) {
        // Another writer was faster: decide again. Unknown outcome: retry with the same id and revision.
        if (error instanceof WrongExpectedRevision) heads.set(stream, revisionOf(error.actual));
        else if (error instanceof LedgerReplaced || error instanceof EventStoreClosed)
          await node.restarted(store);
        else if (!(error instanceof StoreUnreachable)) throw error;
      }
    }
  }
  return acknowledged;
}

const revisionOf = (actual: number | 'no-stream'): number => (actual === 'no-stream' ? -1 : actual);

/**
 * Follows the ledger from the start, with repeated kills and resumes. Discards events from a node that
 * miscounted, from the place where the restarted node recounts.
 */
async function follow(node: Node, wanted: Promise<number>): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  let store = await node.store;
  let total = Infinity;
  void wanted.then((count) => (total = count));
  const random = seeded(SEED);
  while (seen.length < total) {
    const kill = new AbortController();
    const budget = 1 + Math.floor(random() * 400);
    const timer = setInterval(() => seen.length >= total && kill.abort(), 20);
    let handled = 0;
    const current = await node.store;
    if (current !== store) {
      const counted = await collect(current.readAll());
      while (seen.length > 0 && counted[seen.length - 1]?.id !== seen.at(-1)?.id) seen.pop();
      store = current;
    }
    for await (const batch of store.subscribe({
      after: seen.at(-1)?.position ?? 0,
      batchSize: 50,
      signal: kill.signal,
    })) {
      seen.push(...batch);
      handled += batch.length;
      if (handled >= budget) kill.abort();
    }
    clearInterval(timer);
  }
  return seen;
}

describe.each([
  ['BatchAppend', true],
  ['Append', false],
])('a server on which everything goes wrong now and then, through %s', (path, batchAppend) => {
  let double: KurrentDouble;
  let ledger: TestLedger;
  beforeEach(async () => {
    double = await KurrentDouble.start({ batchAppend });
    ledger = new TestLedger(double.url);
  });
  afterEach(async () => {
    await double.stop();
    ledger.dispose();
  });

  it(`loses nothing of ${APPENDS} appends by ${WRITERS} writers, records nothing twice, keeps the order, and tells it to every subscriber`, async () => {
    const faults = randomFaults(SEED, SHARE);
    const met = new Map<string, number>();
    double.faults = (call) => {
      const fault = faults(call);
      if (fault) {
        const name = `${call.kind}: ${fault.kind}`;
        met.set(name, (met.get(name) ?? 0) + 1);
      }
      return fault;
    };
    const node = new Node(ledger);
    const started = Date.now();
    let finish: (count: number) => void = () => undefined;
    const wanted = new Promise<number>((resolve) => (finish = resolve));
    const following = follow(node, wanted);
    const each = Math.ceil(APPENDS / WRITERS);
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(node, writer, each, 'market-NO'));
    const acknowledged = (await Promise.all(writers)).flat();
    finish(acknowledged.length);
    const seen = await following;
    double.faults = undefined;
    const store = await node.store;

    const all = await collect(store.readAll());
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(acknowledged.map(({ id }) => id)));
    expect(all.map(({ position }) => position)).toEqual(ids.map((_, index) => index + 1));
    expect(ids).toEqual(double.log.events.map(({ id }) => id));
    const heads = new Map<string, number>();
    for (const { stream, revision } of all) {
      expect(revision).toBe((heads.get(stream) ?? -1) + 1);
      heads.set(stream, revision);
    }
    expect(seen).toEqual(all);
    await store.close();
    await double.isIdle();
    if (process.env['KURRENTDB_FAULT_APPENDS'] !== undefined) {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(
        `${path}: ${all.length} events of ${acknowledged.length} acknowledged appends by ${WRITERS} writers in ${seconds} s; ${heads.size} streams, ${ledger.troubles.length} troubles dealt with, ${node.restarts} restarts; faults: ${[...met].map(([name, count]) => `${name} ${count}`).join(', ')}\n`,
      );
    }
  });
});
