import { dateFault } from '../ledger/faulty-dates.js';
import { daySpan, hasOpenStart, latestDate } from '../ledger/edtf.js';
import { NO_PROBLEMS, type FieldKind } from './field-kind.js';

/** A date or an interval with both ends. */
export const date: FieldKind = {
  name: 'edtf',
  schema: { type: 'string', examples: ['2025-09', '2025~', '2030/2033'] },
  problems: (value, path) =>
    isDate(value) && !hasOpenStart(value) ? NO_PROBLEMS : [{ field: path, message: dateIn(value) }],
};

const dateIn = (value: unknown): string =>
  isDate(value)
    ? `must have a start: ${latestDate(value)} where no other time is meant, 1997/${latestDate(value)} where it is counted since 1997`
    : (faultIn(value) ??
      'must be an EDTF date such as 2025, 2025-09, 2025-09-14, 2025~ or an interval such as 2030/2033');

/** When something happened. For some things, a source only states the latest possible time. */
export const occurrence: FieldKind = {
  name: 'edtf',
  hasOpenStarts: true,
  schema: { type: 'string', examples: ['2025-09', '2025~', '2025-01/2025-06', '../2023-03'] },
  problems: (value, path) => (isDate(value) ? NO_PROBLEMS : [{ field: path, message: occurrenceIn(value) }]),
};

const isDate = (value: unknown): value is string => typeof value === 'string' && daySpan(value) !== undefined;

const faultIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? dateFault(value) : undefined;

const OPEN_END = /^(.+)\/(?:\.\.)?$/;

function occurrenceIn(value: unknown): string {
  const [, from] = (typeof value === 'string' ? OPEN_END.exec(value) : undefined) ?? [];
  const must =
    'must be an EDTF date such as 2025, 2025-09, 2025-09-14, 2025~, an interval such as 2025-01/2025-06, or ../2023-03 for March 2023 or earlier';
  return from !== undefined && daySpan(from)
    ? `${must}; what a source tells had happened by its own day: put that after ${from}/`
    : (faultIn(value) ?? must);
}
