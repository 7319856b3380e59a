import { InFlightAppends } from '../../src/commands/recording/in-flight-appends.js';
import { evolve, type Evolved } from '../../src/domain/state/evolve.js';
import { StreamState } from '../../src/domain/state/stream-state.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { StreamStateCache } from '../../src/event-store/stream-state-cache.js';
import { recordedEvent, registered } from '../domain/given-when-then.js';
import { declared, entered, targetSet } from '../domain/sample-events.js';

const STREAM = 'automaker-xpeng';

/** Changes of one stream, each based on the previous one. */
function changesInTurn(): Evolved[] {
  let state = StreamState.of(STREAM);
  return [registered, entered('2021'), declared('2022'), targetSet('2023')].map((event, index) => {
    const change = evolve(state, recordedEvent(index, event));
    ({ state } = change);
    return change;
  });
}

/** An append that is settled on request. */
function append() {
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const written = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    written,
    succeeds: async () => (settle?.resolve(), settled()),
    fails: async () => (settle?.reject(new Error('another writer was faster')), settled()),
  };
}

describe('appends on their way', () => {
  const nothingElse = { readStream: async function* () {} } as unknown as EventStore;
  const setUp = () => {
    const states = new StreamStateCache(nothingElse);
    return { states, inFlight: new InFlightAppends(states) };
  };

  it('are what the next decision stands on, and become the state of the stream once they are written', async () => {
    const { states, inFlight } = setUp();
    const [first, second] = changesInTurn();
    if (!first || !second) throw new Error('there are four');
    const [one, two] = [append(), append()];
    inFlight.add(first.state, [first.change], one.written);
    inFlight.add(second.state, [second.change], two.written);
    expect(inFlight.latest(STREAM)).toBe(second.state);
    expect((await states.current(STREAM)).revision).toBe(-1);
    await one.succeeds();
    expect(inFlight.latest(STREAM)).toBe(second.state);
    expect(await states.current(STREAM)).toBe(first.state);
    await two.succeeds();
    expect(inFlight.latest(STREAM)).toBeUndefined();
    expect(await states.current(STREAM)).toBe(second.state);
  });

  it('take with them, where one fails, all that was decided on top of it', async () => {
    const { states, inFlight } = setUp();
    const [first, second, third, fourth] = changesInTurn();
    if (!first || !second || !third || !fourth) throw new Error('there are four');
    const appends = [append(), append(), append()] as const;
    for (const [index, change] of [first, second, third].entries())
      inFlight.add(change.state, [change.change], appends[index]?.written ?? Promise.resolve());
    await appends[0].succeeds();
    await appends[1].fails();
    expect(inFlight.latest(STREAM)).toBeUndefined();
    expect([first, second, third].map(({ state }) => inFlight.isVoid(state))).toEqual([false, true, true]);
    // A decision is made on the stored events. The late failure of a discarded append must not affect it.
    const again = append();
    inFlight.add(fourth.state, [fourth.change], again.written);
    await appends[2].fails();
    expect(inFlight.latest(STREAM)).toBe(fourth.state);
    expect(await states.current(STREAM)).toBe(first.state);
  });

  it('say nothing of their stream where the store gives a place to what rests on a failed one', async () => {
    const { states, inFlight } = setUp();
    const [first, second] = changesInTurn();
    if (!first || !second) throw new Error('there are four');
    const [one, two] = [append(), append()];
    inFlight.add(first.state, [first.change], one.written);
    inFlight.add(second.state, [second.change], two.written);
    await one.fails();
    await two.succeeds();
    expect((await states.current(STREAM)).revision).toBe(-1);
  });
});
