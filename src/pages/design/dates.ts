import { daySpan } from '../../domain/ledger/edtf.js';

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** "31 Dec 2025", of a day or an instant. */
export function dayInWords(day: string): string {
  return DAY.format(new Date(day));
}

/** An EDTF date as people write it: "Sep 2025", "about 2 Sep 2022", "2029 to 2036". What is no date stays as it is. */
export function dateInWords(edtf: string): string {
  if (!daySpan(edtf)) return edtf;
  const [from = '', to] = edtf.split('/');
  return to === undefined ? oneInWords(from) : `${oneInWords(from)} to ${oneInWords(to)}`;
}

function oneInWords(date: string): string {
  const bare = date.replace(/[~?%]$/, '');
  const about = bare === date ? '' : date.endsWith('?') ? 'perhaps ' : 'about ';
  if (bare.endsWith('X')) return `${about}the ${bare.slice(0, 3)}0s`;
  if (bare.length === 4) return `${about}${bare}`;
  const parsed = new Date(bare.length === 7 ? `${bare}-01` : bare);
  return about + (bare.length === 7 ? MONTH : DAY).format(parsed);
}

/** "14 Sep 2025, 16:07 UTC", of an instant. */
export function instantInWords(instant: string): string {
  return `${dayInWords(instant)}, ${instant.slice(11, 16)} UTC`;
}
