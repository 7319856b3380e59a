import { jsonBounds } from '../measures/bounds.js';
import {
  EXPORTS_ALONE,
  isWithoutBuiltAbroad,
  perimetersWith,
  type Comparability,
} from '../measures/comparability.js';
import { flowModelOf } from '../measures/flow-readings.js';
import { eventsOfProof } from '../measures/flow-graph.js';
import type { FlowModel } from '../measures/flows.js';
import type { Perimeter } from '../measures/measures.js';
import type { Reading } from '../measures/readings.js';
import { addDays, type Day } from '../ledger/edtf.js';
import { amountProgress } from './amount-progress.js';
import { wantedOf, type Finding, type GoalContext } from './finding.js';
import { periodInWords } from './goal-days.js';
import type { GoalReading } from './kinds.js';
import { noneInPeriod } from './none-in-period.js';
import { statusOfBands } from './status.js';
import { fallsShort, reaches, thresholdOf } from './threshold.js';

type Period = NonNullable<GoalReading['period']>;

/**
 * The finding for an amount over one period: what the figures of one perimeter say from its first day on.
 * Figures of another period are irrelevant. The goal is achieved as soon as the amount so far is enough, and
 * missed if figures cover the whole period and the amount is not enough.
 */
export function amountFinding(context: GoalContext, kind: 'amount' | 'cumulative', period: Period): Finding {
  return (
    newestIn(context, kind, period, (comparability) => comparability !== 'other') ?? {
      kind,
      period,
      status: 'not-enough-evidence',
      isFinal: false,
      notes: [noneInPeriod(context, period)],
    }
  );
}

/**
 * What figures on another basis say about the same days. Shown if there are no others, and never compared.
 */
export const amountCountedOtherwise = (
  context: GoalContext,
  kind: 'amount' | 'cumulative',
  period: Period,
): Reading | undefined =>
  newestIn(context, kind, period, (comparability) => comparability === 'other')?.reading;

function newestIn(
  context: GoalContext,
  kind: 'amount' | 'cumulative',
  period: Period,
  isWanted: (comparability: Comparability) => boolean,
): Finding | undefined {
  const { figures, terms, rule } = context;
  return perimetersWith(figures, [terms.measure], wantedOf(terms))
    .filter(({ comparability }) => isWanted(comparability))
    .flatMap(({ perimeter }) => {
      const model = flowModelOf(figures, terms.measure, perimeter, rule);
      const finding = findingIn(context, kind, period, model, perimeter);
      return finding ? [finding] : [];
    })
    .reduce<Finding | undefined>(
      (best, each) => (!best || (each.asOf ?? '') > (best.asOf ?? '') ? each : best),
      undefined,
    );
}

function findingIn(
  context: GoalContext,
  kind: 'amount' | 'cumulative',
  period: Period,
  model: FlowModel,
  perimeter: Perimeter,
): Finding | undefined {
  const { figures, terms, said, rule } = context;
  const threshold = thresholdOf(terms, figures, perimeter, rule);
  const whole = model.bounds(period.first, period.last);
  const covered = model.latestCovered(period.first, period.last);
  const newest = model.latestEndWithin(period.first, period.last);
  const soFar = covered === undefined ? undefined : model.bounds(period.first, covered);
  // Single months in the period may add up to more than the months known without a gap from its first day.
  const hasGap = soFar === undefined || whole.lo > soFar.lo;
  const asOf = hasGap ? newest : covered;
  if (asOf === undefined) return undefined;
  const amount = hasGap ? { ...whole, hi: Number.POSITIVE_INFINITY } : soFar;
  const reading: Reading = {
    bounds: { lo: amount.lo, hi: amount.hi },
    first: period.first,
    last: asOf,
    formula: `${terms.measure} from ${period.first} to ${asOf}`,
    inputs: [
      {
        name: terms.measure,
        bounds: jsonBounds(amount),
        events: eventsOfProof([...amount.proof.lo, ...amount.proof.hi]),
        proof: amount.hi === Number.POSITIVE_INFINITY ? { ...amount.proof, hi: [] } : amount.proof,
      },
    ],
    perimeter,
    conflicts: model.conflictsIn(period.first, asOf),
  };
  const about = { kind, period, asOf, reading, notes: [] };
  if (reaches(amount, threshold)) {
    const before = addDays(said.first, -1);
    const isOlder =
      before >= period.first && reaches(model.bounds(period.first, earlier(before, period.last)), threshold);
    return { ...about, status: isOlder ? 'met-when-set' : 'achieved', isFinal: true, reachedOn: asOf };
  }
  if (!Number.isFinite(amount.hi))
    return {
      ...about,
      status: 'not-enough-evidence',
      isFinal: false,
      notes: [
        `Figures cover parts of ${periodInWords(period)} only: what they add up to is the least that it can be.`,
      ],
    };
  const progress = amountProgress(model, period, asOf, amount, threshold);
  if (asOf === period.last) {
    if (fallsShort(amount, threshold) && isWithoutBuiltAbroad(figures, perimeter, wantedOf(terms), period))
      return {
        ...about,
        amount: progress,
        status: 'not-enough-evidence',
        isFinal: false,
        notes: [EXPORTS_ALONE],
      };
    if (fallsShort(amount, threshold) && !threshold.isCeiling)
      return { ...about, amount: progress, status: 'missed', isFinal: true };
    return { ...about, amount: progress, status: 'not-enough-evidence', isFinal: true };
  }
  const bands = progress.pace?.bands;
  return {
    ...about,
    amount: progress,
    status: bands ? statusOfBands(bands) : 'not-enough-evidence',
    ...(bands && { bands }),
    isFinal: false,
    notes: bands ? [] : ['Two months of the period have to be in before its pace says anything.'],
  };
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
