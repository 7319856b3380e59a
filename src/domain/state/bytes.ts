import type { StreamEvent } from '../ledger/event.js';

/** What a state keeps of each event beside its texts: objects, its part of a record, places in lists and maps. */
const OVERHEAD = 700;
/** What an object, a list or a text takes beside its fields and characters. */
const HEADER = 24;

/** About how many bytes of memory an event takes in a state. Measured: docs/decisions/persistent-states.md. */
export function bytesOf({ data, evidence, note = '' }: StreamEvent): number {
  return OVERHEAD + bytesIn(data) + bytesIn(evidence) + note.length;
}

function bytesIn(value: unknown): number {
  if (typeof value === 'string') return HEADER + value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = HEADER;
  for (const field in value) bytes += 8 + bytesIn((value as Readonly<Record<string, unknown>>)[field]);
  return bytes;
}
