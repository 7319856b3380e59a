import { jsonBounds } from '../measures/bounds.js';
import type { ExpansionContext, ExpansionReading } from './expansion-reading.js';
import { unitsByMarket, type MarketUnits } from './market-weights.js';

/**
 * How much of the units abroad go to few markets: the Herfindahl–Hirschman index on the scale of 10,000, and the effective
 * number of markets, 10,000 / HHI. What nobody tells apart may be spread over any number of markets (lo) or go to one (hi).
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
    numbers: hhi
      ? [
          { name: 'hhi', unit: 'hhi', ...hhi, formula: HHI },
          {
            name: 'effective-markets',
            unit: 'markets',
            ...jsonBounds({
              lo: 10_000 / hhi.hi,
              hi: hhi.lo > 0 ? 10_000 / hhi.lo : Number.POSITIVE_INFINITY,
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
          `The figures are of ${units.first.slice(0, 4)}, of ${units.markets.size} markets; ${Math.round(units.rest.lo).toLocaleString('en-GB')} units or more went to markets that nobody tells apart.`,
        ]
      : ['No calendar year has figures of one basis for all units abroad and for single markets.'],
    source: 'Herfindahl–Hirschman index; bounds as Kvålseth 2018',
    version: 1,
  };
}

const HHI =
  '10,000 × Σ (units of a market / overseas-units)²; hi: with what nobody tells apart as one more market';

function hhiBounds({ markets, total, rest }: MarketUnits): { lo: number; hi: number } {
  const squares = (part: number, whole: number): number => Math.min(100, (100 * part) / whole) ** 2;
  let [lo, hi] = [0, 0];
  for (const { bounds } of markets.values()) {
    lo += squares(bounds.lo, total.bounds.hi);
    hi += squares(bounds.hi, total.bounds.lo);
  }
  return { lo, hi: Math.min(10_000, hi + squares(rest.hi, total.bounds.lo)) };
}
