import { recordedFrom } from '../event-row.js';
import { StoreUnreachable } from '../event-store.js';
import { TailCache } from '../tail-cache.js';
import { toStoreError } from './errors.js';
import type { FoundEvent } from './found-event.js';
import type { KurrentPositionIndex, LogPosition } from './position-index.js';
import { COUNTED_AT_ONCE } from './uncounted-pages.js';

/** How long events that arrive in quick succession are collected before they are counted. */
const GATHER_MS = 15;

export type Arrival = FoundEvent & { readonly log: LogPosition };

/** Events on the server could not be counted, so they have no position yet. */
export class NotCounted extends StoreUnreachable {
  constructor(failure: Error) {
    super(`the last events of the server are not counted: ${failure.message}`, { cause: failure });
  }
}

/** Assigns positions to events in the order in which they arrive, many in one transaction of the index. */
export class EventCounter {
  readonly recent = new TailCache();
  /** Why the last events could not be counted, such as a full disk, until some are. */
  failure: Error | undefined;
  /** Events that have arrived but are not counted yet, and the heads of their streams. */
  private arrived: Arrival[] = [];
  private readonly heads = new Map<string, number>();
  private counting: NodeJS.Immediate | undefined;

  constructor(
    private readonly index: KurrentPositionIndex,
    private readonly listener: {
      /** Called before events are counted. Throws when none may be. */
      beforeCounting(): void;
      counted(event: FoundEvent, position: number): void;
      /** Called after events were counted, or could not be. */
      done(): void;
      /** Receives the failure of a count that nobody called. */
      failed(error: Error): void;
    },
  ) {}

  /** The place in the log of the last event that has arrived. */
  get last(): LogPosition | undefined {
    return this.arrived.at(-1)?.log ?? this.index.last?.log;
  }

  /** Revision of the last event of a stream that has arrived; -1 if there is none. */
  headOf(stream: string): number {
    return this.heads.get(stream) ?? this.index.headOf(stream);
  }

  /** Takes the next event. It is counted soon, with those that arrive at the same time. */
  add(event: Arrival): void {
    this.arrived.push(event);
    this.heads.set(event.stream, event.revision);
    if (this.arrived.length >= COUNTED_AT_ONCE) this.count();
    else this.counting ??= this.nextTurn(0, Date.now() + GATHER_MS);
  }

  /** Counts the events that have arrived: all of them or, if it throws, none. They are then to come again. */
  count(): void {
    clearImmediate(this.counting);
    this.counting = undefined;
    const events = this.arrived;
    this.arrived = [];
    this.heads.clear();
    this.listener.beforeCounting();
    if (events.length === 0) return;
    const before = this.index.position;
    try {
      this.index.append(events);
    } catch (error) {
      this.failure = toStoreError(error);
      this.listener.done();
      throw error;
    }
    this.failure = undefined;
    for (const [index, event] of events.entries()) {
      const position = before + index + 1;
      this.recent.add(position, JSON.stringify(event.body).length, () =>
        recordedFrom({ position, ...event }, event.body),
      );
      this.listener.counted(event, position);
    }
    this.listener.done();
  }

  /** Counts when a turn of the event loop has brought no new events, or when the time is over. */
  private nextTurn(seen: number, until: number): NodeJS.Immediate {
    return setImmediate(() => {
      if (this.arrived.length > seen && Date.now() < until)
        this.counting = this.nextTurn(this.arrived.length, until);
      else this.countOrTell();
    });
  }

  private countOrTell(): void {
    try {
      this.count();
    } catch (error) {
      this.listener.failed(toStoreError(error));
    }
  }
}
