import {
  AppendTooLarge,
  EventIdInUse,
  EventTooLarge,
  WrongExpectedRevision,
  type EventStore,
} from '../../event-store/event-store.js';
import type { Run } from './run.js';

/**
 * The events of an import that the store does not take, by their ids. Only their lines are refused; the others are
 * decided on again without them.
 */
export class StoreRejections {
  private readonly taken = new Set<string>();
  private readonly tooLarge = new Map<string, string>();

  /** Whether an id belongs to an event of another stream. */
  isTaken(id: string): boolean {
    return this.taken.has(id);
  }

  /** Why an event is too large; undefined where it is not. */
  largenessOf(id: string): string | undefined {
    return this.tooLarge.get(id);
  }

  /** Takes note of why appends failed, and answers whether there was news in it. Throws a failure that is no refusal of events. */
  async note(store: EventStore, runs: readonly Run[], failures: readonly unknown[]): Promise<boolean> {
    const known = this.taken.size + this.tooLarge.size;
    let isIdInUse = false;
    for (const failure of failures) {
      if (failure instanceof EventTooLarge && isOfOneEvent(failure, runs))
        this.tooLarge.set(failure.eventId, failure.message);
      else if (failure instanceof EventIdInUse) isIdInUse = true;
      else if (!(failure instanceof WrongExpectedRevision)) throw failure;
    }
    // The store names the first of an append; they are all looked for at once.
    if (isIdInUse) await this.findTaken(store, runs);
    return this.taken.size + this.tooLarge.size > known;
  }

  /** Takes note of ids that belong to events of other streams, before anything is appended; whether there are any that were not known. */
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
