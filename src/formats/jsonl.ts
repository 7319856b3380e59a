import { isUtf8 } from 'node:buffer';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { eventFromCloudEvent, isCloudEvent } from './cloud-events.js';
import { parseJson, UnusableJson } from './json-text.js';
import { inFileOrder, unreadable, type LedgerLine } from './ledger-line.js';
import { linesOf } from './lines.js';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads events, one JSON object per line, in the export's own format or as CloudEvents. Skips empty lines.
 */
export async function* readJsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LedgerLine> {
  for await (const { line, bytes: whole, end, fault } of linesOf(bytes)) {
    const read = whole.toString('utf8');
    const text = line === 1 && read.startsWith(BYTE_ORDER_MARK) ? read.slice(1) : read;
    if (fault === undefined && !/\S/.test(text)) continue;
    const wrong = fault ?? (isUtf8(whole) ? undefined : 'is not valid UTF-8');
    yield {
      line,
      bytes: whole,
      end,
      text,
      content: wrong === undefined ? contentOf(text) : unreadable(wrong),
    };
  }
}

function contentOf(text: string): LedgerLine['content'] {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof UnusableJson) return unreadable(error.message);
    return unreadable(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unreadable('must hold one JSON object');
  const event = value as Readonly<Record<string, unknown>>;
  return isCloudEvent(event) ? eventFromCloudEvent(event) : { kind: 'event', event };
}

export function toJsonLine(event: RecordedEvent): string {
  return `${JSON.stringify(inFileOrder(event))}\n`;
}
