import type { ImportCounts } from '../commands/import/import-events.js';
import type { WarnedLine } from '../commands/import/rejected-line.js';
import type { Format } from '../formats/ledger-line.js';
import type { RefusedLines } from './rejected-lines.js';

/** One file on its way into the ledger. */
export interface FileImport {
  readonly file: string;
  readonly format: Format;
  readonly restore: boolean;
  readonly dryRun: boolean;
  readonly refused: RefusedLines;
  readonly onWarned: (warned: WarnedLine) => void;
  /** Told how many bytes have been read, and, where it is known by then, what became of them. */
  readonly onProgress: (bytesRead: number, counts?: ImportCounts) => void;
}
