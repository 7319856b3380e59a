import { periodInWords } from '../../domain/goals/goal-days.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { dayInWords } from './dates.js';

interface Days {
  readonly first: Day;
  readonly last: Day;
}

/** The time of a value, as it follows the value: "in 2025", "on 31 Dec 2025", "from 1 Jan to 30 Sep 2026". */
export function periodOfValue({ first, last }: Days): string {
  if (first === last) return `on ${dayInWords(last)}`;
  const words = periodInWords({ first, last });
  return words.includes(' to ') ? `from ${dayInWords(first)} to ${dayInWords(last)}` : `in ${words}`;
}
