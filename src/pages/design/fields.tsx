import type { VNode } from 'preact';
import { daySpan } from '../../domain/ledger/edtf.js';
import { isMeasure } from '../../domain/measures/measures.js';
import { marketName } from '../../queries/names.js';
import { dateInWords } from './dates.js';
import { companyName, listInWords, MEASURE_WORDS, slugInWords, valueInWords } from './words.js';

/** The fields of an event's data as a list of names and texts; lists of texts in one line, parts of parts with dots. */
export function flatFields(data: object, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([name, value]: [string, unknown]): (readonly [string, string])[] => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (value === undefined) return [];
    if (isParts(value)) {
      return value.flatMap((part, index) => [
        ...flatFields(part, value.length === 1 ? path : `${path} ${index + 1}`),
      ]);
    }
    if (Array.isArray(value)) return [[path, listInWords(value.map((each) => textOf(name, each)))]];
    if (typeof value === 'object' && value !== null) return [...flatFields(value, path)];
    return [[path, textOf(name, value)]];
  });
}

const isParts = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'object' && part !== null);

/** Fields whose text people wrote: it stays as it is. */
const WRITTEN =
  /^(wording|reason|rationale|elements|name|partner|city|models|note|quote|url|publisher|archivedUrl|appliesTo|countedBy|language|sha256|message)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** A value as people read it, by the field that it stands in. */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') {
    if (WRITTEN.test(name)) return value;
    if (UUID.test(value)) return 'another event';
    if (isMeasure(value)) return MEASURE_WORDS[value];
    if (/market/i.test(name)) return marketName(value);
    if (/^(entity|site|partnership|automakers|group|company|parent)$/.test(name)) return companyName(value);
    return daySpan(value) ? dateInWords(value) : valueInWords(value);
  }
  return typeof value === 'number'
    ? value.toLocaleString('en', { maximumFractionDigits: 6 })
    : JSON.stringify(value);
}

interface FieldsProps {
  readonly data: object;
  /** What it became: fields that differ are marked. */
  readonly against?: object;
}

/** What an event says, field by field. */
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
  return slugInWords(
    name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('.', ': '),
  );
}

/** What a field asks for, as programs are told it and as people are. */
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
    'a date that there is, such as 14 Sep 2025, about May 2025, Q3 2025 or 2025; the month as a word where it could be two',
  ],
  [/; the nearest is (.+?)(?: \([A-Z]{2,8}\))?$/, '. Did you mean $1?'],
];

/** What is wrong with a field, without the terms of programs. */
export const messageInWords = (message: string): string =>
  ASKED.reduce((words, [terms, plain]) => words.replace(terms, plain), message);

/** The same of a path into what a form sends: "data.market" as "Market", "evidence[0].url" as "URL". */
export const fieldPathInWords = (path: string): string =>
  fieldInWords(path.replace(/^(?:data|evidence\[\d+\])\./, ''));
