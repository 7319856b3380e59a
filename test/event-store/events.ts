import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../src/domain/ledger/event.js';

/** A small event with a new id; `over` replaces parts of it. */
export function someEvent(over: Partial<NewEvent<'MarketEntered'>> = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'MarketEntered',
    occurredOn: '2025-09',
    data: { market: 'NO' },
    evidence: [{ url: 'https://example.com/a', publisher: 'Example', grade: 'reported' }],
    recordedAt: '2026-01-01T00:00:00.000Z',
    recordedBy: 'test',
    ...over,
  };
}

export const someEvents = (count: number): NewEvent[] => Array.from({ length: count }, () => someEvent());

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
