import type { RecordedEvent } from '../domain/ledger/event.js';

const MOST_EVENTS = 2000;
const MOST_CHARACTERS = 8 * 1024 * 1024;

interface RecentEvent {
  readonly position: number;
  readonly characters: number;
  readonly read: () => RecordedEvent;
  event?: RecordedEvent;
}

/**
 * The last events of the ledger, shared by all close followers: what one of them has parsed, all can use.
 * Bounded.
 */
export class TailCache {
  private events: RecentEvent[] = [];
  private characters = 0;

  /**
   * Adds the ledger's next event, which is parsed only when a reader asks for it. `characters` is its
   * approximate size.
   */
  add(position: number, characters: number, read: () => RecordedEvent): void {
    this.events.push({ position, characters, read });
    this.characters += characters;
    if (this.events.length > 2 * MOST_EVENTS || this.characters > MOST_CHARACTERS) this.shrink();
  }

  /** At most `limit` events after a position, or undefined when the cache no longer has them. */
  after(position: number, limit: number): RecordedEvent[] | undefined {
    const first = this.events[0]?.position;
    if (first === undefined || position < first - 1) return undefined;
    const from = position - first + 1;
    return this.events.slice(from, from + limit).map((recent) => (recent.event ??= recent.read()));
  }

  clear(): void {
    this.events = [];
    this.characters = 0;
  }

  /** Drops the oldest events, many at a time, because each time the remaining ones are copied. */
  private shrink(): void {
    let drop = Math.max(0, this.events.length - MOST_EVENTS);
    let left = this.characters;
    for (const { characters } of this.events.slice(0, drop)) left -= characters;
    while (left > MOST_CHARACTERS / 2 && drop < this.events.length)
      left -= this.events[drop++]?.characters ?? 0;
    this.events = this.events.slice(drop);
    this.characters = left;
  }
}
