import { daysOf, type Day } from '../ledger/edtf.js';
import type { LoggedChange } from '../measures/logged-count.js';
import type { Finding, GoalContext } from './finding.js';
import { dateInWords, whenInWords } from '../words/dates.js';
import { loggedIn, loggedReading, mostBy } from './logged-levels.js';
import type { Threshold } from './threshold.js';

/**
 * Checks for promised sites of which too few ran by the deadline, while the last one needed started later.
 */
export function lateBy(
  context: GoalContext,
  end: Day | undefined,
  { least }: Threshold,
): Finding | undefined {
  const { terms } = context;
  if (end === undefined || terms.measure !== 'production-sites') return undefined;
  const changes = loggedIn(context);
  const ran = mostBy(changes, end);
  if (ran >= least.lo) return undefined;
  let count = 0;
  const events: string[] = [];
  for (const change of changes) {
    count += change.count;
    events.push(change.event);
    // A threshold reached in time and lost again was not reached late.
    if (count < least.hi || change.day <= end) continue;
    return {
      kind: 'level',
      asOf: change.day,
      reading: loggedReading(terms.measure, terms, count, change, events),
      status: 'missed',
      isFinal: true,
      late: { on: change.occurredOn, event: change.event },
      notes: [
        ran === 0
          ? `None was logged as running by the deadline; ${nextInWords(changes, end, change)}.`
          : `${ran === 1 ? 'One was' : `${ran} were`} logged as running by the deadline; the last that was needed started ${whenInWords(change.occurredOn)}.`,
      ],
    };
  }
  return undefined;
}

/** Checks for logged items whose dates leave open whether they came by the deadline, where that decides. */
export function perhapsInTime(
  context: GoalContext,
  end: Day | undefined,
  { least }: Threshold,
): Finding | undefined {
  const { terms } = context;
  const changes = loggedIn(context);
  if (end === undefined || mostBy(changes, end) < least.hi) return undefined;
  const vague = changes.filter(({ occurredOn, day }) => day > end && daysOf(occurredOn).first <= end);
  const newest = vague.findLast(({ count }) => count > 0);
  if (!newest) return undefined;
  const until = changes.filter(({ day }) => day <= newest.day);
  const count = until.reduce((sum, change) => sum + change.count, 0);
  const events = until.map(({ event }) => event);
  return {
    kind: 'level',
    asOf: newest.day,
    reading: loggedReading(terms.measure, terms, Math.max(0, count), newest, events),
    status: 'not-enough-evidence',
    isFinal: true,
    notes: [
      `What is dated ${dateInWords(newest.occurredOn)} may have come in time or late: whether it was in time is not known.`,
    ],
  };
}

/** The first plant that started after a day, in words: "first", or "next" if others had ended by then. */
function nextInWords(changes: readonly LoggedChange[], end: Day, otherwise: LoggedChange): string {
  const next = changes.find(({ count, day }) => count > 0 && day > end) ?? otherwise;
  return `the ${next === changes[0] ? 'first' : 'next'} started ${whenInWords(next.occurredOn)}`;
}
