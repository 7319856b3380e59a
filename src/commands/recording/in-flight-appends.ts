import { Injectable } from '@nestjs/common';
import type { StateChange } from '../../domain/state/evolve.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';

/** An append that is decided but not written yet. */
interface InFlight {
  /** The state of the stream after this append. */
  readonly state: StreamState;
  readonly written: Promise<unknown>;
}

/**
 * The appends that are decided but not written yet. The next decision on a stream builds on them, so its
 * rejection, or its answer "already recorded", is valid only after they are written.
 */
@Injectable()
export class InFlightAppends {
  /** The appends of each stream in order, each decided on top of the one before. */
  private readonly byStream = new Map<string, InFlight[]>();
  /** States that will never exist, because an append below them failed. */
  private readonly void = new WeakSet<StreamState>();

  constructor(private readonly states: StreamStateCache) {}

  /** The state of a stream including all appends in flight; undefined if there are none. */
  latest(stream: string): StreamState | undefined {
    return this.byStream.get(stream)?.at(-1)?.state;
  }

  /** The streams with appends in flight. */
  get streams(): Iterable<string> {
    return this.byStream.keys();
  }

  /** Whether a state builds on a failed append. Decisions on such a state must be made again. */
  isVoid(state: StreamState): boolean {
    return this.void.has(state);
  }

  /**
   * Registers an append in flight that was decided on the latest state. Once it is written, `state` becomes
   * the stream's state.
   */
  add(state: StreamState, changes: readonly StateChange[], append: Promise<unknown>): void {
    const mine: InFlight = { state, written: append };
    const others = this.byStream.get(state.stream);
    if (others) others.push(mine);
    else this.byStream.set(state.stream, [mine]);
    append.then(
      () => this.succeeded(mine, changes),
      () => this.failed(mine),
    );
  }

  /**
   * Resolves when the last append to a stream is written; at once if none is in flight. Throws the store's
   * errors.
   */
  async written(stream: string): Promise<void> {
    await this.byStream.get(stream)?.at(-1)?.written;
  }

  private succeeded(mine: InFlight, changes: readonly StateChange[]): void {
    const { stream } = mine.state;
    // The store wrote the append although an append below it failed, so the computed state is wrong.
    if (this.void.has(mine.state)) return this.states.forget(stream);
    this.states.commit(mine.state, changes);
    const left = this.byStream.get(stream)?.filter((other) => other !== mine) ?? [];
    if (left.length > 0) this.byStream.set(stream, left);
    else this.byStream.delete(stream);
  }

  private failed(mine: InFlight): void {
    const { stream } = mine.state;
    const all = this.byStream.get(stream) ?? [];
    const place = all.indexOf(mine);
    // An earlier failed append has already removed this one.
    if (place < 0) return;
    for (const { state } of all.slice(place)) this.void.add(state);
    if (place > 0) this.byStream.set(stream, all.slice(0, place));
    else this.byStream.delete(stream);
  }
}
