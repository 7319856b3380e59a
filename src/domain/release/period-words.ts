import type { EdtfDate } from '../ledger/edtf.js';

/** Parts of a period from labels. Labels combine: "March" above "2025", "YTD" beside "last year". */
export interface PeriodWords {
  readonly year?: number;
  /** The first and last month, 1 to 12. */
  readonly months?: readonly [first: number, last: number];
  /** The period starts in January. */
  readonly isToDate?: true;
  /** The period is one year before the one that the other fields name. */
  readonly isYearBefore?: true;
  /** The month of the release, or the month that another field names. */
  readonly isMonth?: true;
}

const MONTH_NAMES =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DASH = '(?:-|–|—|~|/|to|through|until|至|到)';

const NAMED_SPAN = new RegExp(
  String.raw`(?<![a-z])(${MONTH_NAMES})\.?\s*(?:['’]?(?:20)?\d\d)?\s*${DASH}\s*(${MONTH_NAMES})(?![a-z])`,
  'i',
);
const CHINESE_SPAN = new RegExp(String.raw`(?<!\d)(\d{1,2})月?\s*${DASH}\s*(\d{1,2})月`);
const NUMBER_SPAN = new RegExp(
  String.raw`\b20\d\d[-/.](\d{1,2})\s*${DASH}\s*(?:20\d\d[-/.])?(\d{1,2})(?!\d)`,
);
const NAMED_MONTH = new RegExp(String.raw`(?<![a-z])(${MONTH_NAMES})(?![a-z])`, 'i');

/** The period words of a label; empty if it has none. */
export function periodWordsIn(label: string): PeriodWords {
  const text = label.trim();
  const whole = wholeLabel(text);
  if (whole) return whole;
  const year = yearIn(text);
  const months = spanIn(text) ?? monthIn(text);
  const isToDate = /\bytd\b|year[- ]to[- ]date|cumulative|accumulated|累计/i.test(text);
  const isYearBefore =
    year === undefined &&
    /\b(?:last|prior|previous|preceding) year\b|year[- ]ago|year[- ]earlier|\b(?:ly|py)\b|上年|去年|同期/i.test(
      text,
    );
  const isMonth =
    months === undefined && /(?:this|current|same|of the) month|^month$|monthly|本月|当月|^月$/i.test(text);
  return {
    ...(year !== undefined && { year }),
    ...(months && { months }),
    ...(isToDate && { isToDate }),
    ...(isYearBefore && { isYearBefore }),
    ...(isMonth && { isMonth }),
  };
}

/** Quarters and halves are also car models ("H2", "Q5"), so they must be the whole label. */
function wholeLabel(text: string): PeriodWords | undefined {
  const part = /^(?:(20\d\d)\s*)?(?:([qh])\s?([1-4])|([1-4])\s?([qh]))(?:[\s/'’-]*(20)?(\d\d))?$/i.exec(text);
  if (part) {
    const isHalf = (part[2] ?? part[5] ?? '').toLowerCase() === 'h';
    const number = Number(part[3] ?? part[4]);
    const length = isHalf ? 6 : 3;
    if (number * length > 12) return undefined;
    const year =
      part[1] === undefined ? (part[7] === undefined ? undefined : 2000 + Number(part[7])) : Number(part[1]);
    return {
      ...(year !== undefined && { year }),
      months: [(number - 1) * length + 1, number * length],
    };
  }
  const half = /^(?:(20\d\d)年?)?(上|下)半年$/.exec(text);
  if (half)
    return {
      ...(half[1] !== undefined && { year: Number(half[1]) }),
      months: half[2] === '上' ? [1, 6] : [7, 12],
    };
  const full =
    /^(?:fy\s?|full[- ]year\s?)(20\d\d)?$|^(20\d\d)\s?(?:fy|full year)$|^(20\d\d)年?全年$|^全年$/i.exec(text);
  if (!full) return undefined;
  const year = full[1] ?? full[2] ?? full[3];
  return { ...(year !== undefined && { year: Number(year) }), months: [1, 12] };
}

function yearIn(text: string): number | undefined {
  // "2026 vs 2025" is about 2026.
  const [first = ''] = text.split(/\bvs?\b\.?|versus|compared|较/i);
  const four = [...first.matchAll(/(?<!\d)(20\d\d)(?!\d)/g)].at(-1)?.[1];
  if (four !== undefined) return Number(four);
  const short =
    new RegExp(String.raw`(?<![a-z])(?:${MONTH_NAMES})\.?[\s-]*['’]?(\d\d)(?!\d)`, 'i').exec(first)?.[1] ??
    /['’](\d\d)(?!\d)/.exec(first)?.[1] ??
    /(?<!\d)(\d\d)年/.exec(first)?.[1];
  return short === undefined ? undefined : 2000 + Number(short);
}

function spanIn(text: string): readonly [number, number] | undefined {
  const named = NAMED_SPAN.exec(text);
  const numbered = CHINESE_SPAN.exec(text) ?? NUMBER_SPAN.exec(text);
  const [first, last] = named
    ? [numberOf(named[1]), numberOf(named[2])]
    : [Number(numbered?.[1]), Number(numbered?.[2])];
  return first >= 1 && last <= 12 && first < last ? [first, last] : undefined;
}

function monthIn(text: string): readonly [number, number] | undefined {
  const number =
    Number(/(?<!\d)20\d\d[-/.年]\s?(\d{1,2})(?!\d)/.exec(text)?.[1]) ||
    Number(/(?<!\d)(\d{1,2})[-/.]20\d\d(?!\d)/.exec(text)?.[1]) ||
    Number(/(?<!\d)(\d{1,2})月/.exec(text)?.[1]) ||
    numberOf(NAMED_MONTH.exec(text)?.[1]);
  return number >= 1 && number <= 12 ? [number, number] : undefined;
}

const numberOf = (name = ''): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** Combines the period words of two labels. The second label takes precedence. */
export function bothPeriods(first: PeriodWords, second: PeriodWords): PeriodWords {
  const { isYearBefore, ...words } = { ...first, ...second };
  // An explicit year takes precedence over one counted back from the label above.
  if (second.isYearBefore && first.year !== undefined) return { ...words, year: first.year - 1 };
  return isYearBefore && second.year === undefined ? { ...words, isYearBefore } : words;
}

/** The period in a release about a month, `2026-03`; undefined if there are no period words. */
export const periodFromWords = (words: PeriodWords, month: string): EdtfDate | undefined =>
  Object.keys(words).length === 0 ? undefined : periodMeant(words, month);

function periodMeant(words: PeriodWords, month: string): EdtfDate {
  const [ofYear, ofMonth] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  const { months = [ofMonth, ofMonth], isToDate, isYearBefore } = words;
  const year = words.year ?? (isYearBefore ? ofYear - 1 : ofYear);
  const first = isToDate ? 1 : months[0];
  const [from, to] = [monthOfYear(year, first), monthOfYear(year, months[1])];
  return first === months[1] ? to : `${from}/${to}`;
}

const monthOfYear = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`;

/** Periods relative to the month of a release, so that a label keeps its meaning in later releases. */
export const SPANS = ['month', 'year-to-date', 'month-a-year-before', 'year-to-date-a-year-before'] as const;
export type Span = (typeof SPANS)[number];

const WORDS_OF_SPANS: Readonly<Record<Span, PeriodWords>> = {
  month: { isMonth: true },
  'year-to-date': { isToDate: true },
  'month-a-year-before': { isMonth: true, isYearBefore: true },
  'year-to-date-a-year-before': { isToDate: true, isYearBefore: true },
};

/** The period of a span in a release about a month. */
export const periodOfSpan = (span: Span, month: string): EdtfDate => periodMeant(WORDS_OF_SPANS[span], month);
