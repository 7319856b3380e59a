import type { Progress } from '../../domain/goals/progress.js';
import { misfitOf, optional, type FieldsOf } from '../../read-model/shape.js';
import type { NameToFind } from '../search/names-to-find.js';
import type { Outline } from './outline.js';

const MAYBE_TEXT = optional('string' as const);
const MAYBE_OBJECT = optional('object' as const);

/** What a stored outline looks like: see `kept-outlines.ts`. */
const OUTLINE = {
  summary: {
    id: 'string',
    name: 'string',
    homeMarket: 'string',
    group: MAYBE_TEXT,
    approach: MAYBE_TEXT,
    targets: 'number',
    marketsPresent: 'number',
    partnershipsRunning: 'number',
    sitesRunning: 'number',
  },
  headlines: [
    {
      target: 'string',
      status: 'string',
      isWhole: 'boolean',
      isMooted: 'boolean',
      hasValue: 'boolean',
      saidOn: 'string',
      measure: 'string',
      late: MAYBE_TEXT,
    },
  ],
  goals: { announced: 'number', judged: 'number', met: 'number', missed: 'number' },
  statuses: 'object',
  silences: [{ target: 'string', lastSaidOn: 'string', quietFrom: 'string', until: MAYBE_TEXT }],
  presence: ['list'],
  markets: ['string'],
  relatives: ['string'],
  promised: [{ target: 'string', versions: ['object'] }],
  told: 'object',
  records: 'number',
} as const satisfies FieldsOf<Outline>;

/** What the stored progress on a goal looks like. */
const PROGRESS = {
  automaker: 'string',
  target: 'string',
  status: 'string',
  terms: 'object',
  on: 'string',
  kind: 'string',
  kindKnown: 'string',
  saidOn: 'string',
  period: MAYBE_OBJECT,
  statusAsOf: MAYBE_TEXT,
  summary: 'string',
  value: MAYBE_OBJECT,
  latest: MAYBE_OBJECT,
  logged: MAYBE_OBJECT,
  gap: MAYBE_OBJECT,
  deadline: MAYBE_OBJECT,
  bands: MAYBE_OBJECT,
  amount: MAYBE_OBJECT,
  pace: MAYBE_OBJECT,
  reachedOn: MAYBE_TEXT,
  heldAtDeadline: optional('boolean' as const),
  late: MAYBE_OBJECT,
  other: MAYBE_OBJECT,
  outcomes: optional(['object'] as const),
  slip: MAYBE_OBJECT,
  split: MAYBE_OBJECT,
  calendarYears: optional(['object'] as const),
  staleness: MAYBE_OBJECT,
  missing: ['string'],
  rule: 'string',
  version: 'number',
} as const satisfies FieldsOf<Progress>;

/** What the stored names of an automaker look like. */
const NAMES = [
  {
    found: {
      kind: 'string',
      name: 'string',
      about: MAYBE_TEXT,
      automaker: MAYBE_TEXT,
      target: MAYBE_TEXT,
      market: MAYBE_TEXT,
      company: MAYBE_TEXT,
      event: MAYBE_TEXT,
    },
    searched: 'string',
  },
] as const satisfies readonly [FieldsOf<NameToFind>];

/** Where what rows of outlines hold is not what they were written with. */
export const misfitOfOutline = misfitOf(OUTLINE);
export const misfitOfProgress = misfitOf(PROGRESS);
export const misfitOfNames = misfitOf(NAMES);
