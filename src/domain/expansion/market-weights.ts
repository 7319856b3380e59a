import type { Automaker } from '../state/automaker.js';
import type { Bounds } from '../measures/bounds.js';
import { flowModelOf, calendarYear, type FlowReading } from '../measures/flow-readings.js';
import type { Basis } from '../measures/measures.js';
import type { Day } from '../ledger/edtf.js';
import { countriesIn, liesIn, overlap } from '../ledger/regions.js';

/** An automaker's units by market abroad over one calendar year, in one perimeter. */
export interface MarketUnits {
  readonly first: Day;
  readonly last: Day;
  readonly basis?: Basis;
  readonly markets: ReadonlyMap<string, { readonly bounds: Bounds; readonly events: readonly string[] }>;
  /** All units abroad. */
  readonly total: { readonly bounds: Bounds; readonly events: readonly string[] };
  /** Units abroad that are not split by market. */
  readonly rest: Bounds;
}

/**
 * The latest calendar year, ended by a day, for which figures on one basis give the units abroad and those of
 * at least one market. Among bases with the same year, the one with more markets wins. Undefined if there is
 * none.
 */
export function unitsByMarket({ figures, profile }: Automaker, on: Day): MarketUnits | undefined {
  const bases = new Set(
    figures.filter(({ measure }) => measure === 'market-units').map(({ basis }) => basis),
  );
  const found: MarketUnits[] = [];
  for (const basis of bases) {
    const perimeter = basis === undefined ? {} : { basis };
    const abroad = flowModelOf(figures, 'overseas-units', perimeter);
    const markets = new Set(
      figures
        .filter((figure) => figure.measure === 'market-units' && figure.basis === basis && !figure.entity)
        .flatMap(({ market }) =>
          market === undefined || liesIn(profile.homeMarket, market) ? [] : [market],
        ),
    );
    const models = [...markets].sort().map((market) => ({
      market,
      model: flowModelOf(figures, 'market-units', { ...perimeter, market }),
    }));
    for (const year of abroad.completeYears()) {
      const total = calendarYear(abroad, year);
      if (!total || total.last > on || total.bounds.lo <= 0) continue;
      const known = models.flatMap(({ market, model }): [string, FlowReading][] => {
        const units = calendarYear(model, year);
        return units ? [[market, units]] : [];
      });
      if (known.length > 0) found.push(weighed(total, known, basis));
    }
  }
  return found
    .sort((a, b) => (a.last === b.last ? a.markets.size - b.markets.size : a.last < b.last ? -1 : 1))
    .at(-1);
}

function weighed(
  total: FlowReading,
  known: readonly [string, FlowReading][],
  basis: Basis | undefined,
): MarketUnits {
  const markets = withoutOverlap(known);
  const told = [...markets.values()].reduce(
    (all, { bounds }) => ({ lo: all.lo + bounds.lo, hi: all.hi + bounds.hi }),
    { lo: 0, hi: 0 },
  );
  return {
    first: total.first,
    last: total.last,
    ...(basis !== undefined && { basis }),
    markets,
    total,
    rest: { lo: Math.max(0, total.bounds.lo - told.hi), hi: Math.max(0, total.bounds.hi - told.lo) },
  };
}

/** Keeps the smallest markets, and drops regions that contain one of them, whose units would count twice. */
function withoutOverlap(known: readonly [string, FlowReading][]): ReadonlyMap<string, FlowReading> {
  const kept = new Map<string, FlowReading>();
  const bySize = [...known].sort(([a], [b]) => countriesIn(a) - countriesIn(b) || (a < b ? -1 : 1));
  for (const [market, units] of bySize)
    if (![...kept.keys()].some((other) => overlap(market, other))) kept.set(market, units);
  return new Map(known.filter(([market]) => kept.has(market)));
}
