import type { Measure } from '../measures/measures.js';
import type { Status } from './status.js';
import { dayNumber } from '../occurred-on.js';
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

/** Orders targets, or what stands for them, by how much they call for attention; what has none comes last. */
export function byUrgency(a: Progress | undefined, b: Progress | undefined): number {
  const urgency = (progress: Progress | undefined): (number | string)[] =>
    progress
      ? [URGENCY.indexOf(progress.status), progress.deadline?.late ?? '9999']
      : [URGENCY.length, '9999'];
  return compareBy(urgency)(a, b);
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
