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
 * The last events of the ledger, for those who follow it closely: what one of them has read is there for all of them.
 * Bounded.
 */
export class TailCache {
  private events: RecentEvent[] = [];
  private characters = 0;

  /** Adds the ledger's next event, which is read when somebody asks for it; `characters` is about its size. */
  add(position: number, characters: number, read: () => RecordedEvent): void {
    this.events.push({ position, characters, read });
    this.characters += characters;
    if (this.events.length > 2 * MOST_EVENTS || this.characters > MOST_CHARACTERS) this.shrink();
  }

  /** The events after a position, at most `limit`, or undefined where they are not kept any more. */
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

  /** Drops the oldest, many at a time, because each time the rest is moved. */
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
