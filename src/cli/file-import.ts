import type { ImportCounts } from '../commands/import/import-events.js';
import type { WarnedLine } from '../commands/import/rejected-line.js';
import type { Format } from '../formats/ledger-line.js';
import type { RefusedLines } from './rejected-lines.js';

/** The import of one file. */
export interface FileImport {
  readonly file: string;
  readonly format: Format;
  readonly restore: boolean;
  readonly dryRun: boolean;
  readonly refused: RefusedLines;
  readonly onWarned: (warned: WarnedLine) => void;
  /** Called with the number of bytes read so far, and with the counts if they are known. */
  readonly onProgress: (bytesRead: number, counts?: ImportCounts) => void;
}
