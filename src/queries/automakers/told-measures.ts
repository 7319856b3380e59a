import { COMPARABLE } from '../../domain/goals/goal-to-compare.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { loggedChanges } from '../../domain/measures/logged-count.js';
import { MEASURES, type Measure } from '../../domain/measures/measures.js';
import { readingOf } from '../../domain/measures/readings.js';
import type { Automaker } from '../../domain/state/automaker.js';

/** What is known of an automaker in a measure. */
export interface ToldMeasure {
  /** The first day for which figures give a value; absent if there is none. */
  readonly valueFrom?: Day;
  readonly isPromised?: true;
}

export type ToldMeasures = Readonly<Partial<Record<Measure, ToldMeasure>>>;

/** What is known of an automaker in each comparable measure, from a day on. */
export function toldMeasures(automaker: Automaker, on: Day): ToldMeasures {
  const promised = new Set(automaker.targets.map(({ versions }) => versions.at(-1)?.terms.measure));
  return Object.fromEntries(
    COMPARABLE.flatMap((measure): [Measure, ToldMeasure][] => {
      const valueFrom = valueFromOf(automaker, measure, on);
      const isPromised = promised.has(measure);
      if (valueFrom === undefined && !isPromised) return [];
      return [
        [measure, { ...(valueFrom !== undefined && { valueFrom }), ...(isPromised && { isPromised }) }],
      ];
    }),
  );
}

/** The first day with a value, from a given day on: later if the figure's year or month is not over. */
function valueFromOf(automaker: Automaker, measure: Measure, on: Day): Day | undefined {
  const hasValue = (day: Day): boolean => readingOf(automaker, measure, {}, day) !== undefined;
  if (hasValue(on)) return on;
  return daysAfter(automaker, measure, on).find(hasValue);
}

const SHARE_OF: readonly Measure[] = ['overseas-sales-share', 'overseas-units', 'total-units'];

function daysAfter(automaker: Automaker, measure: Measure, on: Day): readonly Day[] {
  const measures = MEASURES[measure].nature === 'share' ? SHARE_OF : [measure];
  const days = [
    ...automaker.figures.flatMap((figure) => (measures.includes(figure.measure) ? [figure.last] : [])),
    ...(loggedChanges(automaker, { measure }) ?? []).map(({ day }) => day),
  ];
  return [...new Set(days)].filter((day) => day > on).sort();
}

/** How much is known on a day: a value weighs more than a goal. */
export const weightOn = (told: ToldMeasure | undefined, on: Day): number =>
  (told?.valueFrom !== undefined && told.valueFrom <= on ? 2 : 0) + (told?.isPromised === true ? 1 : 0);
