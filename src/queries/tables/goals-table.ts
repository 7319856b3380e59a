import { goalEntryOf, type GoalEntry } from '../../domain/goals/goal-book.js';
import { STATUSES } from '../../domain/goals/status.js';
import { MEASURE_NAMES, VEHICLES } from '../../domain/measures/measures.js';
import { FIRMNESS, GOAL_KINDS, SAYERS, THRESHOLD_QUALIFIERS } from '../../domain/state/records.js';
import { memoizedProgress } from '../automakers/memoized-progress.js';
import type { LedgerTable, TableRow } from './table.js';

/** Every goal, with its first and current terms and its progress. */
export const GOALS_TABLE: LedgerTable = {
  name: 'goals',
  title: 'Goals',
  description:
    'Every goal that an automaker announced: what it says now and said first, how far it is against each, as of the newest figure that bears on it.',
  fields: [
    { name: 'automaker', type: 'string', required: true, description: 'Who announced it' },
    {
      name: 'goal',
      type: 'string',
      required: true,
      description: 'Names it among the goals of the automaker',
    },
    {
      name: 'kind',
      type: 'string',
      required: true,
      enum: GOAL_KINDS,
      description: 'What kind of goal it is',
    },
    { name: 'measure', type: 'string', required: true, enum: MEASURE_NAMES, description: 'What it counts' },
    { name: 'unit', type: 'string', required: true, description: 'The unit of its threshold' },
    { name: 'market', type: 'string', description: 'The market that it is about; all where it is empty' },
    { name: 'entity', type: 'string', description: 'The brand or group that it is about' },
    { name: 'basis', type: 'string', description: 'On which basis it counts' },
    {
      name: 'vehicles',
      type: 'string',
      enum: VEHICLES,
      description: 'Which vehicles; all where it is empty',
    },
    { name: 'threshold', type: 'number', required: true, description: 'What it promises now' },
    { name: 'thresholdTo', type: 'number', description: 'Upper end, where it promises an interval' },
    {
      name: 'qualifier',
      type: 'string',
      enum: THRESHOLD_QUALIFIERS,
      description: 'How its words put the threshold',
    },
    { name: 'period', type: 'string', description: 'The period that it is for (EDTF)' },
    { name: 'deadline', type: 'string', description: 'By when (EDTF)' },
    { name: 'firmness', type: 'string', enum: FIRMNESS, description: 'How firmly it was announced' },
    { name: 'saidBy', type: 'string', enum: SAYERS, description: 'Who said it' },
    { name: 'saidOn', type: 'string', required: true, description: 'When it was said last (EDTF)' },
    { name: 'status', type: 'string', required: true, enum: STATUSES, description: 'How it stands' },
    {
      name: 'statusAsOf',
      type: 'date',
      description: 'The day of the newest figure that the status rests on',
    },
    { name: 'percentAtLeast', type: 'number', description: 'How much of it the figures come to, at least' },
    { name: 'percentAtMost', type: 'number', description: 'The same, at most' },
    { name: 'revisions', type: 'integer', required: true, description: 'How often its terms changed' },
    { name: 'moved', type: 'string', description: 'What it is now against what it was first, by blanks' },
    { name: 'firstSaidOn', type: 'string', required: true, description: 'When it was said first (EDTF)' },
    { name: 'firstThreshold', type: 'number', required: true, description: 'What it promised first' },
    { name: 'firstDeadline', type: 'string', description: 'By when it was first to be reached (EDTF)' },
    {
      name: 'firstStatus',
      type: 'string',
      required: true,
      enum: STATUSES,
      description: 'How it stands against what was promised first',
    },
    { name: 'wording', type: 'string', required: true, description: 'The goal in words' },
    { name: 'event', type: 'string', required: true, description: 'The event of its current terms' },
    { name: 'firstEvent', type: 'string', required: true, description: 'The event of its first terms' },
  ],
  key: ['automaker', 'goal'],
  references: [
    { field: 'event', table: 'events', of: 'id' },
    { field: 'firstEvent', table: 'events', of: 'id' },
  ],
  async *rows({ states, clocks }) {
    const { trueOn } = await states.asOf(clocks);
    for await (const automaker of states.every(clocks))
      for (const record of automaker.targets)
        yield rowOf(goalEntryOf(automaker, record, memoizedProgress(automaker, record, trueOn)));
  },
};

function rowOf({ automaker, target, kind, first, current, revisions, direction }: GoalEntry): TableRow {
  const { terms, completion } = current;
  return [
    automaker,
    target,
    kind,
    terms.measure,
    terms.unit,
    terms.market,
    terms.entity,
    terms.basis,
    terms.vehicles,
    terms.threshold,
    terms.thresholdTo,
    terms.qualifier,
    terms.period,
    terms.deadline,
    terms.firmness,
    terms.saidBy,
    current.saidOn,
    current.status,
    current.asOf,
    completion?.lo,
    completion?.hi,
    revisions,
    direction.length === 0 ? undefined : direction.join(' '),
    first.saidOn,
    first.terms.threshold,
    first.terms.deadline,
    first.status,
    terms.wording,
    current.event,
    first.event,
  ];
}
