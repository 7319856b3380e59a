import type { Status } from '../goals/status.js';
import type { Day } from '../ledger/edtf.js';
import type { Fact } from './made-up-ledger.js';

/** A verdict: its rule, and made-up events for which the formulas give it. */
export interface VerdictMethod {
  /** When the verdict is given, in a sentence. */
  readonly rule: string;
  readonly facts: readonly Fact[];
  /** The day of the question. */
  readonly on: Day;
}

const goal = (saidOn: Day, terms: object): Fact => [
  'TargetSet',
  saidOn,
  { target: 'goal', wording: 'As in this example', ...terms },
];

const figure = (occurredOn: Day, data: object): Fact => ['FigureReported', occurredOn, data];

const ninetyThousand = goal('2026-01-10', {
  measure: 'overseas-units',
  threshold: 90_000,
  unit: 'units',
  kind: 'amount',
  period: '2026',
  deadline: '2026-12-31',
});
const abroad = (period: string, value: number, over: object = {}): Fact =>
  figure('2027-02-01', { measure: 'overseas-units', value, period, ...over });
/** The previous year and its first half. They give the seasonal pattern for judging an amount. */
const yearBefore = [abroad('2025-01/2025-06', 20_137), abroad('2025', 45_211)];

const sixtyMarkets = goal('2025-01-10', {
  measure: 'overseas-markets',
  threshold: 60,
  unit: 'markets',
  deadline: '2027-12-31',
});
const markets = (asOf: Day, value: number): Fact =>
  figure(asOf, { measure: 'overseas-markets', value, asOf });

/** Every verdict, by its code. */
export const VERDICT_METHODS: Readonly<Record<Status, VerdictMethod>> = {
  achieved: {
    rule: 'The figures reach the goal, by its deadline, for every value that their rounding allows. Rumours alone do not count.',
    facts: [ninetyThousand, abroad('2026', 91_204)],
    on: '2027-02-15',
  },
  'met-when-set': {
    rule: 'What was promised was so already on the day of the promise.',
    facts: [markets('2024-12-31', 64), sixtyMarkets],
    on: '2025-02-15',
  },
  'on-track': {
    rule: 'The pace is at least 95 % of what is needed, for every value that the figures allow.',
    facts: [...yearBefore, ninetyThousand, abroad('2026-01/2026-06', 44_016)],
    on: '2026-07-20',
  },
  'acceleration-needed': {
    rule: 'The pace is at least 60 % of what is needed, and less than 95 %.',
    facts: [...yearBefore, ninetyThousand, abroad('2026-01/2026-06', 36_512)],
    on: '2026-07-20',
  },
  limited: {
    rule: 'The figures move toward the goal at less than 60 % of the pace that is needed.',
    facts: [...yearBefore, ninetyThousand, abroad('2026-01/2026-06', 25_018)],
    on: '2026-07-20',
  },
  deteriorating: {
    rule: 'The figures move away from the goal.',
    facts: [markets('2024-12-31', 30), sixtyMarkets, markets('2025-12-31', 27)],
    on: '2026-02-15',
  },
  'between-bands': {
    rule: 'The rounding of the figures, or the growth of the last year beside the growth since the goal was set, leaves more than one of the four ratings above.',
    facts: [...yearBefore, ninetyThousand, abroad('2026-01/2026-06', 38_000, { qualifier: 'about' })],
    on: '2026-07-20',
  },
  missed: {
    rule: 'Figures cover all of the time until the deadline and fall short of the goal, for every value that their rounding allows; or what was promised happened late.',
    facts: [ninetyThousand, abroad('2026', 88_012)],
    on: '2027-02-15',
  },
  withdrawn: {
    rule: 'The goal was taken back in so many words. Silence is no withdrawal.',
    facts: [
      ninetyThousand,
      ['TargetWithdrawn', '2026-08-01', { target: 'goal', reason: 'As in this example' }],
    ],
    on: '2026-09-01',
  },
  'not-comparable': {
    rule: 'The only figures there are count something else than the goal does: they are shown and not held against it.',
    facts: [
      goal('2026-01-10', {
        measure: 'overseas-units',
        threshold: 90_000,
        unit: 'units',
        kind: 'rate',
        deadline: '2027',
        basis: 'deliveries',
      }),
      abroad('2025', 45_211, { basis: 'exports' }),
    ],
    on: '2026-07-20',
  },
  'not-enough-evidence': {
    rule: 'No figure bears on the goal, or what there is leaves it open whether the goal is reached.',
    facts: [ninetyThousand],
    on: '2026-07-20',
  },
};
