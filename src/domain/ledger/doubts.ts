import type { Warning } from './warning.js';
import { Evidence } from './evidence.js';
import type { EventType } from '../events/catalogue.js';
import { isPlainObject } from '../events/fields.js';
import type { FieldKind, FieldsClass, FieldError } from '../events/field-kind.js';
import { daySpan, latestDate, type DaySpan } from './edtf.js';
import { fieldsOf, type DeclaredField } from '../events/validation.js';
import { newestVersion, versionsOf } from '../events/versions.js';

/** The codes of doubts that an author can confirm, in `confirm` of the proposal. */
export const CONFIRMATIONS = [
  'unlikely-year',
  'far-off',
  'more-than-whole',
  'decimals-in-count',
  'share-below-one',
  'unknown-entity',
  'unknown-site',
  'other-market',
  'partner-resembles',
  'unlikely-amount',
  'same-evidence',
  'deadline-passed',
  'repeated-value',
  'not-over-yet',
  'order-unclear',
  'same-goal',
  'nothing-changed',
  'long-quote',
  'published-early',
  'unlikely-source',
  'home-market',
  'reached-already',
  'restates-other',
  'other-measure',
  'same-outlet',
] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** Something possible but so implausible that it is recorded only after its author confirms it. */
export interface Doubt extends FieldError {
  readonly code: Confirmation;
}

/** The warning of an event whose author confirmed a doubt. */
export const confirmedDoubt = ({ code, field, message }: Doubt): Warning => ({
  code,
  message: `${field} ${message}`,
});

/** Events and plans outside these years are almost certainly typing errors. */
const [FIRST_YEAR, LAST_YEAR] = ['1800', '2200'];

/** The parts of an event that contain dates. */
interface Said {
  readonly type: EventType;
  /** The version in which the data was read. Default: the newest. */
  readonly readAs?: number;
  readonly occurredOn?: unknown;
  readonly data?: unknown;
  readonly evidence?: unknown;
}

/**
 * Reports dates in the year 0, which no calendar has. Already recorded dates are not checked. For a
 * correction, `corrected` is the type of the corrected event.
 */
export function problemsOfYears(said: Said, corrected?: EventType): FieldError[] {
  return datesSaid(said, corrected, hasYearZero).map(({ field }) => ({
    field,
    message: 'names the year 0, which there is not',
  }));
}

/** Doubts implausible years; `corrected` as in `problemsOfYears`. */
export function doubtsAbout(said: Said, corrected?: EventType): Doubt[] {
  return datesSaid(said, corrected, isUnlikely).map(({ field, text }) => ({
    code: 'unlikely-year',
    field,
    message: `is ${text}, outside the years ${FIRST_YEAR} to ${LAST_YEAR}`,
  }));
}

const hasYearZero = ({ first, last }: DaySpan): boolean => first < '0001' || last < '0001';
const isUnlikely = ({ first, last }: DaySpan): boolean => first < FIRST_YEAR || last > `${LAST_YEAR}-12-31`;

interface SaidDate {
  readonly field: string;
  readonly text: string;
}

/** The dates of an event for which `has` holds, in field order. */
function datesSaid(
  { type, readAs, occurredOn, data, evidence }: Said,
  corrected: EventType | undefined,
  has: (span: DaySpan) => boolean,
): SaidDate[] {
  const found: SaidDate[] = [];
  const note = (text: unknown, field: string): void => {
    const span = typeof text === 'string' ? daySpan(latestDate(text)) : undefined;
    if (span && has(span)) found.push({ field, text: String(text) });
  };
  note(occurredOn, 'occurredOn');
  visitDates(fieldsIn(type, readAs), data, 'data', note);
  if (corrected && isPlainObject(data))
    visitDates(fieldsIn(corrected, data['version']), data['data'], 'data.data', note);
  if (Array.isArray(evidence))
    evidence.forEach((item, index) => visitDates(Evidence, item, `evidence[${index}]`, note));
  return found;
}

/** The fields of a type's version; by default of the newest. */
function fieldsIn(type: EventType, version: unknown = newestVersion(type)): FieldsClass | undefined {
  return versionsOf(type)[Number(version) - 1]?.data;
}

type Visit = (text: unknown, field: string) => void;

function visitDates(fields: FieldsClass | undefined, value: unknown, path: string, visit: Visit): void {
  if (!fields || !isPlainObject(value)) return;
  for (const { name, kind } of dateFieldsOf(fields)) {
    if (value[name] !== undefined) visitDatesOf(kind, value[name], `${path}.${name}`, visit);
  }
}

function visitDatesOf(kind: FieldKind, value: unknown, path: string, visit: Visit): void {
  const { items, fields } = kind;
  if (fields) visitDates(fields, value, path, visit);
  else if (!items) visit(value, path);
  else if (Array.isArray(value))
    value.forEach((item, index) => visitDatesOf(items, item, `${path}[${index}]`, visit));
}

// A handful of small lists, for classes that live as long as the process.
// eslint-disable-next-line no-restricted-globals
const known = new WeakMap<FieldsClass, readonly DeclaredField[]>();

/**
 * The fields of a class that contain dates, directly or in their parts. Cached, because every event needs
 * them.
 */
function dateFieldsOf(fields: FieldsClass): readonly DeclaredField[] {
  const before = known.get(fields);
  if (before) return before;
  const found = [...fieldsOf(fields).values()].filter(({ kind }) => holdsDates(kind));
  known.set(fields, found);
  return found;
}

function holdsDates({ name, items, fields }: FieldKind): boolean {
  if (fields) return dateFieldsOf(fields).length > 0;
  return items ? holdsDates(items) : name === 'edtf';
}
