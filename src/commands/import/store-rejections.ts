import {
  AppendTooLarge,
  EventIdInUse,
  EventTooLarge,
  WrongExpectedRevision,
  type EventStore,
} from '../../event-store/event-store.js';
import type { Run } from './run.js';

/**
 * The events of an import that the store refuses, by their ids. Only their lines are refused; the other lines
 * are decided on again without them.
 */
export class StoreRejections {
  private readonly taken = new Set<string>();
  private readonly tooLarge = new Map<string, string>();

  /** Whether an id belongs to an event of another stream. */
  isTaken(id: string): boolean {
    return this.taken.has(id);
  }

  /** The message for an event that is too large; undefined if it is not. */
  largenessOf(id: string): string | undefined {
    return this.tooLarge.get(id);
  }

  /**
   * Records why appends failed. Returns whether it learned anything new. Rethrows failures that do not refuse
   * events.
   */
  async note(store: EventStore, runs: readonly Run[], failures: readonly unknown[]): Promise<boolean> {
    const known = this.taken.size + this.tooLarge.size;
    let isIdInUse = false;
    for (const failure of failures) {
      if (failure instanceof EventTooLarge && isOfOneEvent(failure, runs))
        this.tooLarge.set(failure.eventId, failure.message);
      else if (failure instanceof EventIdInUse) isIdInUse = true;
      else if (!(failure instanceof WrongExpectedRevision)) throw failure;
    }
    // The store names only the first taken id of an append, so this looks up all ids at once.
    if (isIdInUse) await this.findTaken(store, runs);
    return this.taken.size + this.tooLarge.size > known;
  }

  /**
   * Looks up, before any append, which ids belong to events of other streams. Returns whether it found new
   * ones.
   */
  async noteTaken(store: EventStore, runs: readonly Run[]): Promise<boolean> {
    const known = this.taken.size;
    await this.findTaken(store, runs);
    return this.taken.size > known;
  }

  private async findTaken(store: EventStore, runs: readonly Run[]): Promise<void> {
    const streams = await store.streamsOf(runs.flatMap(({ events }) => events.map(({ id }) => id)));
    for (const { stream, events } of runs) {
      for (const { id } of events) {
        const holder = streams.get(id);
        if (holder !== undefined && holder !== stream) this.taken.add(id);
      }
    }
  }
}

function isOfOneEvent(failure: EventTooLarge, runs: readonly Run[]): boolean {
  if (!(failure instanceof AppendTooLarge)) return true;
  return runs.some(({ events: [first, ...more] }) => first?.id === failure.eventId && more.length === 0);
}
