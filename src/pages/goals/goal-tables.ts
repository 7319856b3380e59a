import type { GoalEntry, TermsAndCompletion } from '../../domain/goals/goal-book.js';
import type { PromisesAnswer } from '../../queries/goals/sum-promises.js';
import type { Cell, DataTable } from '../page.js';
import { eventsIn } from '../take-away/events-in.js';

/** The goal book as a file, one row per goal. */
export function goalsTable(goals: readonly GoalEntry[]): DataTable {
  return {
    name: 'goals',
    caption: 'All goals, with their first and their current terms',
    columns: [
      'Automaker',
      'Goal',
      'Measure',
      'Market',
      'Entity',
      'Counted as',
      'Vehicles',
      'Kind',
      'First said',
      'First goal',
      'First deadline',
      'First: status',
      'First: % at least',
      'First: % at most',
      'Said last',
      'Goal now',
      'Unit',
      'Deadline now',
      'Status',
      'As of',
      '% at least',
      '% at most',
      'Revisions',
      'Moved',
      'Months slipped a month',
      'Wording',
      'Event',
    ],
    rows: goals.map((goal) => rowOf(goal)),
    notes: [
      'Completion is what the figures come to as a percentage of what was promised, as of the newest figure that bears on the goal.',
      'Goals that count differently (another basis, market or entity) are not to be added up.',
    ],
    events: () => eventsIn(goals),
  };
}

function rowOf({
  automaker,
  target,
  kind,
  first,
  current,
  revisions,
  direction,
  slip,
}: GoalEntry): readonly Cell[] {
  const { terms } = current;
  return [
    automaker,
    target,
    terms.measure,
    terms.market,
    terms.entity,
    terms.basis,
    terms.vehicles,
    kind,
    ...said(first),
    first.terms.deadline,
    first.status,
    first.completion?.lo,
    first.completion?.hi,
    ...said(current),
    terms.unit,
    terms.deadline,
    current.status,
    current.asOf,
    current.completion?.lo,
    current.completion?.hi,
    revisions,
    direction.join(' '),
    slip?.rate,
    terms.wording,
    current.event,
  ];
}

const said = ({ saidOn, terms }: TermsAndCompletion): readonly Cell[] => [saidOn, terms.threshold];

/** The promises at two points, one row for each goal in a sum. */
export function sumsTable({ sums }: PromisesAnswer): DataTable {
  return {
    name: 'promised',
    caption: 'What was promised for each year, at two points',
    columns: [
      'Year',
      'Measure',
      'Counted as',
      'Market',
      'As it stood on',
      'Automaker',
      'Goal',
      'At least',
      'At most',
      'Added up',
    ],
    rows: sums.flatMap(({ year, measure, basis, market, from, to }) =>
      [from, to].flatMap(({ on, goals }) =>
        goals.map(({ automaker, target, threshold, within }) => [
          year,
          measure,
          basis,
          market,
          on,
          automaker,
          target,
          threshold.lo,
          threshold.hi,
          within === undefined ? 'yes' : `no: within the goal of ${within}`,
        ]),
      ),
    ),
    notes: [
      'Only rows that say so are in the sum of their year and point: a goal within another one counts once.',
    ],
    events: () => sums.flatMap(({ from, to }) => [...from.goals, ...to.goals].map(({ event }) => event)),
  };
}
