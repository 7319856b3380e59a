import { DiskFull, diskFullIn } from '../../src/event-store/disk-full.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { NotWritable } from '../../src/event-store/sqlite/write-check.js';
import { smallDisk } from '../files/small-disk.js';
import { collect, someEvents } from './events.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { TestLedger } from './kurrentdb-server.js';

const disk = smallDisk('4m');

(disk === undefined ? describe.skip : describe)('a node whose own disk is full', () => {
  const directory = disk?.path ?? '';
  let double: KurrentDouble;
  let ledger: TestLedger;
  let store: EventStore;

  beforeAll(async () => {
    double = await KurrentDouble.start();
    ledger = new TestLedger(double.url);
    store = await ledger.open({ directory });
    await store.append('automaker-a', 'no-stream', someEvents(2));
  });
  afterEach(() => disk?.free());
  afterAll(async () => {
    await store.close();
    await double.stop();
    ledger.dispose();
    disk?.remove();
  });

  it('says so within its patience, records nothing from then on, and goes on once there is room', async () => {
    disk?.fill();
    const began = Date.now();
    const failure = await failureOf(async () => {
      // What the files of the index have room for is counted.
      for (let count = 0; ; count++)
        await store.append('automaker-b', count === 0 ? 'no-stream' : count - 1, someEvents(1));
    });
    // It is on the server, without a position: nobody may say that it is not recorded.
    expect(failure).toMatchObject({ name: 'StoreUnreachable' });
    expect(diskFullIn(failure)?.message).toMatch(/no room left on the disk of kurrentdb-positions\.sqlite/);
    expect(Date.now() - began).toBeLessThan(4000);

    const recorded = double.log.events.length;
    expect(await failureOf(() => store.append('automaker-c', 'no-stream', someEvents(1)))).toBeInstanceOf(
      DiskFull,
    );
    expect(double.log.events).toHaveLength(recorded);
    expect(diskFullIn(await failureOf(() => store.head()))).toBeDefined();
    expect(ledger.troubles.some((trouble) => diskFullIn(trouble))).toBe(true);

    disk?.free();
    while ((await store.head().catch(() => 0)) < recorded);
    await store.checkWritable();
    expect(await store.append('automaker-c', 'no-stream', someEvents(1))).toEqual({
      revision: 0,
      position: recorded + 1,
    });
    expect(await collect(store.readAll())).toHaveLength(recorded + 1);
  });

  it('is not ready before anything is recorded', async () => {
    await store.checkWritable();
    disk?.fill();
    expect(await failureOf(() => store.checkWritable())).toEqual(new NotWritable('the disk is full'));
  });
});

function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => undefined,
    (error: unknown) => error,
  );
}
