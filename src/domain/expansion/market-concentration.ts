import { unitInWords } from '../words/goals.js';
import { jsonBounds } from '../measures/bounds.js';
import type { ExpansionContext, ExpansionReading } from './expansion-reading.js';
import { unitsByMarket, type MarketUnits } from './market-weights.js';

/**
 * The concentration of units abroad on markets: the Herfindahl–Hirschman index on a scale of 10,000, and the
 * effective number of markets, 10,000 / HHI. Units not split by market may be spread over all other markets
 * of the world (lo) or go to a single one (hi).
 *
 * Source: Hirschman 1945, Herfindahl 1950; bounds from the largest shares, Kvålseth 2018.
 */
export function marketConcentration({ automaker, on }: ExpansionContext): ExpansionReading {
  const units = unitsByMarket(automaker, on);
  const hhi = units && hhiBounds(units);
  return {
    reading: 'market-concentration',
    automaker: automaker.id,
    on,
    numbers:
      hhi && tellsSomething(hhi)
        ? [
            { name: 'hhi', unit: 'hhi', ...hhi, formula: HHI },
            {
              name: 'effective-markets',
              unit: 'markets',
              ...jsonBounds({
                lo: 10_000 / hhi.hi,
                hi: 10_000 / hhi.lo,
              }),
              formula: '10,000 / hhi',
            },
          ]
        : [],
    inputs: units
      ? [
          ...[...units.markets].map(([market, { bounds, events }]) => ({
            name: market,
            group: 'market',
            ...jsonBounds(bounds),
            events,
          })),
          {
            name: 'overseas-units',
            group: 'total',
            ...jsonBounds(units.total.bounds),
            events: units.total.events,
          },
        ]
      : [],
    missing: units
      ? [
          ...(hhi && !tellsSomething(hhi)
            ? [
                `The ledger cannot tell how concentrated they are: ${(10_000 / hhi.hi).toFixed(1)} to ${(10_000 / hhi.lo).toFixed(1)} effective markets.`,
              ]
            : []),
          `The figures are of ${units.first.slice(0, 4)}, of ${units.markets.size} ${unitInWords('markets', units.markets.size)}; ${Math.round(units.rest.lo).toLocaleString('en-GB')} units or more went to markets that nobody tells apart.`,
        ]
      : ['No calendar year has figures of one basis for all units abroad and for single markets.'],
    source: 'Herfindahl–Hirschman index; bounds as Kvålseth 2018',
    version: 2,
  };
}

const HHI =
  '10,000 × Σ (units of a market / overseas-units)²; lo: with what nobody tells apart spread over all other markets of the world; hi: as one more market';

/** The number of ISO 3166-1 codes without the home market: the maximum number of markets abroad. */
const MARKETS_OF_THE_WORLD = 248;
/** If the bounds differ by more than this factor, the index is useless. */
const WIDEST = 10;

const tellsSomething = ({ lo, hi }: { lo: number; hi: number }): boolean => lo > 0 && hi <= WIDEST * lo;

function hhiBounds({ markets, total, rest }: MarketUnits): { lo: number; hi: number } {
  const squares = (part: number, whole: number): number => Math.min(100, (100 * part) / whole) ** 2;
  let [lo, hi] = [0, 0];
  for (const { bounds } of markets.values()) {
    lo += squares(bounds.lo, total.bounds.hi);
    hi += squares(bounds.hi, total.bounds.lo);
  }
  const others = MARKETS_OF_THE_WORLD - markets.size;
  const spread = others * squares(rest.lo / others, total.bounds.hi);
  return { lo: lo + spread, hi: Math.min(10_000, hi + squares(rest.hi, total.bounds.lo)) };
}
