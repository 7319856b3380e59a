import { jest } from '@jest/globals';
import { EventBus } from '@nestjs/cqrs';
import { Clock } from '../../src/clock/clock.js';
import { CompanyNames } from '../../src/commands/recording/company-names.js';
import { InFlightAppends } from '../../src/commands/recording/in-flight-appends.js';
import { KeyedMutex } from '../../src/commands/recording/keyed-mutex.js';
import { MoveEvents, MoveEventsHandler } from '../../src/commands/recording/move-events.js';
import { RecordEvents, RecordEventsHandler } from '../../src/commands/recording/record-events.js';
import { OutcomeUnknown } from '../../src/commands/recording/rejections.js';
import {
  StoreUnreachable,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
} from '../../src/event-store/event-store.js';
import { StreamStateCache } from '../../src/event-store/stream-state-cache.js';
import { idOf, NOW, recordedEvent, registered } from '../domain/given-when-then.js';
import { entered } from '../domain/sample-events.js';

const STREAM = 'automaker-xpeng';
const AUTHOR = { author: 'ann' };
/** Time within which every recording is answered, in milliseconds. */
const ANSWERED_MS = 12_000;
/** The longest time that the store takes for one call before it gives up, in milliseconds. */
const CALL_MS = 5500;

const gone = async (): Promise<never> => {
  await passing(CALL_MS);
  throw new StoreUnreachable('the server did not answer');
};
const passing = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

/** The handlers on a store whose calls take their time. */
function handlersOn(calls: { append(): Promise<Appended>; read(): Promise<void> }) {
  const store = {
    append: () => calls.append(),
    readStream: async function* (stream: string, { from = 0 } = {}) {
      await calls.read();
      const all = stream === STREAM ? [registered, entered('2020', 'SE')] : [registered];
      yield* all.map((event, index) => recordedEvent(index, event, NOW, stream)).slice(from);
    },
  } as unknown as EventStore;
  const states = new StreamStateCache(store);
  const inFlight = new InFlightAppends(states);
  const noCompanies = { all: () => ({ position: 0, companies: (async function* () {})() }) };
  const names = new CompanyNames(noCompanies, store, states, inFlight);
  const bus = { publish: () => undefined } as unknown as EventBus;
  const turns = new KeyedMutex();
  const clock = new Clock();
  return {
    records: new RecordEventsHandler(store, states, turns, inFlight, clock, bus, names),
    moves: new MoveEventsHandler(store, states, turns, inFlight, clock, bus),
  };
}

/** What a request was answered, and after which time of the faked clock. */
async function answered(request: Promise<unknown>): Promise<{ answer: unknown; after: number }> {
  const since = Date.now();
  const answer = await request.catch((error: unknown) => error);
  return { answer, after: Date.now() - since };
}

/** Lets time go by in steps, since what waits for no timer takes its turns meanwhile. */
async function aMinute(): Promise<void> {
  for (let passed = 0; passed < 60_000; passed += 50) {
    await jest.advanceTimersByTimeAsync(50);
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

describe('a recording whose store answers late, or not at all', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  const record = new RecordEvents(STREAM, [entered('2021')], AUTHOR);

  it('is answered in time where one attempt fails, the look for it takes long, and the next one fails', async () => {
    let reads = 0;
    const { records } = handlersOn({ append: gone, read: () => passing(reads++ === 0 ? 0 : CALL_MS - 500) });
    const request = answered(records.execute(record));
    await aMinute();
    const { answer, after } = await request;
    expect(answer).toBeInstanceOf(OutcomeUnknown);
    expect(after).toBeLessThan(ANSWERED_MS);
  });

  it('is answered in time however many wait for the same stream', async () => {
    const { records } = handlersOn({ append: gone, read: gone });
    const requests = Array.from({ length: 5 }, () => answered(records.execute(record)));
    await aMinute();
    for (const { answer, after } of await Promise.all(requests)) {
      expect(answer).toBeInstanceOf(StoreUnreachable);
      expect(after).toBeLessThan(ANSWERED_MS);
    }
  });

  it('is answered in time where others are faster again and again', async () => {
    const slow = async () => {
      await passing(CALL_MS - 500);
      throw new WrongExpectedRevision(STREAM, 1, 2);
    };
    const { records } = handlersOn({ append: slow, read: () => passing(0) });
    const request = answered(records.execute(record));
    await aMinute();
    const { answer, after } = await request;
    expect(answer).toMatchObject({ status: 503 });
    expect(after).toBeLessThan(ANSWERED_MS);
  });

  it('is recorded by those that come after one that gave up', async () => {
    let isThere = false;
    const calls = {
      append: async () => Promise.resolve({ revision: 2, position: 3 }),
      read: async () => (isThere ? undefined : gone()),
    };
    const { records } = handlersOn(calls);
    const early = Array.from({ length: 4 }, () => answered(records.execute(record)));
    await jest.advanceTimersByTimeAsync(CALL_MS * 2);
    isThere = true;
    const other = new RecordEvents(STREAM, [entered('2022', 'DK')], AUTHOR);
    const late = answered(records.execute(other));
    await aMinute();
    await Promise.all(early);
    expect((await late).answer).toMatchObject({ revision: 2, position: 3 });
  });

  it('is a move, too, which goes on where it stopped', async () => {
    const { moves } = handlersOn({ append: gone, read: () => passing(2000) });
    const move = new MoveEvents(STREAM, [idOf(1)], 'automaker-geely', { reason: 'the wrong one' }, 'ann');
    const request = answered(moves.execute(move));
    await aMinute();
    const { answer, after } = await request;
    expect(answer).toMatchObject({ status: 503 });
    expect(after).toBeLessThan(ANSWERED_MS);
  });
});
