import { measureInWords } from '../words/goals.js';
import { isFinite } from '../measures/bounds.js';
import { byLast } from '../measures/by-last.js';
import {
  comparability,
  EXPORTS_ALONE,
  isWithoutBuiltAbroad,
  perimetersWith,
} from '../measures/comparability.js';
import { eventsOfProof } from '../measures/flow-graph.js';
import { figuresIn } from '../measures/figures-in.js';
import { figuresInScope } from '../measures/figures-in-scope.js';
import { flowModelOf } from '../measures/flow-readings.js';
import type { Measure } from '../measures/measures.js';
import type { FigureRecord } from '../state/records.js';
import type { Reading } from '../measures/readings.js';
import { isTwelveMonths, shareOverPeriod, yearsOfFlow, yearsOfShare } from '../measures/year-readings.js';
import { addYears, addDays, type Day } from '../ledger/edtf.js';
import { periodInWords } from './goal-days.js';
import { shareByWholes, yearsTold } from './by-wholes.js';
import { wantedOf, type Finding, type GoalContext } from './finding.js';
import type { GoalReading } from './kinds.js';
import { bandsOfPace, isNewerThanGoal, NONE_NEWER, paceOf } from './paces.js';
import { statusOfBands } from './status.js';
import { fallsShort, reaches, thresholdOf, type Threshold } from './threshold.js';

/**
 * The finding for a rate or a share, by the newest twelve months within the deadline that the figures of one
 * perimeter give. It is reached if twelve months that end after the goal was set reach it, and met when set
 * if earlier ones did. It is missed if the twelve months up to the deadline are known and fall short, and no
 * earlier ones reached it.
 */
export function yearsFinding(context: GoalContext, { kind, period, deadline }: GoalReading): Finding {
  const { terms } = context;
  const isShare = terms.measure === 'overseas-sales-share';
  const years = isShare ? sharesFor(context, period) : flowYears(context);
  const bears = ({ first, last }: Reading): boolean =>
    period ? first === period.first && last === period.last : deadline === undefined || last <= deadline.last;
  const bearing = years.filter(bears);
  const open = isShare ? [] : openYears(context).filter(bears);
  const value = bearing.at(-1) ?? open.at(-1);
  const about = { kind, ...(period && { period }) };
  if (!value) {
    const notes = [noYears(context, isShare, period)];
    return { ...about, status: 'not-enough-evidence', isFinal: false, notes };
  }
  const threshold = thresholdOf(terms, context.figures, value.perimeter, context.rule);
  const found = { ...about, asOf: value.last, reading: value, notes: [] };
  const reachedBy = [...bearing, ...open]
    .sort(byLast)
    .find(({ bounds, last }) => last >= context.said.first && reaches(bounds, threshold));
  const end = period?.last ?? deadline?.last;
  const atEnd = end === undefined ? undefined : atDeadline(context, value, end);
  const held =
    atEnd &&
    (reaches(atEnd.bounds, threshold)
      ? true
      : fallsShort(atEnd.bounds, threshold) || isSaidToBeLess(context.figures, atEnd, threshold)
        ? false
        : undefined);
  const atDeadlineHeld = held === undefined ? {} : { heldAtDeadline: held };
  if (reachedBy) {
    const reached = { status: 'achieved', isFinal: true, reachedOn: reachedBy.last } as const;
    return reachedBy.last > value.last
      ? { ...found, ...reached, asOf: reachedBy.last, reading: reachedBy }
      : { ...found, ...reached, ...atDeadlineHeld };
  }
  if (value.last < context.said.first && reaches(value.bounds, threshold))
    return {
      ...found,
      status: 'met-when-set',
      isFinal: false,
      reachedOn: value.last,
      notes: ['It was reached before it was set, and no figure since says whether it still is.'],
    };
  if (atEnd) {
    if (held === false && isWithoutBuiltAbroad(context.figures, atEnd.perimeter, wantedOf(terms), atEnd))
      return {
        ...found,
        asOf: atEnd.last,
        reading: atEnd,
        status: 'not-enough-evidence',
        isFinal: false,
        notes: [EXPORTS_ALONE],
      };
    if (held === false && !threshold.isCeiling)
      return {
        ...found,
        asOf: atEnd.last,
        reading: atEnd,
        status: 'missed',
        isFinal: true,
        ...atDeadlineHeld,
      };
    return { ...found, asOf: atEnd.last, reading: atEnd, status: 'not-enough-evidence', isFinal: true };
  }
  const pace =
    end === undefined
      ? undefined
      : paceOf(context, years, value, threshold, deadline ?? { first: end, last: end });
  const bands = pace && bandsOfPace(pace);
  return {
    ...found,
    status: bands ? statusOfBands(bands) : 'not-enough-evidence',
    isFinal: false,
    ...(bands && { bands }),
    ...(pace && { pace }),
    notes: end !== undefined && !isNewerThanGoal(context, value) ? [NONE_NEWER] : [],
  };
}

/**
 * Whether a share ends at the threshold because its source says that it is less: "less than 50 %" falls short of 50 %. Vehicles are
 * whole, so that of them the bound says it.
 */
function isSaidToBeLess(figures: readonly FigureRecord[], reading: Reading, { least }: Threshold): boolean {
  if (reading.bounds.hi !== least.lo) return false;
  const events = new Set(reading.inputs.flatMap((input) => input.events));
  const reports = figures
    .filter(({ measure }) => measure === 'overseas-sales-share')
    .flatMap((figure) => figure.reports.filter(({ event }) => events.has(event)));
  return reports.length > 0 && reports.every(({ qualifier }) => qualifier === 'less-than');
}

/** The shares of twelve-month periods; for a goal on another period, the share of exactly that period. */
function sharesFor(context: GoalContext, period: GoalReading['period']): readonly Reading[] {
  const { figures, terms, rule } = context;
  const wanted = wantedOf(terms);
  if (period && !isTwelveMonths(period.first, period.last)) {
    const share = shareOverPeriod(figures, wanted, period, rule) ?? shareByWholes(context, period);
    return share ? [share] : [];
  }
  const years = yearsOfShare(figures, wanted, rule);
  if (years.length > 0) return years;
  return yearsTold(figures, ['total-units']).flatMap((year) => shareByWholes(context, year) ?? []);
}

/** The twelve-month periods of the comparable perimeter with the newest ones. */
function flowYears({ figures, terms, rule }: GoalContext): readonly Reading[] {
  return perimetersWith(figures, [terms.measure], wantedOf(terms))
    .filter((found) => found.comparability !== 'other')
    .map(({ perimeter }) => yearsOfFlow(figures, terms.measure, perimeter, rule))
    .reduce<readonly Reading[]>(
      (best, each) => ((each.at(-1)?.last ?? '') > (best.at(-1)?.last ?? '') ? each : best),
      [],
    );
}

/**
 * Twelve-month periods with only a lower bound: "more than 50,000 in 2025" reaches 50,000, but gives no pace.
 */
function openYears({ figures, terms, rule }: GoalContext): readonly Reading[] {
  const { measure } = terms;
  return perimetersWith(figures, [measure], wantedOf(terms))
    .filter((found) => found.comparability !== 'other')
    .flatMap(({ perimeter }) => {
      const model = flowModelOf(figures, measure, perimeter, rule);
      return figuresIn(figures, measure, perimeter)
        .filter(({ first, last }) => isTwelveMonths(first, last) && !model.covers(first, last))
        .flatMap(({ first, last }): Reading[] => {
          const { lo, hi, proof } = model.bounds(first, last);
          if (lo === 0 || Number.isFinite(hi)) return [];
          return [
            {
              bounds: { lo, hi },
              first,
              last,
              formula: `${measure} from ${first} to ${last}`,
              inputs: [{ name: measure, bounds: { lo }, events: eventsOfProof(proof.lo), proof }],
              perimeter,
              conflicts: model.conflictsIn(first, last),
            },
          ];
        });
    })
    .sort(byLast);
}

/** The twelve months up to the deadline, if figures cover them or bound them from above. */
function atDeadline(context: GoalContext, value: Reading, end: string): Reading | undefined {
  if (value.last === end) return value;
  const { figures, terms, rule } = context;
  if (terms.measure === 'overseas-sales-share') return undefined;
  const model = flowModelOf(figures, terms.measure, value.perimeter, rule);
  const first = addDays(addYears(end, -1), 1);
  const { lo, hi, proof } = model.bounds(first, end);
  if (!isFinite({ lo, hi }) || model.latestCovered(value.first, '9999-12-31') === undefined) return undefined;
  const newest = model.latestCovered(value.first, '9999-12-31') ?? '';
  if (newest < end) return undefined;
  return {
    ...value,
    bounds: { lo, hi },
    first,
    last: end,
    formula: `${terms.measure} from ${first} to ${end}`,
    inputs: [
      {
        name: terms.measure,
        bounds: { lo, hi },
        events: eventsOfProof([...proof.lo, ...proof.hi]),
        proof,
      },
    ],
  };
}

/** Why no twelve months are known: there are no figures, or only figures of shorter periods. */
function noYears({ figures, terms }: GoalContext, isShare: boolean, period: GoalReading['period']): string {
  const wanted = wantedOf(terms);
  const measures: readonly Measure[] = isShare ? ['overseas-sales-share', 'overseas-units'] : [terms.measure];
  const some = measures.flatMap((measure) =>
    figuresInScope(figures, measure, wanted).filter(
      ({ basis }) => comparability(measure, wanted.basis, basis) !== 'other',
    ),
  );
  if (some.length === 0)
    return isShare
      ? 'No recorded share of sales counts what the goal counts.'
      : `No recorded figure of ${measureInWords(terms.measure, terms.market)} counts what the goal counts.`;
  const bearsOn = ({ first, last }: { readonly first: Day; readonly last: Day }): boolean =>
    period === undefined || (first <= period.last && last >= period.first);
  if (period && !(isTwelveMonths(period.first, period.last) && some.some(bearsOn)))
    return `No share of ${periodInWords(period)} is recorded, and that of another time says nothing of it.`;
  return some.some(({ first, last }) => isTwelveMonths(first, last))
    ? 'The figures give no twelve months that end by the deadline in one perimeter.'
    : 'The figures cover less than twelve months, and a part of a year is not a year.';
}
