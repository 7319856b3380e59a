import type { RecordedEvent } from '../domain/event.js';
import { inFileOrder, type LedgerLine } from './ledger-line.js';
import { eventFromCloudEvent, isCloudEvent } from './cloud-events.js';
import { linesOf } from './lines.js';

/** Reads events, one JSON object a line, as our own export writes them or as CloudEvents. */
export async function* readJsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LedgerLine> {
  for await (const { line, text, fault } of linesOf(bytes)) {
    yield { line, text, content: fault === undefined ? parsed(text) : { kind: 'unreadable', reason: fault } };
  }
}

function parsed(text: string): LedgerLine['content'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      kind: 'unreadable',
      reason: `is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'unreadable', reason: 'must hold one JSON object' };
  }
  const event = value as Readonly<Record<string, unknown>>;
  return isCloudEvent(event) ? eventFromCloudEvent(event) : { kind: 'event', event };
}

export function toJsonLine(event: RecordedEvent): string {
  return `${JSON.stringify(inFileOrder(event))}\n`;
}
