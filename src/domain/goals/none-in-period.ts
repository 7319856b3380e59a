import { liesIn } from '../ledger/regions.js';
import type { Vehicles } from '../measures/measures.js';
import { widerVehicles } from '../measures/whole-inequalities.js';
import { figuresInScope } from '../measures/figures-in-scope.js';
import type { Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import { wantedOf, type GoalContext } from './finding.js';
import { periodInWords } from './goal-days.js';

/** The days of an amount or a share. */
export interface GoalPeriod {
  readonly first: Day;
  readonly last: Day;
}

/** Whether vehicles of one kind are among those of another. */
const isKindOf = (kind: Vehicles | undefined, of: Vehicles): boolean =>
  kind !== undefined && (kind === of || isKindOf(widerVehicles(kind), of));

/**
 * Why no figure bears on the period of an amount. "None is recorded" is only said if none is: a figure of a
 * longer time, of a single market of the region or of a single brand is recorded, and does not bear on it.
 */
export function noneInPeriod({ figures, terms }: GoalContext, period: GoalPeriod): string {
  const wanted = wantedOf(terms);
  const words = periodInWords(period);
  const reachesIn = ({ first, last }: FigureRecord): boolean => first <= period.last && last >= period.first;
  if (figuresInScope(figures, terms.measure, wanted).some(reachesIn))
    return `No figure is of ${words} alone: those that reach into it are of a longer time.`;
  const isOfMeasure = ({ measure }: FigureRecord): boolean => measure === terms.measure;
  const isPart = ({ market, entity, vehicles = 'all' }: FigureRecord): boolean =>
    isKindOf(vehicles, wanted.vehicles ?? 'all') &&
    (wanted.entity === undefined || entity === wanted.entity) &&
    (wanted.market === undefined || (market !== undefined && liesIn(market, wanted.market)));
  const beside = figures.filter((figure) => isOfMeasure(figure) && reachesIn(figure));
  if (beside.length === 0) return `No figure for ${words} is recorded.`;
  return beside.some(isPart)
    ? `No figure for ${words} is recorded of all that the goal counts; what is recorded is of parts of it.`
    : `No figure for ${words} is recorded of what the goal counts.`;
}
