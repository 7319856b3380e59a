import { daysOf } from '../ledger/edtf.js';
import type { FigureRecord, GrowthReport } from '../state/records.js';
import { dayNumbers } from './flow-claims.js';
import type { FlowConstraint } from './flow-graph.js';
import type { FlowBounds, FlowModel } from './flows.js';
import { printedHalfWidth } from './printed-shares.js';

interface Growing {
  readonly growth: GrowthReport;
  readonly now: { readonly first: string; readonly last: string };
  readonly before: { readonly first: string; readonly last: string };
}

/**
 * Adds bounds from growth rates for periods that no report covers. "+96 % on 2024", printed to a whole
 * percent, means 95.5 to 96.5 %, and bounds 2024 from 2025 or 2025 from 2024. Each rate is used once, after
 * the reports; its result may enable another rate.
 */
export function withGrowth(model: FlowModel, figures: readonly FigureRecord[]): FlowModel {
  let open = figures.flatMap(({ growths = [], first, last }) =>
    growths.map((growth): Growing => ({ growth, now: { first, last }, before: daysOf(growth.on) })),
  );
  let known = model;
  const derived: FlowConstraint[] = [];
  for (let isMore = open.length > 0; isMore;) {
    const still: Growing[] = [];
    for (const each of open) {
      const found = derivedFrom(known, each);
      if (found) derived.push(found);
      else still.push(each);
    }
    isMore = still.length < open.length && still.length > 0;
    known = derived.length > 0 ? model.withDerived(derived) : model;
    open = still;
  }
  return known;
}

function derivedFrom(model: FlowModel, { growth, now, before }: Growing): FlowConstraint | undefined {
  const [isNow, isBefore] = [model.covers(now.first, now.last), model.covers(before.first, before.last)];
  if (isNow === isBefore) return undefined;
  const { percent, event, plusMinus = printedHalfWidth(percent) } = growth;
  const [low, high] = [percent - plusMinus, percent + plusMinus];
  if (low <= -100) return undefined;
  const [source, target] = isNow ? [now, before] : [before, now];
  const bounds = model.bounds(source.first, source.last);
  if (!Number.isFinite(bounds.hi)) return undefined;
  const end = (which: 'lo' | 'hi'): { units: number; percent: number } => {
    const isLow = which === 'lo';
    const rate = isNow === isLow ? high : low;
    const value = isNow ? bounds[which] / (1 + rate / 100) : bounds[which] * (1 + rate / 100);
    return { units: isLow ? Math.ceil(value - 1e-9) : Math.floor(value + 1e-9), percent: rate };
  };
  const ends = { lo: end('lo'), hi: end('hi') };
  return {
    ...dayNumbers(target.first, target.last),
    lo: Math.min(ends.lo.units, ends.hi.units),
    hi: Math.max(ends.lo.units, ends.hi.units),
    terms: (which) => [termOf(event, which, ends[which], isNow, bounds)],
  };
}

const termOf = (
  event: string,
  end: 'lo' | 'hi',
  { units, percent }: { readonly units: number; readonly percent: number },
  isDivided: boolean,
  bounds: FlowBounds,
) => ({
  event,
  sign: 1 as const,
  end,
  units,
  derived: { percent, isDivided, from: bounds[end], proof: bounds.proof[end] },
});
