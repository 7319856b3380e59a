const LETTERS = /^(?:([qh])([1-4])|([1-4])([qh]))(?: ?[/-] ?| ?['’]| )?(\d{4}|\d\d)$/;
const YEAR_FIRST = /^(\d{4})[ /-]?(?:([qh])([1-4])|([1-4])([qh]))$/;
const WORDS = /^(?:([1-4])(?:st|nd|rd|th|er|e|o|\.)?|(first|second|third|fourth)) ([a-z]+) (\d{4})$/;
const CHINESE = /^(\d{4}) ?年 ?(?:第?([一二三四1-4]) ?季度|([上下])半年)$/;

const ORDINALS = ['first', 'second', 'third', 'fourth'];
const CHINESE_NUMBERS = '一二三四';
const CHINESE_HALVES = '上下';
/** Months of the parts of a year, by their names. */
const LENGTHS: Readonly<Record<string, number>> = {
  q: 3,
  quarter: 3,
  quartal: 3,
  trimestre: 3,
  kwartaal: 3,
  h: 6,
  half: 6,
  halbjahr: 6,
  semestre: 6,
  halfjaar: 6,
};

/**
 * A quarter or half of a year, in lower case, as its first and last month: "q4 2025", "2025-q4", "3q25", "h1/2026",
 * "third quarter 2025", "2025年上半年".
 */
export function partOfYear(text: string): string | undefined {
  const short = LETTERS.exec(text);
  if (short) return monthsOf(short[5], short[1] ?? short[4], Number(short[2] ?? short[3]));
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst)
    return monthsOf(yearFirst[1], yearFirst[2] ?? yearFirst[5], Number(yearFirst[3] ?? yearFirst[4]));
  const words = WORDS.exec(text);
  if (words) return monthsOf(words[4], words[3], Number(words[1] ?? ORDINALS.indexOf(words[2] ?? '') + 1));
  const chinese = CHINESE.exec(text);
  if (!chinese) return undefined;
  const [, year, quarter, half] = chinese;
  if (half !== undefined) return monthsOf(year, 'half', CHINESE_HALVES.indexOf(half) + 1);
  return monthsOf(year, 'quarter', Number(quarter) || CHINESE_NUMBERS.indexOf(quarter ?? '') + 1);
}

function monthsOf(year = '', name = '', number: number): string | undefined {
  const length = Object.hasOwn(LENGTHS, name) ? (LENGTHS[name] ?? 0) : 0;
  const last = number * length;
  if (length === 0 || last > 12) return undefined;
  const [from, to] = [last - length + 1, last].map((month) => String(month).padStart(2, '0'));
  const whole = year.length === 2 ? `20${year}` : year;
  return `${whole}-${String(from)}/${whole}-${String(to)}`;
}
