import { LRUCache } from 'lru-cache';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { evolveInSteps, type StateChange } from '../domain/state/evolve.js';
import { stateAtInSteps } from '../domain/state/state-as-of.js';
import { StreamState } from '../domain/state/stream-state.js';
import type { EventStore } from './event-store.js';
import { inSlices, Slice, soon } from './in-slices.js';
import { StreamParked } from './stream-parked.js';
import { UnprojectedChanges } from './unprojected-changes.js';

/** Bytes of the states that are kept where no setting says otherwise. */
export const STATE_CACHE_BYTES = 160 * 1024 ** 2;

export interface StateCacheOptions {
  /** About how much memory the kept states may take together; the one used last is kept whatever its size. */
  readonly bytes?: number;
}

/** How far a stream could be read, and why no further. */
interface Reading {
  readonly state: StreamState;
  readonly parked?: StreamParked;
}

/**
 * The states of the streams that were used lately: commands decide on them, questions are answered from them, and the
 * projector writes what they came to, so that an event is folded once in a process.
 *
 * Only what the store holds is in it. A state is brought up to date by the events that came since, so that one more event
 * costs the same in a long stream as in a short one. What does not fit is read and folded again when it is asked for.
 */
export class StreamStateCache {
  private readonly states: LRUCache<string, StreamState>;
  /** States on the way to the newest one: of a projector that is behind. Under the same bound, by another key. */
  private readonly behind = (stream: string) => `${stream} behind`;
  private readonly unprojected = new UnprojectedChanges();
  private readonly running = new Map<string, Promise<Reading>>();
  private readonly waiting = new Map<string, Promise<Reading>>();

  constructor(
    private readonly store: EventStore,
    { bytes = STATE_CACHE_BYTES }: StateCacheOptions = {},
  ) {
    this.states = new LRUCache({
      maxSize: bytes,
      // One that is larger than all may be takes the place of all others.
      sizeCalculation: (state) => Math.min(bytes, Math.max(1, state.bytes)),
    });
  }

  /** The newest state of a stream that is here, without a promise; the store may hold more by now. Read where there is none. */
  atHand(stream: string): StreamState | Promise<StreamState> {
    return this.states.get(stream) ?? this.current(stream);
  }

  /** The state of all that the store holds of a stream as of the call, or later. Throws StreamParked where that cannot be told. */
  async current(stream: string): Promise<StreamState> {
    const { state, parked } = await this.bringUpToDate(stream);
    if (parked) throw parked;
    return state;
  }

  /** The same, of a parked stream up to the event that cannot be taken in. */
  async soFar(stream: string): Promise<StreamState> {
    return (await this.bringUpToDate(stream)).state;
  }

  private bringUpToDate(stream: string): Promise<Reading> {
    const running = this.running.get(stream);
    if (!running) return this.start(stream);
    // The reading under way may have begun before what was recorded last, so all who ask now share the next one.
    const waiting =
      this.waiting.get(stream) ??
      running
        .catch(() => undefined)
        .then(() => {
          this.waiting.delete(stream);
          return this.start(stream);
        });
    this.waiting.set(stream, waiting);
    return waiting;
  }

  /** Takes in the changes of a stream whose events the store holds by now, and the state after them. */
  commit(state: StreamState, changes: readonly StateChange[]): void {
    for (const change of changes) this.unprojected.add(change);
    this.keep(state);
  }

  /** What an event changed in its stream, where that was made here lately. */
  madeOf({ stream, revision, id }: RecordedEvent): StateChange | undefined {
    return this.unprojected.get(stream, revision, id);
  }

  /** The state of a stream as of a revision. */
  async stateAt(stream: string, revision: number): Promise<StreamState> {
    const newest = this.states.get(stream);
    if (newest && newest.revision <= revision) return (await this.readOn(newest, revision)).state;
    const behind = this.states.get(this.behind(stream));
    if (behind && behind.revision <= revision) return (await this.readOn(behind, revision)).state;
    if (newest) return inSlices(stateAtInSteps(newest, revision));
    return (await this.readOn(StreamState.of(stream), revision)).state;
  }

  /** Takes in a state that somebody who reads the ledger event by event has come to. */
  reached(state: StreamState): void {
    const newest = this.states.peek(state.stream);
    const behind = this.behind(state.stream);
    if (newest && newest.revision > state.revision) this.states.set(behind, state);
    else {
      this.keep(state);
      this.states.delete(behind);
    }
  }

  /** The events of a stream up to a revision are projected. */
  projected(stream: string, revision: number): void {
    this.unprojected.projected(stream, revision);
  }

  /** Gives the memory of a stream's state back before its time: nobody is expected to ask for it soon. */
  release(stream: string): void {
    this.states.delete(stream);
  }

  /** Drops all that is known of a stream: it may not be what the store holds. */
  forget(stream: string): void {
    this.states.delete(stream);
    this.states.delete(this.behind(stream));
    this.unprojected.drop(stream);
  }

  private keep(state: StreamState): void {
    const kept = this.states.peek(state.stream);
    if (!kept || kept.revision < state.revision) this.states.set(state.stream, state);
  }

  private start(stream: string): Promise<Reading> {
    const reading = this.read(stream).finally(() => this.running.delete(stream));
    this.running.set(stream, reading);
    return reading;
  }

  private async read(stream: string): Promise<Reading> {
    const kept = this.states.get(stream);
    // What is missing of a kept state came lately, and will be projected; what is read for the first time was, mostly.
    const reading = await this.readOn(kept ?? StreamState.of(stream), undefined, kept !== undefined);
    this.keep(reading.state);
    return reading;
  }

  /** A state with the next events of its stream, up to a revision. */
  private async readOn(from: StreamState, to: number | undefined, areNew = false): Promise<Reading> {
    if (from.revision === to) return { state: from };
    let state = from;
    const slice = new Slice();
    const options = {
      from: from.revision + 1,
      ...(to !== undefined && { limit: to - from.revision }),
    };
    for await (const event of this.store.readStream(from.stream, options)) {
      // Revisions of a ledger that somebody edited may have gaps.
      if (to !== undefined && event.revision > to) break;
      try {
        const evolving = soon(evolveInSteps(state, event), slice);
        const evolved = evolving instanceof Promise ? await evolving : evolving;
        ({ state } = evolved);
        if (areNew) this.unprojected.add(evolved.change);
      } catch (error) {
        return { state, parked: new StreamParked(event, error) };
      }
      if (slice.isOver) await slice.letOthersWork();
    }
    return { state };
  }
}
