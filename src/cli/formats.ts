import { FORMATS, type Format } from '../interchange/ledger-line.js';
import { InvalidRequest } from '../problems/request-problems.js';

/** The format that an option names. */
export function formatFrom(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (!format)
    throw new InvalidRequest([{ field: '--format', message: `must be one of ${FORMATS.join(', ')}` }]);
  return format;
}

/** The format that a file's name tells. Plain JSONL and CloudEvents are told apart line by line. */
export function formatOf(file: string): Format {
  return /\.csv$/i.test(file) ? 'csv' : 'jsonl';
}
