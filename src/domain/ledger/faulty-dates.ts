import { bothReadings } from './dates-in-words.js';
import { daysInMonth, daySpan, hasOpenStart } from './edtf.js';
import { MONTH_NAMES } from './month-names.js';

const NUMBERED = /^(\d{4})-(\d\d)(?:-(\d\d))?[~?%]?$/;

/** Why a text is no date although it looks like one, as a phrase that follows its field name. */
export function dateFault(text: string): string | undefined {
  const readings = bothReadings(text);
  if (readings) return `can be ${readings.map(dayInFull).join(' or ')}: write ${readings.join(' or ')}`;
  const parts = text.split('/');
  const fault = parts.map(faultOfDay).find((found) => found !== undefined);
  if (fault !== undefined) return fault;
  const isBackwards =
    parts.length === 2 && !hasOpenStart(text) && !daySpan(text) && parts.every((part) => daySpan(part));
  return isBackwards ? 'ends before it begins' : undefined;
}

function faultOfDay(text: string): string | undefined {
  const [, year = '', month = '', day] = NUMBERED.exec(text) ?? [];
  if (month === '') return undefined;
  const name = MONTH_NAMES[Number(month) - 1];
  if (name === undefined) return `names month ${month}, and a year has ${MONTH_NAMES.length}`;
  const length = daysInMonth(Number(year), Number(month));
  return day !== undefined && (Number(day) > length || day === '00')
    ? `names ${dayInFull(text)}, and ${name} ${year} has ${length} days`
    : undefined;
}

/** "3 April 2025", also for a day that there is not. */
function dayInFull(day: string): string {
  const [year = '', month, date] = day
    .replace(/[~?%]$/, '')
    .split('-')
    .map(String);
  return `${Number(date)} ${MONTH_NAMES[Number(month) - 1] ?? ''} ${year}`;
}
