import type { VNode } from 'preact';
import { daySpan } from '../../domain/ledger/edtf.js';
import { isMeasure, UNITS, type Unit } from '../../domain/measures/measures.js';
import { printedBy } from '../../domain/words/amounts.js';
import { unitInWords } from '../../domain/words/goals.js';
import { marketName } from '../../queries/names.js';
import { dateInWords } from './dates.js';
import {
  companyName,
  inSeparateWords,
  listInWords,
  MEASURE_WORDS,
  roleInWords,
  slugInWords,
  valueInWords,
} from './words.js';

/**
 * The fields of an event's data as pairs of name and text. Lists of texts become one line; nested fields have
 * names with dots.
 */
export function flatFields(data: object, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([name, value]: [string, unknown]): (readonly [string, string])[] => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (value === undefined) return [];
    if (isParts(value)) {
      return value.flatMap((part, index) => [
        ...flatFields(part, value.length === 1 ? path : `${path} ${index + 1}`),
      ]);
    }
    if (Array.isArray(value)) return [[path, listInWords(value.map((each) => valueInField(name, each)))]];
    if (typeof value === 'object' && value !== null) return [...flatFields(value, path)];
    return [[path, valueInField(name, value)]];
  });
}

const isParts = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'object' && part !== null);

/** Fields with text written by people, which is shown unchanged. */
const WRITTEN =
  /^(wording|reason|rationale|elements|name|partner|city|models|note|quote|url|publisher|archivedUrl|appliesTo|countedBy|language|sha256|message)$/;
const isUnit = (value: string): value is Unit => UNITS.some((unit) => unit === value);
/** The code of the market at the end of a slug: "purwakarta-id". */
const MARKET_CODE = /-[a-z]{2}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Codes that have different words in one particular field. */
const IN_FIELD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  saidBy: {
    automaker: 'the company',
    executive: 'an executive',
    partner: 'a partner',
    authority: 'an authority',
  },
  kind: {
    amount: 'an amount in one period',
    rate: 'so many a year, by a year',
    cumulative: 'an amount over several years',
    share: 'a share',
    level: 'a level on a day',
    presence: 'to sell there',
  },
};

/** A field's value in words. */
export function valueInField(name: string, value: unknown): string {
  if (typeof value === 'string') {
    if (WRITTEN.test(name)) return value;
    if (UUID.test(value)) return 'another event';
    if (isMeasure(value)) return MEASURE_WORDS[value];
    if (name === 'unit' && isUnit(value)) return unitInWords(value);
    const ofField = IN_FIELD[name]?.[value];
    if (ofField !== undefined) return ofField;
    if (/market/i.test(name)) return marketName(value);
    if (name === 'roles') return roleInWords(value);
    if (/^(site|partnership)$/.test(name)) return companyName(value.replace(MARKET_CODE, ''));
    if (/^(entity|automakers|group|company|parent)$/.test(name)) return companyName(value);
    return daySpan(value) ? dateInWords(value) : valueInWords(value);
  }
  if (typeof value !== 'number') return JSON.stringify(value);
  return PERCENTAGE.test(name) ? `${exactly(value)}\u00a0%` : exactly(value);
}

const exactly = printedBy(new Intl.NumberFormat('en', { maximumFractionDigits: 6 }));
/** Numeric fields that are percentages whatever else the data says. */
const PERCENTAGE = /^(rate|percent|equityShare|share)$/;

interface FieldsProps {
  readonly data: object;
  /** A later version of the data; fields that differ are marked. */
  readonly against?: object;
}

/** The data of an event, field by field. */
export function Fields({ data, against }: FieldsProps): VNode {
  const other = new Map(against ? flatFields(against) : []);
  return (
    <table class="fields">
      <tbody>
        {flatFields(data).map(([name, text]) => (
          <tr key={name}>
            <th scope="row">{fieldInWords(name)}</th>
            <td>{against && other.get(name) !== text ? <del>{text}</del> : text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "annualCapacity" as "Annual capacity". */
export function fieldInWords(name: string): string {
  if (name === 'url') return 'URL';
  return slugInWords(inSeparateWords(name).replaceAll('.', ': '));
}

/** Replaces descriptions of fields for programs by words for people. */
const ASKED: readonly (readonly [RegExp, string])[] = [
  [
    /an ISO 3166-1 alpha-2 country code in capitals, such as NO(?: for Norway)?, or one of the regions [A-Z0-9, ]+/,
    'a country or a region by its name, such as Norway or Europe',
  ],
  [
    /an ISO 3166-1 alpha-2 country code in capitals, such as NO, or EU/,
    'a country by its name, such as Norway, or the European Union',
  ],
  [
    /an ISO 3166-1 alpha-2 country code in capitals, such as NO for Norway/,
    'a country by its name, such as Norway',
  ],
  [
    /an EDTF date such as [^;]*/,
    'a date that there is, such as 14 Sept 2025, about May 2025, Q3 2025 or 2025; the month as a word where it could be two',
  ],
  [
    /an absolute http or https URL of at most 2048 characters/,
    'the whole address of a page, from https:// on',
  ],
  [/; the nearest is (.+?)(?: \([A-Z]{2,8}\))?$/, '. Did you mean $1?'],
];

const DATES_OF_PROGRAMS = /\b\d{4}(?:-\d\d){1,2}(?:\/\d{4}(?:-\d\d){1,2})?\b|\b\d{4}\/\d{4}\b/g;

/** The description of a field in words for people, with dates as people write them. */
export const hintInWords = (description: string): string =>
  description.replace(DATES_OF_PROGRAMS, dateInWords).replace(/ \(EDTF\)$/, '');

/** The problem with a field, without technical terms. */
export const messageInWords = (message: string): string =>
  ASKED.reduce((words, [terms, plain]) => words.replace(terms, plain), message);

/** A path into the form's data in words: "data.market" as "Market", "evidence[0].url" as "URL". */
export const fieldPathInWords = (path: string): string =>
  fieldInWords(path.replace(/^(?:data|evidence\[\d+\])\./, ''));
