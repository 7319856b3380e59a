import { GOAL_MOVES } from '../domain/goals/goal-book.js';
import { STATUSES } from '../domain/goals/status.js';
import { FIRMNESS, GOAL_KINDS, SAYERS, THRESHOLD_QUALIFIERS } from '../domain/state/records.js';
import {
  AS_OF,
  BOUNDS,
  COUNT,
  DAY,
  EDTF,
  listOf,
  MEASURE,
  NUMBER,
  object,
  oneOf,
  PERIMETER,
  TEXT,
  UNIT,
} from './json-schema.js';

const { countedBy: _countedBy, ...OF_TERMS } = PERIMETER;

const TERMS = object(
  { measure: MEASURE, threshold: NUMBER, unit: UNIT, wording: TEXT },
  {
    ...OF_TERMS,
    thresholdTo: NUMBER,
    qualifier: oneOf(THRESHOLD_QUALIFIERS),
    relativeTo: object({ factor: NUMBER, period: EDTF }),
    kind: oneOf(GOAL_KINDS),
    period: EDTF,
    saidBy: oneOf(SAYERS),
    deadline: EDTF,
    firmness: oneOf(FIRMNESS),
    restatedEveryMonths: NUMBER,
  },
);

const COMPLETION = {
  ...object({ percent: NUMBER, first: DAY, last: DAY }, { lo: NUMBER, hi: NUMBER }),
  description: 'What the figures come to as a percentage of what was promised, with its bounds',
};

const TERMS_AND_COMPLETION = object(
  { event: TEXT, saidOn: EDTF, terms: TERMS, status: oneOf(STATUSES) },
  { asOf: DAY, completion: COMPLETION },
);

const MOVES = listOf(oneOf(GOAL_MOVES));

const GOAL = object(
  {
    automaker: TEXT,
    name: TEXT,
    target: TEXT,
    kind: oneOf(GOAL_KINDS),
    kindKnown: oneOf(['stated', 'from its words', 'not stated']),
    first: TERMS_AND_COMPLETION,
    current: TERMS_AND_COMPLETION,
    revisions: COUNT,
    moved: listOf(
      object({ event: TEXT, saidOn: EDTF, moves: MOVES, before: TERMS, after: TERMS }, { reason: TEXT }),
    ),
    direction: MOVES,
    summary: TEXT,
  },
  {
    slip: object({ from: EDTF, to: EDTF, monthsMoved: NUMBER, monthsGone: NUMBER, rate: NUMBER }),
    age: oneOf(['current', 'newer-figures-due', 'no-current-evidence']),
    voice: oneOf(['confirmed', 'unconfirmed', 'quiet (inferred)', 'withdrawn', 'deadline over']),
  },
);

/** What `/goals` answers. */
export const GOALS_SCHEMA = object({ asOf: AS_OF, goals: listOf(GOAL) }, { next: TEXT });

const PROMISED = object({
  on: DAY,
  sum: BOUNDS,
  goals: listOf(
    object(
      { automaker: TEXT, name: TEXT, target: TEXT, event: TEXT, saidOn: EDTF, threshold: BOUNDS },
      { within: { ...TEXT, description: 'The automaker whose goal holds this one: it is not added' } },
    ),
  ),
});

/** What `/goals/sums` answers. */
export const PROMISES_SCHEMA = object({
  asOf: AS_OF,
  from: DAY,
  to: DAY,
  sums: listOf(
    object(
      {
        measure: MEASURE,
        unit: UNIT,
        year: TEXT,
        from: PROMISED,
        to: PROMISED,
        ofBoth: object({ automakers: COUNT, from: BOUNDS, to: BOUNDS }),
      },
      OF_TERMS,
    ),
  ),
});
