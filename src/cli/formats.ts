import { EXPORT_FORMATS, FORMATS, type ExportFormat, type Format } from '../formats/ledger-line.js';
import { InvalidRequest } from '../problems/request-problems.js';

/** The format of an import that an option names. */
export const formatFrom = (text: string): Format => oneOf(FORMATS, text);

/** The format of an export that an option names. */
export const exportFormatFrom = (text: string): ExportFormat => oneOf(EXPORT_FORMATS, text);

function oneOf<T extends string>(formats: readonly T[], text: string): T {
  const format = formats.find((name) => name === text);
  if (!format)
    throw new InvalidRequest([{ field: '--format', message: `must be one of ${formats.join(', ')}` }]);
  return format;
}

/** The format that a file's name tells. Plain JSONL and CloudEvents are told apart line by line. */
export function formatOf(file: string): Format {
  return /\.csv$/i.test(file) ? 'csv' : 'jsonl';
}
