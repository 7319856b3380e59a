import type { Warning } from './event.js';
import { Evidence } from './evidence.js';
import type { EventType } from './events/catalogue.js';
import { isPlainObject, type FieldKind, type FieldsClass } from './fields.js';
import { daySpan } from './occurred-on.js';
import { fieldsOf, type Problem } from './validation.js';
import { newestVersion, versionsOf } from './versions.js';

/** What an author may have to confirm, by the code that goes into `confirm` of the proposal. */
export const CONFIRMATIONS = ['unlikely-year'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** Something that is possible and so unlikely that it is recorded only where its author says that it is meant. */
export interface Doubt extends Problem {
  readonly code: Confirmation;
}

/** The warning that an event carries once its author has confirmed what is doubtful about it. */
export const confirmedDoubt = ({ code, field, message }: Doubt): Warning => ({
  code,
  message: `${field} ${message}`,
});

/** Years in which whatever is logged here has happened or is planned, unless it is a slip of the keyboard. */
const [FIRST_YEAR, LAST_YEAR] = ['1800', '2200'];

/** What is said of an event, as far as dates are in it. */
interface Said {
  readonly type: EventType;
  /** The version that its data is read in. Left out: today's. */
  readonly readAs?: number;
  readonly occurredOn?: unknown;
  readonly data?: unknown;
  readonly evidence?: unknown;
}

/**
 * Dates that no calendar has: there is no year 0. Dates that were recorded before are not held to it. Of a correction,
 * `corrected` is the type of the event that it replaces the data of.
 */
export function problemsOfYears(said: Said, corrected?: EventType): Problem[] {
  return [...datesSaid(said, corrected)].flatMap(({ field, text }) =>
    yearsOf(text).includes('0000') ? [{ field, message: 'names the year 0, which there is not' }] : [],
  );
}

/** What is doubtful about what is said of an event; `corrected` as for `problemsOfYears`. */
export function doubtsAbout(said: Said, corrected?: EventType): Doubt[] {
  return [...datesSaid(said, corrected)].flatMap(({ field, text }) =>
    yearsOf(text).some((year) => year < FIRST_YEAR || year > LAST_YEAR)
      ? [
          {
            code: 'unlikely-year',
            field,
            message: `is ${text}, outside the years ${FIRST_YEAR} to ${LAST_YEAR}`,
          },
        ]
      : [],
  );
}

/** The first and the last year that a date can mean. */
function yearsOf(text: string): string[] {
  const span = daySpan(text);
  return span ? [span.first.slice(0, 4), span.last.slice(0, 4)] : [];
}

interface SaidDate {
  readonly field: string;
  readonly text: string;
}

function* datesSaid(
  { type, readAs, occurredOn, data, evidence }: Said,
  corrected: EventType | undefined,
): Generator<SaidDate> {
  if (typeof occurredOn === 'string') yield { field: 'occurredOn', text: occurredOn };
  yield* datesIn(fieldsIn(type, readAs), data, 'data');
  if (corrected && isPlainObject(data))
    yield* datesIn(fieldsIn(corrected, data['version']), data['data'], 'data.data');
  for (const [index, item] of (Array.isArray(evidence) ? (evidence as unknown[]) : []).entries())
    yield* datesIn(Evidence, item, `evidence[${index}]`);
}

/** The fields of a version of a type, or of today's. */
function fieldsIn(type: EventType, version: unknown = newestVersion(type)): FieldsClass | undefined {
  return versionsOf(type)[Number(version) - 1]?.data;
}

function* datesIn(fields: FieldsClass | undefined, value: unknown, path: string): Generator<SaidDate> {
  if (!fields || !isPlainObject(value)) return;
  for (const { name, kind } of fieldsOf(fields).values())
    yield* datesOf(kind, value[name], `${path}.${name}`);
}

function* datesOf(kind: FieldKind, value: unknown, path: string): Generator<SaidDate> {
  if (kind.name === 'edtf' && typeof value === 'string') yield { field: path, text: value };
  else if (kind.fields) yield* datesIn(kind.fields, value, path);
  else if (kind.items && Array.isArray(value))
    for (const [index, item] of value.entries()) yield* datesOf(kind.items, item, `${path}[${index}]`);
}
