import { jsonBounds, type Bounds } from '../measures/bounds.js';
import type { ConditionRecord } from '../state/records.js';
import type { Day } from '../ledger/edtf.js';
import { liesIn } from '../ledger/regions.js';
import {
  sum,
  type ExpansionContext,
  type ExpansionInput,
  type ExpansionNumber,
  type ExpansionReading,
} from './expansion-reading.js';
import { lawOn } from '../state/conditions.js';
import { dutiesInForce, isDuty, isLaw } from './duties.js';
import { depthOf } from './localisation-depth.js';
import { unitsByMarket } from './market-weights.js';

/** The lowest rung on which a site is running or may be: semi-knocked-down kits. */
const LOCAL_BUILD = 4;

/**
 * The duties that apply to the automaker's units abroad, in percentage points, weighted by units: Σ share of
 * a market × duty in force there. A duty on certain powertrains, or in a market with local production, may
 * apply to all units or to none, since the ledger does not split units by powertrain or origin. Units that
 * nobody splits by market face no duty, or the highest in the world. Also gives the number of other
 * conditions in force in its markets.
 *
 * Source: a tariff exposure index, dated and firm-specific (after Caldara et al. 2020, firm level).
 */
export function exposure({ automaker, conditions, on }: ExpansionContext): ExpansionReading {
  const present = automaker.markets.filter(
    ({ present: is, market }) => is && market !== automaker.profile.homeMarket,
  );
  const units = unitsByMarket(automaker, on);
  const duties = conditions.filter(isDuty);
  const markets = new Set([...present.map(({ market }) => market), ...(units?.markets.keys() ?? [])]);
  const inputs = [...markets].sort().map((market): ExpansionInput => {
    const isBuiltThere = (depthOf(automaker, market).hi ?? 0) >= LOCAL_BUILD;
    const found = dutiesInForce(market, duties, automaker.id, on);
    // A countervailing duty is added to the tariff.
    const rate = sum(found.map(({ bounds }) => bounds));
    const weight = units?.markets.get(market);
    return {
      name: market,
      group: 'market',
      ...(weight && jsonBounds(weight.bounds)),
      rate: { lo: isBuiltThere ? 0 : rate.lo, hi: rate.hi },
      events: [...found.map(({ event }) => event), ...(weight?.events ?? [])],
    };
  });
  const others = conditions.filter(
    (each) =>
      !isDuty(each) &&
      // Demand is reported, and nobody puts it in force.
      each.kind !== 'demand' &&
      isLaw(each) &&
      lawOn(each, on) !== undefined &&
      [...markets].some((market) => liesIn(market, each.market)) &&
      concerns(each, automaker.id),
  );
  const total = units?.total.bounds;
  // Units not split by market may have gone to any market with a known duty.
  const world = worldsRange(duties, automaker.id, on);
  const highest = Math.max(world.rate.hi, ...inputs.map(({ rate }) => rate?.hi ?? 0));
  const restShare = units && total ? (100 * units.rest.hi) / total.lo : 0;
  const weighted = (end: 'lo' | 'hi'): number =>
    inputs.reduce((all, { lo = 0, hi = 0, rate }) => {
      if (!total || !rate) return all;
      const share = end === 'lo' ? lo / total.hi : Math.min(1, hi / total.lo);
      return all + share * rate[end];
    }, 0);
  return {
    reading: 'exposure',
    automaker: automaker.id,
    on,
    numbers: [
      ...(units && total
        ? [
            {
              name: 'duty',
              unit: 'points' as const,
              lo: weighted('lo'),
              hi: Math.min(highest, weighted('hi') + (restShare / 100) * highest),
              formula:
                'Σ units of a market / overseas-units × duty in force there; hi: what nobody tells apart meets the highest in the world, and no more than that in all',
            },
          ]
        : []),
      // Of no market at all, "0 with duties" would tell absence as a finding.
      ...(inputs.length === 0 ? [] : countsOf(inputs, others.length)),
    ],
    inputs: [
      ...inputs,
      { name: 'world', group: 'world', rate: world.rate, events: world.events },
      ...(units && total
        ? [{ name: 'overseas-units', group: 'total', ...jsonBounds(total), events: units.total.events }]
        : []),
      ...others.map(({ market, kind, changes }) => ({
        name: `${market} ${kind}`,
        group: 'other-condition',
        events: changes.map(({ event }) => event),
      })),
    ],
    missing: [
      ...(inputs.length === 0 ? ['No market abroad is logged.'] : []),
      units
        ? 'The ledger does not tell units by powertrain or by where they were built.'
        : 'No calendar year has figures of one basis for all units abroad and for single markets: duties are not weighted.',
    ],
    source: 'units-weighted duty, dated and firm-specific (after Caldara et al. 2020)',
    version: 3,
  };
}

function countsOf(inputs: readonly ExpansionInput[], others: number): ExpansionNumber[] {
  return [
    {
      name: 'markets-with-duties',
      unit: 'markets',
      lo: inputs.filter(({ rate }) => (rate?.lo ?? 0) > 0).length,
      hi: inputs.filter(({ rate }) => (rate?.hi ?? 0) > 0).length,
      formula: 'markets in which a duty is in force for it; lo: for all its cars, as far as is known',
    },
    {
      name: 'other-conditions',
      unit: 'points',
      lo: others,
      hi: others,
      formula: 'other conditions of its markets that hold for it: subsidies, quotas, local content …',
    },
  ];
}

/** Whether a condition can apply to an automaker: it names none, or this one. */
const concerns = ({ changes }: ConditionRecord, automaker: string): boolean => {
  const named = changes.at(-1)?.automakers;
  return named === undefined || named.includes(automaker);
};

/** The range of duties for an automaker over all markets of the ledger: from zero to the highest. */
function worldsRange(
  duties: readonly ConditionRecord[],
  automaker: string,
  on: Day,
): { readonly rate: Bounds; readonly events: readonly string[] } {
  const totals = [...new Set(duties.map(({ market }) => market))].map((market) => {
    const found = dutiesInForce(market, duties, automaker, on);
    return { hi: sum(found.map(({ bounds }) => bounds)).hi, events: found.map(({ event }) => event) };
  });
  const highest = totals.sort((a, b) => a.hi - b.hi).at(-1);
  return { rate: { lo: 0, hi: highest?.hi ?? 0 }, events: highest?.events ?? [] };
}
