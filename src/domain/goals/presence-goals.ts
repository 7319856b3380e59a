import type { Reading } from '../measures/readings.js';
import { daysOf } from '../ledger/edtf.js';
import { hasLeftBy, leftOn, staysIn, type LoggedStay } from '../state/market-stays.js';
import { wantedOf, type Finding, type GoalContext } from './finding.js';
import { dateInWords, whenInWords } from '../words/dates.js';
import type { GoalReading } from './kinds.js';

/**
 * Whether a market was entered by the deadline, according to the events: in time, late, before the goal was
 * set, or no entry is logged.
 */
export function presenceFinding(
  { automaker, terms, said, hasRumours }: GoalContext,
  { deadline }: GoalReading,
): Finding {
  const about = { kind: 'presence' as const, notes: [] };
  const stays = staysIn(automaker.markets, terms.market ?? '', terms.entity).filter(
    ({ entered }) => hasRumours === true || entered.isRumour !== true,
  );
  if (terms.entity !== undefined && stays.length === 0)
    return {
      ...about,
      status: 'not-enough-evidence',
      isFinal: false,
      notes: [
        'No entry of the brand that the goal is about is logged; that does not mean that there was none.',
      ],
    };
  const before = stays.findLast(
    (stay) => daysOf(stay.entered.occurredOn).last < said.first && !hasLeftBy(stay, said.last),
  );
  if (before) return { ...about, ...entry(before, terms), status: 'met-when-set', isFinal: true };
  const later = stays.filter(({ entered }) => daysOf(entered.occurredOn).last >= said.first);
  // An entry dated only by its year may have been in time even if another one was certainly late.
  const mayBeInTime = ({ entered }: LoggedStay): boolean =>
    deadline === undefined || daysOf(entered.occurredOn).first <= deadline.last;
  const stay = later.find(mayBeInTime) ?? later[0];
  if (!stay)
    return {
      ...about,
      status: 'not-enough-evidence',
      isFinal: false,
      notes: ['No entry into the market is logged; that does not mean that there was none.'],
    };
  const { first, last } = daysOf(stay.entered.occurredOn);
  const found = { ...about, ...entry(stay, terms) };
  if (deadline === undefined || last <= deadline.last)
    return { ...found, status: 'achieved', isFinal: true, reachedOn: last, notes: leftAgain(stay) };
  if (first <= deadline.last)
    return {
      ...found,
      status: 'not-enough-evidence',
      isFinal: true,
      notes: [
        `The entry is dated ${dateInWords(stay.entered.occurredOn)}: whether it was in time is not known.`,
      ],
    };
  return {
    ...found,
    status: 'missed',
    isFinal: true,
    late: { on: stay.entered.occurredOn, event: stay.entered.event },
  };
}

/** The goal was to enter: leaving later takes nothing of that away, and is told. */
function leftAgain(stay: LoggedStay): readonly string[] {
  const left = leftOn(stay);
  return left === undefined ? [] : [`The market was left again ${whenInWords(left)}.`];
}

function entry({ entered }: LoggedStay, terms: GoalContext['terms']): { asOf: string; reading: Reading } {
  const { last } = daysOf(entered.occurredOn);
  return {
    asOf: last,
    reading: {
      bounds: { lo: 1, hi: 1 },
      first: last,
      last,
      formula: '1 if the market was entered',
      inputs: [{ name: 'market-presence', bounds: { lo: 1, hi: 1 }, events: [entered.event] }],
      perimeter: wantedOf(terms),
      conflicts: [],
    },
  };
}
