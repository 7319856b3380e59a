import type { Day } from '../../domain/ledger/edtf.js';

/** A tick on a time axis, with its label. */
export interface TimeTick {
  readonly day: Day;
  /** A year, or a year and a month such as `2026-04`. */
  readonly label: string;
}

/** The smallest step in years that gives few enough ticks: 1, 2, 5, 10, 20, 50 … */
function yearStep(years: number, most: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((part) => part * power).find((each) => Math.floor(years / each) < most);
    if (step !== undefined) return step;
  }
}

const four = (year: number): string => String(year).padStart(4, '0');

/** The starts of years between two days, at most `most`, in whole steps. */
export function yearTicks(first: Day, last: Day, most: number): TimeTick[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const step = yearStep(to - from, most);
  const ticks: TimeTick[] = [];
  for (let year = Math.ceil(from / step) * step; year <= to && ticks.length < most; year += step)
    ticks.push({ day: `${four(year)}-01-01`, label: String(year) });
  return ticks.filter(({ day }) => day >= first);
}

/** The starts of months between two days, or of years if the days are far apart; at most `most`. */
export function monthTicks(first: Day, last: Day, most: number): TimeTick[] {
  const number = (day: Day): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1;
  const [from, to] = [number(first) + 1, number(last)];
  const step = [1, 2, 3, 6].find((months) => Math.floor((to - from) / months) < most);
  if (step === undefined) return yearTicks(first, last, most);
  const ticks: TimeTick[] = [];
  for (let month = Math.ceil(from / step) * step; month <= to && ticks.length < most; month += step) {
    const [year, inYear] = [Math.floor(month / 12), (month % 12) + 1];
    const label = `${four(year)}-${String(inYear).padStart(2, '0')}`;
    ticks.push({ day: `${label}-01`, label: inYear === 1 ? String(year) : label });
  }
  return ticks;
}
