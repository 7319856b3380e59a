import { EXPORT_FORMATS, FORMATS, type ExportFormat, type Format } from '../formats/ledger-line.js';
import { InvalidRequest } from '../problems/request-problems.js';

/** Parses the option for an import format. */
export const formatFrom = (text: string): Format => oneOf(FORMATS, text);

/** Parses the option for an export format. */
export const exportFormatFrom = (text: string): ExportFormat => oneOf(EXPORT_FORMATS, text);

function oneOf<T extends string>(formats: readonly T[], text: string): T {
  const format = formats.find((name) => name === text);
  if (!format)
    throw new InvalidRequest([{ field: '--format', message: `must be one of ${formats.join(', ')}` }]);
  return format;
}

/** The format by a file's name. Plain JSONL and CloudEvents are distinguished per line. */
export function formatOf(file: string): Format {
  return /\.csv$/i.test(file) ? 'csv' : 'jsonl';
}
