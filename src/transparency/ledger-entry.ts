import { createRequire } from 'node:module';
import type { RecordedEvent } from '../domain/event.js';
import { inFileOrder } from '../interchange/ledger-line.js';
import { leafHash, type Hash } from './merkle-tree.js';

// The package is CommonJS and its types describe an ES module's default export.
const canonicalize = createRequire(import.meta.url)('canonicalize') as (value: unknown) => string | undefined;

/** The leaf of an event: its canonical JSON (RFC 8785) as exports hold it, recordedAt and author included. */
export function eventLeaf(event: RecordedEvent): Hash {
  return leafHash(canonicalEvent(inFileOrder(event)));
}

/** The canonical bytes of an event as an export holds it. */
export function canonicalEvent(event: object): string {
  const text = canonicalize(event);
  if (text === undefined) throw new TypeError('an event has no canonical JSON');
  return text;
}
