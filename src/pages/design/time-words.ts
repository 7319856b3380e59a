import { periodInWords } from '../../domain/goals/goal-days.js';
import type { Day, EdtfDate } from '../../domain/ledger/edtf.js';
import { dateInWords, dayInWords, whenInWords } from './dates.js';

interface Days {
  readonly first: Day;
  readonly last: Day;
  readonly told?: EdtfDate;
}

/** The time of a value, as it follows the value: "in 2025", "on 31 Dec 2025", "from 1 Jan to 30 Sep 2026". */
export function periodOfValue({ first, last, told }: Days): string {
  if (told !== undefined) return whenInWords(told);
  if (first === last) return `on ${dayInWords(last)}`;
  const words = periodInWords({ first, last });
  return words.includes(' to ') ? `from ${dayInWords(first)} to ${dayInWords(last)}` : `in ${words}`;
}

/** The days of a value, standing for themselves: "31 Dec 2025", "Sept 2022", "1 Jan 2025 to 31 Dec 2025". */
export function daysOfValue({ first, last, told }: Days): string {
  if (told !== undefined) return dateInWords(told);
  return first === last ? dayInWords(last) : `${dayInWords(first)} to ${dayInWords(last)}`;
}
