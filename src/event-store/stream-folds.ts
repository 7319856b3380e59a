import { Fold } from '../domain/fold.js';
import type { RecordedEvent } from '../domain/event.js';
import type { EventStore } from './event-store.js';
import { StreamParked } from './stream-parked.js';

/** How many events the kept folds may hold together; a folded event takes about three kilobytes. */
const KEPT_EVENTS = 30_000;

/**
 * The folds of the streams that were used lately. A fold is brought up to date by the events that came since, so that
 * one more event costs the same in a long stream as in a short one.
 */
export class StreamFolds {
  private readonly kept = new Map<string, { readonly fold: Fold; readonly events: number }>();
  /** Folds that are being brought up to date, with whether they were forgotten meanwhile. */
  private readonly reading = new Map<Fold, { readonly stream: string; forgotten: boolean }>();
  private readonly underWay = new Map<string, Promise<Fold>>();
  private keptEvents = 0;

  /**
   * What to do about an event that cannot be folded: `throws` StreamParked, or `stops` before it, so that the fold is the
   * one that stored views have of a parked stream.
   */
  constructor(
    private readonly store: EventStore,
    private readonly atParked: 'throws' | 'stops' = 'throws',
  ) {}

  /** The fold of a stream as of a revision, or at its head. It must not be asked for an earlier one than it has reached: `forget` it first. */
  async at(stream: string, revision?: number): Promise<Fold> {
    for (;;) {
      const fold = this.kept.get(stream)?.fold ?? Fold.of(stream);
      this.drop(stream);
      const state = { stream, forgotten: false };
      this.reading.set(fold, state);
      try {
        await this.bringUpToDate(fold, revision);
      } finally {
        this.reading.delete(fold);
      }
      // It has events that the store refused since: once more, from the store alone.
      if (state.forgotten) continue;
      this.keep(fold);
      return fold;
    }
  }

  /** Whether a fold is the one that is kept of its stream: nobody has forgotten it since. */
  holds(fold: Fold): boolean {
    return this.kept.get(fold.stream)?.fold === fold;
  }

  /** The fold of a stream at its head, for any number of askers at a time, none of whom writes to it. */
  upToDate(stream: string): Promise<Fold> {
    const before = this.underWay.get(stream) ?? Promise.resolve();
    const asked = before.catch(() => undefined).then(() => this.at(stream));
    this.underWay.set(stream, asked);
    const isOver = () => this.underWay.get(stream) === asked && this.underWay.delete(stream);
    asked.then(isOver, isOver);
    return asked;
  }

  /** Drops a fold that may not be what the store holds. */
  forget(stream: string): void {
    for (const state of this.reading.values()) if (state.stream === stream) state.forgotten = true;
    this.drop(stream);
  }

  private async bringUpToDate(fold: Fold, revision?: number): Promise<void> {
    const missing = revision === undefined ? undefined : revision - fold.revision;
    if (missing !== undefined && missing < 0)
      throw new RangeError(`${fold.stream} was folded beyond revision ${revision}`);
    if (missing === 0) return;
    const options = { from: fold.revision + 1, ...(missing !== undefined && { limit: missing }) };
    for await (const event of this.store.readStream(fold.stream, options)) {
      const error = applied(fold, event);
      if (!error) continue;
      if (this.atParked === 'stops') return;
      throw error;
    }
  }

  private drop(stream: string): void {
    this.keptEvents -= this.kept.get(stream)?.events ?? 0;
    this.kept.delete(stream);
  }

  /** Keeps a fold as the one used last, and drops the least used ones beyond the limit. */
  private keep(fold: Fold): void {
    const events = fold.revision + 1;
    this.kept.set(fold.stream, { fold, events });
    this.keptEvents += events;
    for (const stream of this.kept.keys()) {
      if (this.keptEvents <= KEPT_EVENTS || stream === fold.stream) return;
      this.drop(stream);
    }
  }
}

/** Applies an event to a fold, which stays as it is where that cannot be done: the reason is answered. */
export function applied(fold: Fold, event: RecordedEvent): StreamParked | undefined {
  try {
    fold.apply(event);
    return undefined;
  } catch (error) {
    return new StreamParked(event, error);
  }
}
