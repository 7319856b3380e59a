import { Injectable } from '@nestjs/common';
import type { StateChange } from '../../domain/state/evolve.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';

/** An append that was decided on and is not written yet. */
interface InFlight {
  /** The state of the stream once it is written. */
  readonly state: StreamState;
  readonly written: Promise<unknown>;
}

/**
 * The appends that were decided on and are not written yet. The next decision on a stream rests on them, so what it
 * rejects, or finds recorded already, holds only once they are.
 */
@Injectable()
export class InFlightAppends {
  /** Of each stream in their order, each decided on top of the one before it. */
  private readonly byStream = new Map<string, InFlight[]>();
  /** States that their stream will never have: an append that they rest on failed. */
  private readonly void = new WeakSet<StreamState>();

  constructor(private readonly states: StreamStateCache) {}

  /** The state of a stream with all that is on its way; undefined where nothing is. */
  latest(stream: string): StreamState | undefined {
    return this.byStream.get(stream)?.at(-1)?.state;
  }

  /** The streams to which something is on its way. */
  get streams(): Iterable<string> {
    return this.byStream.keys();
  }

  /** Whether an append that a state rests on has failed. What was decided on it meanwhile has to be decided again. */
  isVoid(state: StreamState): boolean {
    return this.void.has(state);
  }

  /** An append of these changes is on its way, decided on the latest state. Once it is written, the state after them is the stream's. */
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

  /** Resolves when the last append to a stream is written, at once where none is on its way. Throws what the store throws. */
  async written(stream: string): Promise<void> {
    await this.byStream.get(stream)?.at(-1)?.written;
  }

  private succeeded(mine: InFlight, changes: readonly StateChange[]): void {
    const { stream } = mine.state;
    // The store gave it a place, though what it was decided on is not there.
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
    // One that rests on a failed one was dropped with it.
    if (place < 0) return;
    for (const { state } of all.slice(place)) this.void.add(state);
    if (place > 0) this.byStream.set(stream, all.slice(0, place));
    else this.byStream.delete(stream);
  }
}
