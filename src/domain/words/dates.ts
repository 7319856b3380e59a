import { daySpan, hasOpenStart, latestDate } from '../ledger/edtf.js';

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Formats a day or an instant: "31 Dec 2025". */
export function dayInWords(day: string): string {
  return DAY.format(new Date(day));
}

/**
 * An EDTF date in words, as precise as the source and no more: "Sept 2025", "about 2 Sept 2022", "2029 to
 * 2036", "Mar 2025 or earlier". Text that is not a date is returned unchanged.
 */
export function dateInWords(edtf: string): string {
  const [from = '', to, ...more] = edtf.split('/');
  if (more.length > 0) return edtf;
  if (!daySpan(edtf)) return edtf;
  if (hasOpenStart(edtf)) return `${oneInWords(latestDate(edtf))} or earlier`;
  return to === undefined || to === from ? oneInWords(from) : `${oneInWords(from)} to ${oneInWords(to)}`;
}

/** An EDTF date as the time of an event: "on 3 May 2025", "in May 2025", "by Mar 2025". */
export function whenInWords(edtf: string): string {
  const words = dateInWords(edtf);
  if (!daySpan(edtf)) return words;
  if (hasOpenStart(edtf)) return `by ${oneInWords(latestDate(edtf))}`;
  const [from = '', to] = edtf.split('/');
  if (to !== undefined && to !== from) return `between ${oneInWords(from)} and ${oneInWords(to)}`;
  // "in about Jan 2025" is no English.
  if (/^(about|perhaps)/.test(words)) return words;
  return /^\d{4}-\d\d-\d\d/.test(edtf) ? `on ${words}` : `in ${words}`;
}

/** An EDTF date as a deadline: "by 2030", "between 2029 and 2036". */
export function deadlineInWords(edtf: string): string {
  const [from = '', to] = edtf.split('/');
  if (!daySpan(edtf) || to === undefined || to === from) return `by ${dateInWords(edtf)}`;
  if (hasOpenStart(edtf)) return `by ${oneInWords(to)}`;
  return `between ${oneInWords(from)} and ${oneInWords(to)}`;
}

function oneInWords(date: string): string {
  const bare = date.replace(/[~?%]$/, '');
  const about = bare === date ? '' : date.endsWith('?') ? 'perhaps ' : 'about ';
  if (bare.endsWith('X')) return `${about}the ${bare.slice(0, 3)}0s`;
  if (bare.length === 4) return `${about}${bare}`;
  const parsed = new Date(bare.length === 7 ? `${bare}-01` : bare);
  return about + (bare.length === 7 ? MONTH : DAY).format(parsed);
}

/** Formats an instant: "14 Sept 2025, 16:07 UTC". */
export function instantInWords(instant: string): string {
  return `${dayInWords(instant)}, ${instant.slice(11, 16)} UTC`;
}
