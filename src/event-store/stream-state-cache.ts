import { LRUCache } from 'lru-cache';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { evolveInSteps, type StateChange } from '../domain/state/evolve.js';
import { stateAtInSteps } from '../domain/state/state-as-of.js';
import { StreamState } from '../domain/state/stream-state.js';
import type { EventStore } from './event-store.js';
import { inSlices, Slice, soon } from './in-slices.js';
import { StreamParked } from './stream-parked.js';
import { UnprojectedChanges } from './unprojected-changes.js';

/** Default size of the cache, in bytes. */
export const STATE_CACHE_BYTES = 160 * 1024 ** 2;

export interface StateCacheOptions {
  /** Approximate memory limit for all kept states. The most recently used state is kept whatever its size. */
  readonly bytes?: number;
}

/** The state up to which a stream could be read, and what stopped the reading. */
interface Reading {
  readonly state: StreamState;
  readonly parked?: StreamParked;
}

/**
 * The states of recently used streams. Commands decide on them, queries are answered from them, and the
 * projector writes their results, so that a process folds each event only once.
 *
 * The cache contains only what the store holds. It updates a state with the events that came since, so one
 * more event costs the same in a long stream as in a short one. Evicted states are read and folded again on
 * demand.
 */
export class StreamStateCache {
  private readonly states: LRUCache<string, StreamState>;
  /** Cache key of older states, for a projector that is behind. They share the memory limit. */
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
      // A state larger than the limit replaces all others.
      sizeCalculation: (state) => Math.min(bytes, Math.max(1, state.bytes)),
    });
  }

  /**
   * The newest cached state of a stream, without a promise; the store may hold newer events. Reads the stream
   * if no state is cached.
   */
  atHand(stream: string): StreamState | Promise<StreamState> {
    return this.states.get(stream) ?? this.current(stream);
  }

  /**
   * The state of a stream with all events that the store holds at the time of the call, or later. Throws
   * StreamParked when an event cannot be folded.
   */
  async current(stream: string): Promise<StreamState> {
    const { state, parked } = await this.bringUpToDate(stream);
    if (parked) throw parked;
    return state;
  }

  /** Like `current`, but for a parked stream it returns the state before the event that cannot be folded. */
  async soFar(stream: string): Promise<StreamState> {
    return (await this.bringUpToDate(stream)).state;
  }

  /** The same for who walks through many streams: what was not cached is not cached then either. */
  async inPassing(stream: string): Promise<StreamState> {
    if (this.states.has(stream)) return this.soFar(stream);
    return (await this.readOn(StreamState.of(stream), undefined)).state;
  }

  /** Whether a state of a stream is cached, which may lack the newest events. */
  holds(stream: string): boolean {
    return this.states.has(stream);
  }

  private bringUpToDate(stream: string): Promise<Reading> {
    const running = this.running.get(stream);
    if (!running) return this.start(stream);
    // The running read may have begun before the latest event was recorded, so all later callers share the
    // next one.
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

  /** Adds changes of a stream whose events the store now holds, and the state after them. */
  commit(state: StreamState, changes: readonly StateChange[]): void {
    for (const change of changes) this.unprojected.add(change);
    this.keep(state);
  }

  /** The change that an event made in its stream, if this process computed it recently. */
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

  /** Adds a state that a sequential reader of the ledger has computed. */
  reached(state: StreamState): void {
    const newest = this.states.peek(state.stream);
    const behind = this.behind(state.stream);
    if (newest && newest.revision > state.revision) this.states.set(behind, state);
    else {
      this.keep(state);
      this.states.delete(behind);
    }
  }

  /** Notes that the events of a stream up to a revision are projected. */
  projected(stream: string, revision: number): void {
    this.unprojected.projected(stream, revision);
  }

  /** Frees the memory of a stream's state early, when nobody is expected to need it soon. */
  release(stream: string): void {
    this.states.delete(stream);
  }

  /** Drops everything about a stream, because it may differ from what the store holds. */
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
    // New events of a cached state are recent and not projected yet. Events of a first read mostly are
    // projected.
    const reading = await this.readOn(kept ?? StreamState.of(stream), undefined, kept !== undefined);
    this.keep(reading.state);
    return reading;
  }

  /** Updates a state with the next events of its stream, up to a revision. */
  private async readOn(from: StreamState, to: number | undefined, areNew = false): Promise<Reading> {
    if (from.revision === to) return { state: from };
    let state = from;
    const slice = new Slice();
    const options = {
      from: from.revision + 1,
      ...(to !== undefined && { limit: to - from.revision }),
    };
    for await (const event of this.store.readStream(from.stream, options)) {
      // A ledger that somebody edited may have gaps in its revisions.
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
