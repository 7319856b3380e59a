import { readCsv } from './csv.js';
import { readJsonLines } from './jsonl.js';
import type { Format, LedgerLine } from './ledger-line.js';

/** The events of a file, line by line. Plain JSONL and CloudEvents are distinguished per line. */
export function readLedger(bytes: AsyncIterable<Uint8Array>, format: Format): AsyncIterable<LedgerLine> {
  return format === 'csv' ? readCsv(bytes) : readJsonLines(bytes);
}
