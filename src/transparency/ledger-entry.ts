import type { RecordedEvent } from '../domain/ledger/event.js';
import { canonicalJson } from '../formats/canonical-json.js';
import { inFileOrder } from '../formats/ledger-line.js';
import { leafHash, type Hash } from './merkle-tree.js';

/** The leaf of an event: the hash of its canonical JSON (RFC 8785) with all fields that exports have. */
export function eventLeaf(event: RecordedEvent): Hash {
  return leafHash(canonicalJson(inFileOrder(event)));
}
