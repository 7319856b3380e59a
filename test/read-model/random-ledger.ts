import { randomUUID } from 'node:crypto';
import { randomLines } from '../../bench/random-ledger.mjs';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import type { EventStore } from '../../src/event-store/event-store.js';

const AT_ONCE = 1000;
/** More events than any test records. */
const ENDLESS = 1e9;

/**
 * The benchmark's ledger, recorded step by step. It bypasses the rules, since its events are valid anyway.
 */
export class RandomLedger {
  /** Position of the last event. */
  position = 0;
  private readonly lines = randomLines(ENDLESS);
  private readonly heads = new Map<string, number>();

  constructor(private readonly store: EventStore) {}

  get streams(): readonly string[] {
    return [...this.heads.keys()];
  }

  /** Records the next `count` events. */
  async record(count: number): Promise<void> {
    for (let left = count; left > 0; left -= AT_ONCE) {
      const events = this.next(Math.min(left, AT_ONCE));
      const appended = await Promise.all([...events].map((each) => this.append(...each)));
      this.position = Math.max(...appended);
    }
  }

  private async append(stream: string, events: readonly NewEvent[]): Promise<number> {
    const head = this.heads.get(stream);
    const { revision, position } = await this.store.append(stream, head ?? 'no-stream', events);
    this.heads.set(stream, revision);
    return position;
  }

  private next(count: number): Map<string, NewEvent[]> {
    const events = new Map<string, NewEvent[]>();
    for (let made = 0; made < count; made++) {
      const { stream, evidence = [], ...proposed } = this.lines.next().value;
      const provenance = { id: randomUUID(), recordedAt: new Date().toISOString(), recordedBy: 'test' };
      const event = { ...proposed, evidence, ...provenance } as NewEvent;
      events.set(stream, [...(events.get(stream) ?? []), event]);
    }
    return events;
  }
}
