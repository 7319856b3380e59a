import type { EdtfDate } from '../ledger/edtf.js';

/** Shifts a month, a year or an interval of months by a number of months. */
export const monthsLater = (period: EdtfDate, months: number): EdtfDate =>
  period
    .split('/')
    .map((part) => {
      const [year = '', month] = part.split('-');
      if (month === undefined) return String(Number(year) + months / 12);
      const index = Number(year) * 12 + Number(month) - 1 + months;
      return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
    })
    .join('/');

/** The months of a month or an interval of months, oldest first. At most 60. */
export function monthsOf(period: EdtfDate): readonly string[] {
  const [first = '', last = first] = period.split('/');
  const months: string[] = [];
  for (let month = first; month <= last && months.length < 60; month = monthsLater(month, 1))
    months.push(month);
  return months;
}
