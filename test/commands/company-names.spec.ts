import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompanyNames } from '../../src/commands/recording/company-names.js';
import { InFlightAppends } from '../../src/commands/recording/in-flight-appends.js';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import { evolve } from '../../src/domain/state/evolve.js';
import type { CompanyRecord } from '../../src/domain/state/company-record.js';
import { StreamState } from '../../src/domain/state/stream-state.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { StreamStateCache } from '../../src/event-store/stream-state-cache.js';
import { someEvent } from '../event-store/events.js';

const company = (name: string): NewEvent => ({
  ...someEvent(),
  type: 'CompanyRegistered',
  data: { names: [name], kind: 'group' },
});

describe('the names of companies that a decision rests on', () => {
  let directory: string;
  let store: EventStore;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'company-names-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Sets up a read model with a fixed position, and counts what is read from the ledger and from streams. */
  const setUp = () => {
    const read = { events: 0, streams: 0 };
    const counting = new Proxy(store, {
      get: (target, name) => {
        if (name === 'readAll')
          return async function* (options: object) {
            for await (const event of target.readAll(options)) {
              read.events++;
              yield event;
            }
          };
        if (name === 'readStream') read.streams++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const views = { position: 0, companies: [] as (readonly [string, CompanyRecord])[] };
    const registered = {
      all: () => ({
        position: views.position,
        companies: (async function* () {
          yield* views.companies;
        })(),
      }),
    };
    const states = new StreamStateCache(counting);
    const inFlight = new InFlightAppends(states);
    const names = new CompanyNames(registered, counting, states, inFlight);
    const holderOf = async (name: string) =>
      (await names.claimed(['company-new']))?.holderOf(name, 'new') ?? 'nobody';
    return { views, read, inFlight, names, holderOf };
  };

  it('are not asked for where no stream is a company’s', () => {
    expect(setUp().names.claimed(['automaker-xpeng', 'market-NO'])).toBeUndefined();
  });

  it('are in the ledger, of which no event is read twice however long the read model waits', async () => {
    const { read, holderOf } = setUp();
    await store.append('automaker-xpeng', 'no-stream', [someEvent(), someEvent()]);
    await store.append('company-one', 'no-stream', [company('One')]);
    expect(await holderOf('one')).toBe('One');
    await store.append('company-two', 'no-stream', [company('Two')]);
    expect(await holderOf('one')).toBe('One');
    expect(await holderOf('two')).toBe('Two');
    expect(read.events).toBe(4);
  });

  it('come from the read model alone once it has them, and from the ledger again where it was put back', async () => {
    const { read, views, holderOf } = setUp();
    const { position } = await store.append('company-one', 'no-stream', [company('One')]);
    expect(await holderOf('one')).toBe('One');
    Object.assign(read, { events: 0, streams: 0 });
    views.position = position;
    views.companies = [['one', { names: ['One, as stored'] } as unknown as CompanyRecord]];
    expect([await holderOf('one'), await holderOf('one, as stored')]).toEqual(['nobody', 'One, as stored']);
    expect(read).toEqual({ events: 0, streams: 0 });
    views.position = 0;
    expect(await holderOf('one')).toBe('One');
  });

  it('are those of what is on its way, too, until that fails', async () => {
    const { inFlight, holderOf } = setUp();
    const stream = 'company-one';
    const { state, change } = evolve(StreamState.of(stream), { ...company('One'), stream, revision: 0 });
    let fail: (error: Error) => void = () => undefined;
    inFlight.add(state, [change], new Promise((_, reject) => (fail = reject)));
    expect(await holderOf('one')).toBe('One');
    fail(new Error('the disk is full'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await holderOf('one')).toBe('nobody');
  });
});
