import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import {
  AppendTooLarge,
  EventIdInUse,
  EventTooLarge,
  StoreUnreachable,
  WrongExpectedRevision,
  type EventStore,
} from '../../src/event-store/event-store.js';
import {
  connectionStringFault,
  credentialsAreIgnored,
  ownConnection,
} from '../../src/event-store/kurrentdb/url.js';
import type { KurrentOptions } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { collect, someEvent, someEvents } from './events.js';
import { DoubleCluster, KurrentDouble } from './kurrentdb-double/double.js';
import type { CallKind, Fault } from './kurrentdb-double/faults.js';
import { TestLedger } from './kurrentdb-server.js';

jest.setTimeout(60_000);

const PEM = fileURLToPath(new URL('./kurrentdb-double/', import.meta.url));

describe.each([
  ['BatchAppend', true],
  ['Append', false],
])('what the client and the server do not say, through %s', (_, batchAppend) => {
  let double: KurrentDouble;
  let ledger: TestLedger;
  let store: EventStore;

  beforeAll(async () => {
    double = await KurrentDouble.start({ batchAppend });
  });
  afterAll(() => double.stop());
  beforeEach(async () => {
    ledger = new TestLedger(double.url);
    store = await ledger.open();
  });
  afterEach(async () => {
    double.faults = undefined;
    await store.close();
    ledger.dispose();
  });

  /** Makes the next call of a kind fail. */
  function nextFault(kind: CallKind, fault: Fault): void {
    double.faults = (call) => {
      if (call.kind !== kind) return undefined;
      double.faults = undefined;
      return fault;
    };
  }

  const reopened = async (options: Partial<KurrentOptions> = {}) => {
    await store.close();
    store = await ledger.open(options);
  };

  const everything = () => collect(store.readAll());

  it('revision 0 is an exact expectation, and a conflict has a message that says what stands where', async () => {
    await store.append('automaker-a', 'no-stream', someEvents(1));
    await store.append('automaker-a', 0, someEvents(1));
    const conflict = store.append('automaker-a', 0, someEvents(1));
    await expect(conflict).rejects.toMatchObject({ expected: 0, actual: 1 });
    await expect(conflict).rejects.toThrow('automaker-a was expected at revision 0 but is at revision 1');
  });

  it.each<[string, Fault]>([
    ['the server gives the write up, which happened all the same', { kind: 'time-out', written: true }],
    ['the server gives the write up, and it did not happen', { kind: 'time-out', written: false }],
    ['the answer is lost with the connection', { kind: 'lose-answer' }],
    ['the connection breaks before the write', { kind: 'drop', after: 0 }],
    ['the server is not ready', { kind: 'refuse' }],
    ['the server takes the write and never answers', { kind: 'silence' }],
    ['the answer comes after the time', { kind: 'late', ms: 2600 }],
  ])('an append is recorded once where %s', async (_case, fault) => {
    await store.append('automaker-a', 'no-stream', someEvents(1));
    const events = someEvents(2);
    nextFault('append', fault);
    const appended = await store.append('automaker-a', 0, events);
    expect(appended).toEqual({ revision: 2, position: 3 });
    expect((await everything()).map(({ id }) => id).slice(1)).toEqual(events.map(({ id }) => id));
    // The answer stays the same later and on repeated retries.
    await store.append('automaker-a', 2, someEvents(1));
    expect(await store.append('automaker-a', 0, events)).toEqual(appended);
    await reopened();
    expect(await store.append('automaker-a', 0, events)).toEqual(appended);
  });

  it('an append of unknown outcome conflicts where somebody else stands in its place', async () => {
    const other = new TestLedger(double.url);
    const others = await other.open({ streamPrefix: ledger.streamPrefix });
    double.faults = ({ kind }) => (kind === 'append' ? { kind: 'time-out', written: false } : undefined);
    const append = store.append('automaker-a', 'no-stream', someEvents(1));
    append.catch(() => undefined);
    double.faults = undefined;
    nextFault('append', { kind: 'time-out', written: false });
    await others.append('automaker-a', 'no-stream', someEvents(2)).catch(() => undefined);
    const results = await Promise.allSettled([append]);
    const all = await everything();
    // Whichever came first, exactly one of the two is stored completely, and the other writer got an error.
    expect(all).toHaveLength(results[0].status === 'fulfilled' ? 1 : 2);
    await others.close();
    other.dispose();
  });

  it('gives up after some attempts and says that the outcome is unknown', async () => {
    double.faults = ({ kind }) => (kind === 'append' ? { kind: 'refuse' } : undefined);
    await expect(store.append('automaker-a', 'no-stream', someEvents(1))).rejects.toBeInstanceOf(
      StoreUnreachable,
    );
    double.faults = undefined;
    expect(await store.append('automaker-a', 'no-stream', someEvents(1))).toEqual({
      revision: 0,
      position: 1,
    });
  });

  it('an append fails with the one that it was built on, also where its revision is there by another writer', async () => {
    const other = new TestLedger(double.url);
    const others = await other.open({ streamPrefix: ledger.streamPrefix });
    await others.append('automaker-a', 'no-stream', someEvents(1));
    // Both were decided on an empty stream; the second expects the first one's event.
    const results = await Promise.allSettled([
      store.append('automaker-a', 'no-stream', someEvents(1)),
      store.append('automaker-a', 0, someEvents(1)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(results[1]).toMatchObject({ reason: expect.any(WrongExpectedRevision) });
    await others.close();
    other.dispose();
  });

  it('a stream that was deleted there is not begun again: the server would take it', async () => {
    await store.append('automaker-a', 'no-stream', someEvents(3));
    double.log.delete(ledger.onServer('automaker-a'));
    expect(await collect(store.readStream('automaker-a'))).toHaveLength(3);
    await expect(store.append('automaker-a', 'no-stream', someEvents(1))).rejects.toMatchObject({
      actual: 2,
    });
    // Its events are still in the ledger.
    expect(await everything()).toHaveLength(3);
  });

  it('a tombstone is told as what it is', async () => {
    await store.append('automaker-a', 'no-stream', someEvents(1));
    double.log.tombstone(ledger.onServer('automaker-a'));
    await expect(store.append('automaker-a', 0, someEvents(1))).rejects.toMatchObject({
      name: 'StreamDeleted',
    });
    expect(await collect(store.readStream('automaker-a'))).toHaveLength(1);
  });

  it('what is larger than the server takes at once is refused as a whole, by its limit or by ours', async () => {
    const half = () => someEvent({ note: 'x'.repeat(600_000) });
    await expect(store.append('automaker-a', 'no-stream', [half(), half()])).rejects.toBeInstanceOf(
      AppendTooLarge,
    );
    await reopened({ largestAppend: 4 * 1024 * 1024 });
    await expect(store.append('automaker-a', 'no-stream', [half(), half()])).rejects.toBeInstanceOf(
      EventTooLarge,
    );
    expect(await everything()).toEqual([]);
    // Two events that fit separately are not sent together.
    await reopened();
    await Promise.all([
      store.append('automaker-a', 'no-stream', [half()]),
      store.append('automaker-a', 0, [half()]),
    ]);
    expect(await everything()).toHaveLength(2);
  });

  it('one id goes to one stream only, also when both are asked for at the same moment', async () => {
    const event = someEvent();
    const results = await Promise.allSettled([
      store.append('automaker-a', 'no-stream', [event]),
      store.append('automaker-b', 'no-stream', [event]),
    ]);
    expect(results[1]).toMatchObject({ reason: expect.any(EventIdInUse) });
    expect(await everything()).toHaveLength(1);
  });

  it('refuses streams that its filter would never show again', async () => {
    await expect(store.append('dealer-a', 'no-stream', someEvents(1))).rejects.toBeInstanceOf(RangeError);
  });

  it('positions are 1, 2, 3 … on a sparse log that others write to as well, in reads of streams too', async () => {
    const client = KurrentDBClient.connectionString(double.url);
    const noise = () =>
      double.log.append(`other-${randomUUID()}`, 'no-stream', [
        { id: randomUUID(), type: 'x', isJson: true, data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
      ]);
    for (let revision = -1; revision < 4; revision++) {
      noise();
      await store.append('automaker-a', revision < 0 ? 'no-stream' : revision, someEvents(1));
    }
    const positions = (await collect(store.readStream('automaker-a'))).map(({ position }) => position);
    expect(positions).toEqual([1, 2, 3, 4, 5]);
    expect(await store.head()).toBe(5);
    await client.dispose();
  });

  it('a read that is accepted and never answered ends in time', async () => {
    await store.append('automaker-a', 'no-stream', someEvents(1));
    double.faults = ({ kind }) => (kind === 'read' ? { kind: 'silence' } : undefined);
    await expect(collect(store.readStream('automaker-a'))).rejects.toBeInstanceOf(StoreUnreachable);
  });

  it('a read is made again where the connection breaks midway', async () => {
    await store.append('automaker-a', 'no-stream', someEvents(40));
    nextFault('read', { kind: 'drop', after: 7 });
    expect(await collect(store.readStream('automaker-a'))).toHaveLength(40);
  });

  it.each<[string, Fault]>([
    ['brings everything twice', { kind: 'repeat' }],
    ['leaves one out', { kind: 'skip', message: 3 }],
    ['breaks', { kind: 'drop', after: 4 }],
    ['is confirmed and brings nothing', { kind: 'pause' }],
    ['is refused', { kind: 'refuse' }],
  ])('nothing is lost and nothing counted twice where the subscription %s', async (_case, fault) => {
    nextFault('subscribe', fault);
    await reopened({ timeoutMs: 5000 });
    const events = someEvents(10);
    const abort = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const batch of store.subscribe({ after: 0, signal: abort.signal })) {
        seen.push(...batch.map(({ id }) => id));
        if (seen.length >= 10) abort.abort();
      }
    })();
    for (const [index, event] of events.entries())
      await store.append('automaker-a', index === 0 ? 'no-stream' : index - 1, [event]);
    await following;
    expect(seen).toEqual(events.map(({ id }) => id));
    expect((await everything()).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('leaves no call open behind a subscriber that goes away, nor behind itself', async () => {
    await store.append('automaker-a', 'no-stream', someEvents(30));
    for await (const _event of store.readAll()) break;
    for await (const _batch of store.subscribe({
      after: 0,
      batchSize: 1,
      signal: new AbortController().signal,
    }))
      break;
    await store.close();
    await double.isIdle();
  });

  it.each([0, 1, 2])('ends at once, also where read %i from its start on is late', async (late) => {
    await store.append('automaker-a', 'no-stream', someEvents(5));
    let reads = 0;
    double.faults = ({ kind }) =>
      kind === 'read' && reads++ === late ? { kind: 'delay', ms: 500 } : undefined;
    await reopened();
    const since = Date.now();
    await store.close();
    expect(Date.now() - since).toBeLessThan(5000);
  });

  it('a connection that breaks under many large appends takes nothing down with it', async () => {
    await reopened({ timeoutMs: 10_000 });
    const appends = Array.from({ length: 30 }, (_each, index) =>
      store.append(`automaker-s${index}`, 'no-stream', [someEvent({ note: 'x'.repeat(100_000) })]),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    double.dropConnections();
    const results = await Promise.allSettled(appends);
    const recorded = results.filter(({ status }) => status === 'fulfilled').length;
    expect(await everything()).toHaveLength(recorded);
    expect(recorded).toBe(30);
  });

  describe('the index of positions', () => {
    const file = () => join(ledger.directory, 'kurrentdb-positions.sqlite');

    it('goes on where it was, and may be deleted at any time', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(5));
      const before = await everything();
      await reopened();
      expect(await everything()).toEqual(before);
      await store.close();
      rmSync(file());
      store = await ledger.open();
      await store.append('automaker-b', 'no-stream', someEvents(1));
      expect((await everything()).slice(0, 5)).toEqual(before);
      expect(await store.head()).toBe(6);
    });

    it('is made anew where the log is another one', async () => {
      await store.append('automaker-a', 'no-stream', someEvents(5));
      await store.close();
      const fresh = new TestLedger(double.url);
      store = await ledger.open({ streamPrefix: fresh.streamPrefix });
      expect(ledger.troubles.map(({ name }) => name)).toContain('LedgerReplaced');
      expect(await store.append('automaker-a', 'no-stream', someEvents(1))).toEqual({
        revision: 0,
        position: 1,
      });
      fresh.dispose();
    });

    it('belongs to one process; readers see what that one counts', async () => {
      await expect(ledger.open()).rejects.toMatchObject({ name: 'LedgerInUse' });
      const reader = await ledger.open({ readOnly: true });
      await store.append('automaker-a', 'no-stream', someEvents(3));
      expect(await reader.head()).toBe(3);
      expect((await collect(reader.readStream('automaker-a'))).map(({ position }) => position)).toEqual([
        1, 2, 3,
      ]);
      await expect(reader.append('automaker-a', 2, someEvents(1))).rejects.toThrow('for reading only');
      await reader.close();
    });
  });
});

describe('a cluster', () => {
  it('is followed to its new leader', async () => {
    const cluster = await DoubleCluster.start(2);
    const ledger = new TestLedger(cluster.url);
    const store = await ledger.open();
    await store.append('automaker-a', 'no-stream', someEvents(1));
    cluster.leader = cluster.nodes[1];
    expect(await store.append('automaker-a', 0, someEvents(1))).toEqual({ revision: 1, position: 2 });
    expect(await collect(store.readAll())).toHaveLength(2);
    expect(cluster.nodes[1]?.calls.some(({ kind }) => kind === 'append')).toBe(true);
    await store.close();
    await cluster.stop();
    ledger.dispose();
  });

  it('is asked with TLS and credentials as the connection string has them', async () => {
    const tls = { certificate: readFileSync(`${PEM}certificate.pem`), key: readFileSync(`${PEM}key.pem`) };
    const double = await KurrentDouble.start({ tls, credentials: 'ledger:s3cret@' });
    const at = `localhost:${double.port}?tlsCAFile=${encodeURIComponent(`${PEM}ca.pem`)}`;
    const ledger = new TestLedger(`kurrentdb://ledger:s3cret%40@${at}`);
    const store = await ledger.open();
    expect(await store.append('automaker-a', 'no-stream', someEvents(1))).toMatchObject({ position: 1 });
    expect(await collect(store.readStream('automaker-a'))).toHaveLength(1);
    await store.close();
    const wrong = new TestLedger(`kurrentdb://ledger:wrong@${at}`);
    await expect(wrong.open()).rejects.toThrow(
      /refuses the user of KURRENTDB_URL to read .*: its name or password is wrong, or/,
    );
    await double.stop();
    ledger.dispose();
    wrong.dispose();
  });
});

describe('a server that the client cannot use', () => {
  let double: KurrentDouble;
  afterEach(() => double.stop());
  const tls = () => ({
    certificate: readFileSync(`${PEM}certificate.pem`),
    key: readFileSync(`${PEM}key.pem`),
  });
  const opened = async (url: string): Promise<unknown> => {
    const ledger = new TestLedger(url);
    const failure: unknown = await ledger.open({ timeoutMs: 2000 }).then(
      (store) => store.close(),
      (error: unknown) => error,
    );
    ledger.dispose();
    return failure;
  };

  it('because the user may not read everything is found at the start, with the right that is missing', async () => {
    double = await KurrentDouble.start();
    double.forbidden.add('read');
    expect(await opened(double.url)).toMatchObject({
      name: 'StoreAccessRefused',
      message: expect.stringMatching(/refuses the user of KURRENTDB_URL to read .*acl\.readRoles/),
    });
  });

  it('because the user may not write says so of the append', async () => {
    double = await KurrentDouble.start();
    double.forbidden.add('append');
    const ledger = new TestLedger(double.url);
    const store = await ledger.open();
    await expect(store.append('automaker-a', 'no-stream', someEvents(1))).rejects.toThrow(
      /refuses the user of KURRENTDB_URL to write to automaker-a/,
    );
    await store.close();
    ledger.dispose();
  });

  describe('any more, because the right to read was taken away while it runs,', () => {
    let ledger: TestLedger;
    let store: EventStore;
    beforeEach(async () => {
      double = await KurrentDouble.start();
      ledger = new TestLedger(double.url);
      store = await ledger.open();
      await store.append('automaker-a', 'no-stream', someEvents(1));
    });
    afterEach(async () => {
      await store.close();
      ledger.dispose();
    });
    const forbid = () => {
      double.forbidden.add('read').add('subscribe');
      double.dropConnections();
    };
    const failureOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );

    it('is told at once, with the right that is missing, and goes on when it is given back', async () => {
      forbid();
      while (!ledger.troubles.some(({ name }) => name === 'StoreAccessRefused')) await sleep(20);
      const asked = Date.now();
      const refused = await failureOf(store.append('automaker-b', 'no-stream', someEvents(1)));
      expect(refused).toMatchObject({
        name: 'StoreAccessRefused',
        message: expect.stringMatching(/acl\.readRoles/),
      });
      expect(Date.now() - asked).toBeLessThan(1000);
      expect(double.log.events).toHaveLength(1);
      double.forbidden.clear();
      while ((await failureOf(store.append('automaker-b', 'no-stream', someEvents(1)))) !== undefined)
        await sleep(50);
      expect(await store.head()).toBe(2);
    });

    it('leaves what was under way unknown', async () => {
      double.faults = ({ kind }) => {
        if (kind !== 'append') return undefined;
        double.forbidden.add('read').add('subscribe');
        return { kind: 'lose-answer' };
      };
      const failed = await failureOf(store.append('automaker-a', 0, someEvents(1)));
      expect(failed).toMatchObject({
        name: 'StoreUnreachable',
        message: expect.stringMatching(/is unknown.*refuses the user/s),
      });
      expect(double.log.events).toHaveLength(2);
    });
  });

  it.each([
    ['nothing listens', /127\.0\.0\.1:1 refuses connections/, () => 'kurrentdb://127.0.0.1:1?tls=false'],
    ['it speaks no TLS', /does not speak TLS: add \?tls=false/, () => `kurrentdb://127.0.0.1:${double.port}`],
  ])('because %s is told with host and port', async (_, why, url) => {
    double = await KurrentDouble.start();
    expect(await opened(url())).toMatchObject({
      name: 'StoreUnreachable',
      message: expect.stringMatching(why),
    });
  });

  it.each([
    ['its certificate is not trusted', /not trusted here/, () => `kurrentdb://localhost:${double.port}`],
    ['it speaks TLS', /leave tls=false out/, () => `kurrentdb://localhost:${double.port}?tls=false`],
  ])('because %s is told with host and port', async (_, why, url) => {
    double = await KurrentDouble.start({ tls: tls() });
    expect(await opened(url())).toMatchObject({
      name: 'StoreUnreachable',
      message: expect.stringMatching(why),
    });
  });
});

describe('a connection string', () => {
  it.each([
    'kurrentdb://localhost:2113?tls=false',
    'esdb://admin:changeit@one:2113,two:2113,three:2113?tlsVerifyCert=false',
    'kurrentdb+discover://user:p%3Ass@cluster.example.com',
  ])('may be %s', (url) => expect(connectionStringFault(url)).toBeUndefined());

  it.each([
    ['http://localhost:2113', /connection string/],
    ['kurrentdb://', /connection string/],
    ['kurrentdb://user:se:cret@host', /percent-encoded/],
    ['kurrentdb://user:se@cret@host', /percent-encoded/],
    ['kurrentdb://host?throwOnAppendFailure=false', /conflict/],
    ['kurrentdb://user:secret@host?tsl=false', /option/],
  ])('may not be %s, and is not repeated where it is refused', (url, reason) => {
    expect(connectionStringFault(url)).toMatch(reason);
    expect(connectionStringFault(url)).not.toMatch(/cret/);
  });

  it('has credentials that are not sent where the connection is not encrypted', () => {
    expect(credentialsAreIgnored('kurrentdb://a:b@host?tls=false')).toBe(true);
    expect(credentialsAreIgnored('kurrentdb://a:b@host')).toBe(false);
  });
});

describe('clients of one process', () => {
  it.each([
    ['kurrentdb://localhost:2113', 'kurrentdb://localhost:2113?keepAliveTimeout=10003'],
    ['kurrentdb://a:1,b:2?tls=false', 'kurrentdb://a:1,b:2?tls=false&keepAliveTimeout=10003'],
    ['kurrentdb://a:1?KeepAliveTimeout=5000&tls=false', 'kurrentdb://a:1?keepAliveTimeout=5003&tls=false'],
    [
      'kurrentdb://a:1?tls=false&keepAliveTimeout=-1',
      'kurrentdb://a:1?tls=false&keepAliveTimeout=2000000003',
    ],
  ])('have options of their own, so that they share no connection: %s', (url, own) => {
    expect(ownConnection(url, 3)).toBe(own);
    expect(connectionStringFault(own)).toBeUndefined();
  });
});
