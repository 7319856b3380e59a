import type { RecordedEvent } from '../domain/event.js';

const MOST_EVENTS = 2000;
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** The last events of the ledger, for those who follow it closely: one subscription serves them all. Bounded. */
export class RecentEvents {
  private events: RecordedEvent[] = [];
  private sizes: number[] = [];
  private characters = 0;

  /** Adds the ledger's next event; `characters` is about its size. */
  add(event: RecordedEvent, characters: number): void {
    this.events.push(event);
    this.sizes.push(characters);
    this.characters += characters;
    if (this.events.length > 2 * MOST_EVENTS || this.characters > MOST_CHARACTERS) this.shrink();
  }

  /** The events after a position, at most `limit`, or undefined where they are not kept any more. */
  after(position: number, limit: number): RecordedEvent[] | undefined {
    const first = this.events[0]?.position;
    if (first === undefined || position < first - 1) return undefined;
    const from = position - first + 1;
    return this.events.slice(from, from + limit);
  }

  /** Drops the oldest, many at a time, because each time the rest is moved. */
  private shrink(): void {
    let drop = Math.max(0, this.events.length - MOST_EVENTS);
    let left = this.characters;
    for (const size of this.sizes.slice(0, drop)) left -= size;
    while (left > MOST_CHARACTERS / 2 && drop < this.events.length) left -= this.sizes[drop++] ?? 0;
    this.events = this.events.slice(drop);
    this.sizes = this.sizes.slice(drop);
    this.characters = left;
  }
}
