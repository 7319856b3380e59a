import type { Measure } from '../measures/measures.js';
import type { Status } from './status.js';
import { dayNumber } from '../ledger/edtf.js';
import type { Progress } from './progress.js';

/** What says most about a move abroad first. */
const TELLING: readonly Measure[] = [
  'overseas-sales-share',
  'overseas-units',
  'overseas-markets',
  'overseas-sales-and-service-points',
  'overseas-service-centers',
  'overseas-stores',
  'production-sites',
  'production-capacity',
];

/** What calls for attention first. */
const URGENCY: readonly Status[] = [
  'missed',
  'deteriorating',
  'limited',
  'between-bands',
  'acceleration-needed',
  'on-track',
  'achieved',
  'met-when-set',
  'not-comparable',
  'not-enough-evidence',
  'withdrawn',
];

/**
 * The target that stands for an automaker where there is room for one: of the whole automaker rather than of a market or
 * a brand, announced rather than mooted, with its deadline ahead and figures of its own period; of those the newest that was said,
 * and of one day the most telling measure.
 */
export function headlineOf(progress: readonly Progress[]): Progress | undefined {
  return [...progress].sort(compareBy(rank))[0];
}

function rank({ status, terms, deadline, value, on, saidOn }: Progress): (number | string)[] {
  const telling = TELLING.indexOf(terms.measure);
  return [
    status === 'withdrawn' ? 1 : 0,
    terms.entity === undefined && terms.market === undefined ? 0 : 1,
    deadline && deadline.late < on ? 1 : 0,
    terms.firmness === 'mooted' ? 1 : 0,
    value && value.isProxy !== true ? 0 : 1,
    // The newest first: later days sort before earlier ones.
    0 - dayNumber(saidOn),
    telling < 0 ? TELLING.length : telling,
    deadline?.late ?? '9999',
  ];
}

/** How much a target calls for attention, as a text: what calls for most comes first in order; what has no target, last. */
export function urgencyOf(progress: Pick<Progress, 'status' | 'deadline'> | undefined): string {
  const rank = progress ? URGENCY.indexOf(progress.status) : URGENCY.length;
  // As long as each other, since it is a text that is compared.
  return `${String(rank).padStart(2, '0')} ${progress?.deadline?.late ?? '9999'}`;
}

function compareBy<T>(keys: (item: T) => readonly (number | string)[]): (a: T, b: T) => number {
  return (a, b) => {
    const [of, to] = [keys(a), keys(b)];
    for (const [index, key] of of.entries()) {
      const other = to[index] ?? key;
      if (key !== other) return key < other ? -1 : 1;
    }
    return 0;
  };
}
