import type { Basis, Measure, Vehicles } from '../measures/measures.js';
import type { EdtfDate } from '../ledger/edtf.js';
import { monthsLater } from './months.js';

/** Periods that every release has, counted from its month: said once of a label, they hold for the next release too. */
export const SPANS = ['month', 'year-to-date', 'month-a-year-before', 'year-to-date-a-year-before'] as const;
export type Span = (typeof SPANS)[number];

/** What a label of a row or a column says of the figures beside or below it. */
export interface Meaning {
  readonly measure?: Measure;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  /** The brand or group, by the id that figures name it by. */
  readonly entity?: string;
  readonly period?: EdtfDate;
  /** A period that moves along with the month of the release; it goes before `period`. */
  readonly span?: Span;
  /** How much it grew on the same period of the year before, in percent. */
  readonly isGrowth?: true;
  /** Of everything: no brand, all vehicles. */
  readonly isTotal?: true;
  /** A part of what stands above it. */
  readonly isPart?: true;
  /** Says nothing that can be recorded. */
  readonly isIgnored?: true;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const VEHICLES: readonly (readonly [RegExp, Vehicles])[] = [
  [/\bphevs?\b|plug-?\s?in|\berevs?\b|插电|插混/i, 'plug-in-hybrid'],
  [/\bbevs?\b|battery[- ]electric|pure electric|纯电/i, 'battery-electric'],
  [/\bnevs?\b|new[- ]energy|新能源/i, 'new-energy'],
  [/passenger|乘用车/i, 'passenger'],
  [/commercial|商用车/i, 'commercial'],
];

/**
 * What a label means in a release about a month, `2026-03`. What no rule knows is a brand. `known` goes first: what an
 * analyst has said before of labels of this automaker.
 */
export function meaningOf(
  label: string,
  month: string,
  known: Readonly<Record<string, Meaning>> = {},
): Meaning {
  const told = known[labelKey(label)];
  if (told) return told.span === undefined ? told : { ...told, period: periodOfSpan(told.span, month) };
  const text = label.trim();
  const period = periodOf(text, month);
  const isGrowth = /\byoy\b|\by[-/]o?[-/]?y\b|year[- ]on[- ]year|growth|change|\bvs\b|同比|^[+±]?\s*%$/i.test(
    text,
  );
  const vehicles = VEHICLES.find(([words]) => words.test(text))?.[1];
  const isExport = /export|出口/i.test(text);
  const isAbroad = isExport || /overseas|abroad|international|outside china|海外/i.test(text);
  const isPart = /^\s*(?:o\.?w\.?|of which|thereof|including|incl\.?|其中)/i.test(text);
  const isTotal = /\b(?:total|all brands|group|sum)\b|合计|总计|^sales|^deliveries|^wholesale/i.test(text);
  const basis = basisOf(text);
  if (/month[- ]on[- ]month|\bmom\b|环比|rank|share|\bno\.?$|^notes?\b/i.test(text))
    return { isIgnored: true };
  const found: Meaning = {
    ...(period !== undefined && { period }),
    ...(isGrowth && { isGrowth }),
    ...(vehicles !== undefined && { vehicles }),
    ...(isAbroad && { measure: 'overseas-units' as const }),
    ...(isPart && { isPart }),
    ...(isTotal && vehicles === undefined && !isAbroad && { isTotal }),
    ...(basis !== undefined && { basis }),
  };
  if (
    Object.keys(found).length > 0 ||
    !/\p{L}/u.test(text) ||
    /^(?:brand|model|category|unit|units|item|type|品牌)s?$/i.test(text)
  )
    return found;
  const entity = slugOf(text);
  return entity === '' ? {} : { entity };
}

/** The period that a span means in a release about a month. */
export function periodOfSpan(span: Span, month: string): EdtfDate {
  const [year = '', number = ''] = month.split('-');
  const yearToDate = number === '01' ? month : `${year}-01/${month}`;
  switch (span) {
    case 'month':
      return month;
    case 'year-to-date':
      return yearToDate;
    case 'month-a-year-before':
      return monthsLater(month, -12);
    case 'year-to-date-a-year-before':
      return monthsLater(yearToDate, -12);
  }
}

/** Labels are the same however they are spaced and written. */
export const labelKey = (label: string): string => label.trim().replaceAll(/\s+/g, ' ').toLowerCase();

function basisOf(text: string): Basis | undefined {
  if (/export|出口/i.test(text)) return 'exports';
  if (/deliver|交付/i.test(text)) return 'deliveries';
  if (/wholesale|批发/i.test(text)) return 'wholesale';
  if (/registration|上险/i.test(text)) return 'registrations';
  return /\bproduc|产量/i.test(text) ? 'production' : undefined;
}

/** The period that a label names, in the year of the release unless it names one. */
function periodOf(text: string, month: string): EdtfDate | undefined {
  const [year = '', number = ''] = month.split('-');
  const named =
    /\b(20\d\d)\b/.exec(text)?.[1] ??
    (/last year|prior year|上年/i.test(text) ? String(Number(year) - 1) : year);
  const span =
    /(?:^|[^a-z])(?:([a-z]{3})[a-z]*\.?|(\d{1,2})月?)\s*(?:-|–|to|through|至)\s*(?:([a-z]{3})[a-z]*\.?|(\d{1,2})月)/i.exec(
      text,
    );
  const [first, last] = [monthNumber(span?.[1] ?? span?.[2]), monthNumber(span?.[3] ?? span?.[4])];
  if (first !== undefined && last !== undefined && first < last) return `${named}-${first}/${named}-${last}`;
  if (/\bytd\b|year[- ]to[- ]date|cumulative|accumulated|累计/i.test(text))
    return periodOfSpan('year-to-date', `${named}-${number}`);
  const iso = /\b(20\d\d)[-/.](\d{1,2})\b/.exec(text);
  if (iso) return `${iso[1]}-${monthNumber(iso[2]) ?? number}`;
  const single =
    /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i.exec(text)?.[1] ??
    /(\d{1,2})月/.exec(text)?.[1];
  const only = monthNumber(single);
  if (only !== undefined) return `${named}-${only}`;
  if (/same month|last year|prior year|上年/i.test(text)) return `${named}-${number}`;
  if (/this month|month|本月|当月/i.test(text)) return month;
  return undefined;
}

/** `03` of "Mar" or "3"; undefined of neither. */
function monthNumber(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
  return number >= 1 && number <= 12 ? String(number).padStart(2, '0') : undefined;
}

const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
