import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBus } from '@nestjs/cqrs';
import { ImportEvents, ImportEventsHandler } from '../../src/commands/import/import-events.js';
import { parseImportLine } from '../../src/commands/import/import-entry.js';
import { type RejectedLine } from '../../src/commands/import/rejected-line.js';
import { CompanyNames } from '../../src/commands/recording/company-names.js';
import { InFlightAppends } from '../../src/commands/recording/in-flight-appends.js';
import { KeyedMutex } from '../../src/commands/recording/keyed-mutex.js';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import {
  WrongExpectedRevision,
  type EventStore,
  type ExpectedRevision,
} from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { StreamStateCache } from '../../src/event-store/stream-state-cache.js';
import type { LedgerLine } from '../../src/formats/ledger-line.js';
import { Clock } from '../../src/clock/clock.js';
import { ActiveImports } from '../../src/commands/import/active-imports.js';
import { collect, someEvent } from '../event-store/events.js';

/**
 * Number of lines that are decided on together. The next chunk is decided on while this one is being written.
 */
const CHUNK = 500;
const STREAM = 'automaker-xpeng';
const OTHER = 'automaker-geely';
const source = [{ url: 'https://example.com/a', publisher: 'Example', grade: 'reported' }];
const registered = (stream: string) => ({
  stream,
  type: 'AutomakerRegistered',
  occurredOn: '2010',
  data: { name: 'M', homeMarket: 'CN' },
});
const opened = (index: number, stream = STREAM) => ({
  stream,
  type: 'StoreOpened',
  occurredOn: '2024-01-01',
  data: { market: 'DE', city: `City ${index}` },
  evidence: source,
});
const moved = (type: 'MarketEntered' | 'MarketExited', occurredOn: string) => ({
  stream: STREAM,
  type,
  occurredOn,
  data: type === 'MarketExited' ? { market: 'NO', reason: 'demand' } : { market: 'NO' },
  evidence: source,
});
const stores = (count: number, stream = STREAM) =>
  Array.from({ length: count }, (_, index) => opened(index, stream));

async function* fileOf(events: readonly Record<string, unknown>[]): AsyncGenerator<LedgerLine> {
  for (const [index, event] of events.entries()) {
    const content = { kind: 'event', event } as const;
    const text = JSON.stringify(event);
    const bytes = Buffer.from(text);
    yield await Promise.resolve({ line: index + 1, text, bytes, end: '\n' as const, content });
  }
}

/** A store in which something else happens before some appends. */
function meeting(
  store: EventStore,
  before: (stream: string, events: readonly NewEvent[]) => Promise<void>,
): EventStore {
  return new Proxy(store, {
    get: (target, name) => {
      if (name !== 'append') {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return async (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) => {
        await before(stream, events);
        return target.append(stream, expected, events);
      };
    },
  });
}

/** A read model without companies. */
const NO_COMPANIES = {
  all: () => ({ position: 0, companies: (async function* () {})() }),
};

describe('an import, whose chunks are decided on while those before them are written', () => {
  let directory: string;
  let store: EventStore;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'import-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const importer = (over: EventStore, states = new StreamStateCache(over)) => {
    const bus = { publish: () => undefined } as unknown as EventBus;
    const turns = new KeyedMutex();
    const inFlight = new InFlightAppends(states);
    const handler = new ImportEventsHandler(
      over,
      states,
      turns,
      inFlight,
      new Clock(),
      bus,
      new ActiveImports(),
      new CompanyNames(NO_COMPANIES, over, states, inFlight),
    );
    return async (events: readonly Record<string, unknown>[]) => {
      const refused: RejectedLine[] = [];
      const onRefused = (line: RejectedLine) => void refused.push(line);
      const counts = await handler.execute(
        new ImportEvents(fileOf(events), { author: 'test', restore: false, onRefused }),
      );
      return { counts, refused };
    };
  };
  /** Appends events like another process, after everything that is stored by then. */
  const writtenElsewhere = async (...events: NewEvent[]): Promise<void> => {
    const there = await collect(store.readStream(STREAM));
    try {
      await store.append(STREAM, there.length === 0 ? 'no-stream' : there.length - 1, events);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      await writtenElsewhere(...events);
    }
  };

  it('records each line once where another process writes to the stream meanwhile', async () => {
    let appends = 0;
    const crowded = meeting(store, async (stream) => {
      if (stream === STREAM && [2, 3, 5].includes(++appends))
        await writtenElsewhere(
          someEvent({
            type: 'MarketEntered',
            data: { market: ['SE', 'DK', 'FI', 'IS', 'AT'][appends - 1] ?? '' },
          }),
        );
    });
    const lines = [registered(STREAM), ...stores(2999)];
    const { counts, refused } = await importer(crowded)(lines);
    expect(refused).toEqual([]);
    expect(counts).toMatchObject({ lines: 3000, recorded: 3000, alreadyRecorded: 0 });
    const recorded = await collect(store.readStream(STREAM));
    expect(recorded.map(({ revision }) => revision)).toEqual(recorded.map((_, index) => index));
    const cities = recorded.flatMap(({ type, data }) => (type === 'StoreOpened' ? [data.city] : []));
    expect(cities).toEqual(stores(2999).map(({ data }) => data.city));
    expect(recorded).toHaveLength(3003);
  });

  it('decides anew on what rested on lines that were then not recorded', async () => {
    await importer(store)([registered(STREAM), registered(OTHER)]);
    let isFirst = true;
    const crowded = meeting(store, async (stream, events) => {
      if (stream !== STREAM || !isFirst || !events.some(({ type }) => type === 'MarketEntered')) return;
      isFirst = false;
      await writtenElsewhere(someEvent({ occurredOn: '2024-02-01', data: { market: 'NO' } }), {
        ...someEvent({ occurredOn: '2024-03-01' }),
        type: 'MarketExited',
        data: { market: 'NO', reason: 'demand' },
      });
    });
    const lines = [
      moved('MarketEntered', '2024-02-15'),
      ...stores(CHUNK - 1, OTHER),
      // A second market entry, as long as the first one stands.
      moved('MarketEntered', '2024-05-01'),
    ];
    const { counts, refused } = await importer(crowded)(lines);
    expect(refused.map(({ line, problem }) => ({ line, problem }))).toEqual([
      { line: 1, problem: 'contradiction' },
    ]);
    expect(counts).toMatchObject({ lines: CHUNK + 1, recorded: CHUNK, alreadyRecorded: 0, refused: 1 });
    const entries = (await collect(store.readStream(STREAM))).filter(({ type }) => type === 'MarketEntered');
    expect(entries.map(({ occurredOn }) => occurredOn)).toEqual(['2024-02-01', '2024-05-01']);
  });

  describe('of lines that an earlier release recorded, under ids of its own', () => {
    const line = opened(0);
    const content = { kind: 'event', event: line } as const;
    const text = JSON.stringify(line);
    const entry = parseImportLine(
      { line: 1, text, bytes: Buffer.from(text), end: '\n', content },
      false,
      '2026-01-01T00:00:00.000Z',
    );
    const formerly = (): Record<string, unknown> => ({
      ...line,
      id: entry.kind === 'event' ? entry.formerId() : undefined,
    });

    it('passes them over where they are recorded', async () => {
      await importer(store)([registered(STREAM), formerly()]);
      const { counts } = await importer(store)([registered(STREAM), line, opened(1)]);
      expect(counts).toMatchObject({ recorded: 1, alreadyRecorded: 2, refused: 0 });
    });

    it('passes them over where the same file brings them under those ids', async () => {
      const { counts } = await importer(store)([registered(STREAM), formerly(), line]);
      expect(counts).toMatchObject({ recorded: 2, alreadyRecorded: 1, refused: 0 });
    });
  });

  it('ends where the store fails, forgets what was not recorded, and goes on when it is called again', async () => {
    let isFull = false;
    let appends = 0;
    const failing = meeting(store, async () => {
      if (++appends === 3) isFull = true;
      if (isFull) throw new Error('database or disk is full');
      await Promise.resolve();
    });
    const lines = [registered(STREAM), ...stores(2499)];
    const again = importer(failing);
    await expect(again(lines)).rejects.toMatchObject({ message: expect.stringContaining('disk is full') });
    expect(await collect(store.readStream(STREAM))).toHaveLength(2 * CHUNK);
    isFull = false;
    expect((await again(lines)).counts).toMatchObject({
      recorded: 2500 - 2 * CHUNK,
      alreadyRecorded: 2 * CHUNK,
    });
    expect(await collect(store.readStream(STREAM))).toHaveLength(2500);
  });

  it('refuses only the lines whose ids are taken in another stream, and records the rest, in order and once', async () => {
    const taken = someEvent({ data: { market: 'NO' } });
    await store.append('automaker-squatter', 'no-stream', [taken]);
    const lines: Record<string, unknown>[] = [registered(STREAM), ...stores(1200)];
    for (const at of [7, 8, 500, 900]) lines[at] = { ...lines[at], id: taken.id };
    lines[1100] = { ...lines[1100], id: '11111111-1111-4111-8111-111111111111' };
    lines.push({ ...opened(0, OTHER), id: '11111111-1111-4111-8111-111111111111' }, registered(OTHER));
    const again = importer(store);
    const { counts, refused } = await again(lines);
    expect(refused.map(({ line, problem }) => [line, problem])).toEqual([
      ...[8, 9, 501, 901].map((line) => [line, 'event-id-in-use']),
      [1202, expect.any(String)],
    ]);
    expect(counts).toMatchObject({ lines: 1203, recorded: 1198, alreadyRecorded: 0, refused: 5 });
    expect((await again(lines)).counts).toMatchObject({ recorded: 0, alreadyRecorded: 1198, refused: 5 });
  });

  it('records a line although somebody took the ids that it would get from its content', async () => {
    const line = registered(STREAM);
    const idOf = async (event: Record<string, unknown>) => {
      const other = await openSqliteEventStore({ file: join(directory, `${Math.random()}.sqlite`) });
      await importer(other)([event]);
      const [first] = await collect(other.readStream(STREAM));
      await other.close();
      return first?.id ?? '';
    };
    const id = await idOf(line);
    const squatting = { ...registered(OTHER), id };
    const importing = importer(store);
    expect((await importing([squatting, line])).counts).toMatchObject({ recorded: 2, refused: 0 });
    for (let count = 0; count < 2; count++)
      expect((await importing([line])).counts).toMatchObject({ recorded: 0, alreadyRecorded: 1, refused: 0 });
    const inStream = { ...opened(2), id };
    expect((await importing([inStream])).refused).toMatchObject([{ problem: 'event-id-in-use' }]);
    expect(await collect(store.readStream(STREAM))).toHaveLength(1);
  });

  it('records a line although its id was given to another event of its stream', async () => {
    const importing = importer(store);
    await importing([registered(STREAM)]);
    const [, first] = [await importing([opened(1)]), (await collect(store.readStream(STREAM))).at(-1)];
    const other = await openSqliteEventStore({ file: join(directory, 'other.sqlite') });
    const squatted = importer(other);
    await squatted([registered(STREAM), { ...opened(2), id: first?.id }]);
    for (const recorded of [1, 0, 0])
      expect((await squatted([opened(1)])).counts).toMatchObject({ recorded, alreadyRecorded: 1 - recorded });
    await other.close();
  });
});
