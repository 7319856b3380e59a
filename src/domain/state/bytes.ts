import type { StreamEvent } from '../ledger/event.js';

/**
 * Bytes that a state needs per event in addition to its texts: objects, its part of a record, entries in
 * lists and maps.
 */
const OVERHEAD = 700;
/** Bytes of an object, list or text in addition to its fields and characters. */
const HEADER = 24;

/**
 * Estimates how many bytes of memory an event takes in a state. Measured:
 * docs/decisions/persistent-states.md.
 */
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
