import type { Day } from '../ledger/edtf.js';
import { REGIONS } from '../ledger/regions.js';
import type { FigureRecord } from '../state/records.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import { brandsIn } from './brands-together.js';
import { flowModelOf } from './flow-readings.js';
import type { ChoosingRule, FlowBounds } from './flows.js';
import { isFlow, perimeterOf } from './measures.js';
import { keyOfFigure, type Keyed } from './whole-inequalities.js';

/** A flow that figures report, and what they say of a period. */
export interface ToldFlow extends Keyed {
  readonly bounds: FlowBounds;
}

/** What the figures say of each flow that they report, over a period. */
export const toldFlows = (
  figures: readonly FigureRecord[],
  first: Day,
  last: Day,
  rule?: ChoosingRule,
): readonly ToldFlow[] => boundsOfEach(figures, figures.filter(isFlow), first, last, rule);

const bearing = new PerObjectMemo<readonly FigureRecord[], readonly ToldFlow[]>();

/** The same for the flows that matter for the period. It is worked out once, as many goals ask about the same year. */
export const flowsBearingOn = (
  figures: readonly FigureRecord[],
  first: Day,
  last: Day,
  rule?: ChoosingRule,
): readonly ToldFlow[] =>
  bearing.of(figures, `${first} ${last} ${rule ?? ''}`, () =>
    boundsOfEach(figures, bearingOn(figures, first, last), first, last, rule),
  );

function boundsOfEach(
  figures: readonly FigureRecord[],
  told: readonly FigureRecord[],
  first: Day,
  last: Day,
  rule: ChoosingRule | undefined,
): readonly ToldFlow[] {
  const distinct = new Map(told.map((figure) => [keyOfFigure(figure), figure]));
  return Array.from(distinct, ([key, figure]) => {
    const { measure } = figure;
    const perimeter = perimeterOf(figure);
    const bounds = flowModelOf(figures, measure, perimeter, rule).bounds(first, last);
    return { key, measure, perimeter, bounds };
  });
}

/**
 * The flows relevant to a period: a figure of the same count covers some of its days, or has a growth rate.
 * Entities of several brands and regions are kept, since they connect what is reported with what is asked.
 */
function bearingOn(figures: readonly FigureRecord[], first: Day, last: Day): readonly FigureRecord[] {
  const flows = figures.filter(isFlow);
  const keys = new Set(
    flows
      .filter(
        (each) =>
          each.growths !== undefined ||
          (each.first <= last && each.last >= first) ||
          brandsIn(each.entity ?? '').length > 1 ||
          REGIONS.has(each.market ?? ''),
      )
      .map(keyOfFigure),
  );
  return flows.filter((each) => keys.has(keyOfFigure(each)));
}
