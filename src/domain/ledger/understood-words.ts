import { Evidence } from './evidence.js';
import { byDate, daySpan } from './edtf.js';
import { dateFromWords } from './dates-in-words.js';
import { currencyFromWords, marketFromWords } from './peoples-words.js';
import { definitionOf, isEventType } from '../events/catalogue.js';
import type { FieldKind, FieldsClass } from '../events/field-kind.js';
import { brandsIn, isTogether, togetherOf } from '../measures/brands-together.js';
import { isMarket, isPlainObject } from '../events/fields.js';
import { fieldsOf, type DeclaredField } from '../events/validation.js';

/**
 * Converts countries and dates that people write in words to the ledger's form: "Germany" to DE, "14.09.2022"
 * to 2022-09-14. Values already in this form, and unknown ones, stay unchanged; returns the same object if
 * nothing changes.
 */
export function inLedgersWords<T>(value: T): T {
  if (!isPlainObject(value)) return value;
  const { type, occurredOn, data, evidence } = value;
  const occurred = typeof occurredOn === 'string' ? occurrenceFrom(occurredOn) : occurredOn;
  const happened = isEventType(type) ? partFrom(definitionOf(type).data, data) : data;
  const stated = Array.isArray(evidence) ? listFrom(evidence, evidenceFrom) : evidence;
  if (occurred === occurredOn && happened === data && stated === evidence) return value;
  // The result has the same shape as the input.
  return {
    ...value,
    ...(occurred !== occurredOn && { occurredOn: occurred }),
    ...(happened !== data && { data: happened }),
    ...(stated !== evidence && { evidence: stated }),
  };
}

const evidenceFrom = (item: unknown): unknown => partFrom(Evidence, item);

function partFrom(fields: FieldsClass, value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  let understood = value;
  for (const { name, kind } of wordedFieldsOf(fields)) {
    const content = value[name];
    const said = content === undefined ? content : valueFrom(kind, content);
    if (said !== content) understood = { ...understood, [name]: said };
  }
  return understood;
}

// A handful of small lists, for classes that live as long as the process.
// eslint-disable-next-line no-restricted-globals
const worded = new WeakMap<FieldsClass, readonly DeclaredField[]>();

/** The fields of a class that may be written in words, directly or in their parts. */
function wordedFieldsOf(fields: FieldsClass): readonly DeclaredField[] {
  const before = worded.get(fields);
  if (before) return before;
  const found = [...fieldsOf(fields).values()].filter(({ kind }) => isWorded(kind));
  worded.set(fields, found);
  return found;
}

const WORDED: ReadonlySet<string> = new Set(['edtf', 'currency', 'entity', 'market']);

function isWorded({ items, fields, name }: FieldKind): boolean {
  if (fields) return wordedFieldsOf(fields).length > 0;
  return items ? isWorded(items) : WORDED.has(name);
}

function valueFrom(kind: FieldKind, value: unknown): unknown {
  const { items, fields, name, hasOpenStarts } = kind;
  if (fields) return partFrom(fields, value);
  if (items) return Array.isArray(value) ? listFrom(value, (item) => valueFrom(items, item)) : value;
  if (typeof value !== 'string') return value;
  if (name === 'edtf') return hasOpenStarts ? occurrenceFrom(value) : dateFrom(value);
  if (name === 'currency') return currencyFromWords(value) ?? value;
  if (name === 'entity' && isTogether(value)) return entityFrom(value);
  return name === 'market' ? marketFrom(value) : value;
}

function listFrom(list: readonly unknown[], each: (item: unknown) => unknown): readonly unknown[] {
  const said = list.map(each);
  return said.every((item, index) => item === list[index]) ? list : said;
}

const dateFrom = (text: string): string => (daySpan(text) ? text : (dateFromWords(text) ?? text));

/** When something happened; also accepts "by March 2023". */
function occurrenceFrom(text: string): string {
  if (daySpan(text)) return text;
  const [, by] = /^by (.+)$/i.exec(text) ?? [];
  if (by === undefined) return dateFrom(text);
  const date = dateFrom(by);
  return date === by && !daySpan(date) ? text : byDate(date);
}

/** Several brands together, in their canonical order. */
const entityFrom = (text: string): string => togetherOf(brandsIn(text).map((brand) => brand.trim()));

/** The code of a market that is given as its code or its name. Text that names none stays, so that validation reports it. */
export const marketFrom = (text: string): string => (isMarket(text) ? text : (marketFromWords(text) ?? text));
