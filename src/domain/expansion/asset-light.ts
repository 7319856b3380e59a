import { exactly, jsonBounds, type Bounds } from '../measures/bounds.js';
import type { SiteRecord } from '../state/records.js';
import {
  percentOf,
  sum,
  type ExpansionContext,
  type ExpansionNumber,
  type ExpansionReading,
} from './expansion-reading.js';
import { someOf } from './some-of.js';
import { eventsOfSite, operatorOf, runningAbroad } from './sites.js';

/**
 * The part of the capacity abroad that partners run, in percent of running sites, both by annual capacity and
 * by number. A site with an unstated operator may be either; one with an unstated capacity may have any. Also
 * gives the investment per unit of annual capacity for sites that state both.
 *
 * Source: the asset-light literature (Sohn, Tang & Jang 2013: the fixed-asset side), applied to capacity
 * events.
 */
export function assetLight({ automaker, on }: ExpansionContext): ExpansionReading {
  const sites = runningAbroad(automaker).map((site) => ({
    site,
    operator: operatorOf(site),
    capacity: capacityOf(site),
  }));
  const of = (operator: string, measure: (each: (typeof sites)[number]) => Bounds) =>
    sum(sites.filter((each) => each.operator === operator).map(measure));
  const share = (measure: (each: (typeof sites)[number]) => Bounds): Bounds | undefined => {
    const [partner, own, unknown] = [of('partner-run', measure), of('own', measure), of('unknown', measure)];
    return percentOf(
      { lo: partner.lo, hi: partner.hi + unknown.hi },
      // Capacity that may be the partners' counts towards the automaker's own only if it is not theirs.
      { lo: own.lo, hi: own.hi + unknown.hi },
    );
  };
  const ofCapacity = share(({ capacity }) => capacity);
  const ofSites = share(() => exactly(1));
  const unknown = sites.filter(({ operator }) => operator === 'unknown').length;
  const unstated = sites.filter(({ site }) => site.annualCapacity === undefined).length;
  return {
    reading: 'asset-light',
    automaker: automaker.id,
    on,
    numbers: [
      ...(ofSites
        ? [{ name: 'partner-run-sites', unit: 'percent' as const, ...ofSites, formula: SITES }]
        : []),
      ...(ofCapacity
        ? [{ name: 'partner-run-capacity', unit: 'percent' as const, ...ofCapacity, formula: CAPACITY }]
        : []),
      ...automaker.sites.filter(({ market }) => market !== automaker.profile.homeMarket).flatMap(costPerUnit),
    ],
    inputs: sites.map(({ site, operator, capacity }) => ({
      name: site.site,
      group: operator,
      ...jsonBounds(capacity),
      events: eventsOfSite(site),
    })),
    missing: [
      ...(sites.length === 0 ? ['No running site abroad is logged.'] : []),
      ...(unknown > 0 ? [`Nobody states who runs ${someOf(unknown, sites.length, 'site')}.`] : []),
      ...(unstated > 0 ? [`Nobody states the capacity of ${someOf(unstated, sites.length, 'site')}.`] : []),
    ],
    source: 'Sohn, Tang & Jang 2013, read from capacity events',
    version: 2,
  };
}

const CAPACITY = '100 × capacity of partner-run sites / capacity of all running sites abroad';
const SITES = '100 × partner-run sites / all running sites abroad';

const capacityOf = ({ annualCapacity }: SiteRecord): Bounds =>
  annualCapacity === undefined ? { lo: 0, hi: Number.POSITIVE_INFINITY } : exactly(annualCapacity);

function costPerUnit({ site, capital }: SiteRecord): ExpansionNumber[] {
  if (!capital || capital.annualCapacity <= 0) return [];
  const { investment, annualCapacity } = capital;
  const value = investment.amount / annualCapacity;
  return [
    {
      name: `capital-per-unit.${site}.${investment.currency}`,
      unit: 'money-per-unit',
      lo: value,
      hi: value,
      formula: `${investment.amount} ${investment.currency} / ${annualCapacity} units a year`,
    },
  ];
}
