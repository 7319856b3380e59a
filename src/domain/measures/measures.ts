import { daysOf, type Day } from '../ledger/edtf.js';
import { brandsIn, isTogether } from './brands-together.js';

/** What a figure or target counts: over a period (flow), at a date (level), or as a share of two flows. */
export const MEASURES = {
  'overseas-sales-share': { nature: 'share', unit: 'percent', needsMarket: false },
  'overseas-units': { nature: 'flow', unit: 'units', needsMarket: false },
  'total-units': { nature: 'flow', unit: 'units', needsMarket: false },
  'market-units': { nature: 'flow', unit: 'units', needsMarket: true },
  'local-production-units': { nature: 'flow', unit: 'units', needsMarket: false },
  'overseas-markets': { nature: 'level', unit: 'markets', needsMarket: false },
  'market-presence': { nature: 'level', unit: 'markets', needsMarket: true },
  'overseas-service-centers': { nature: 'level', unit: 'service-centers', needsMarket: false },
  'overseas-stores': { nature: 'level', unit: 'stores', needsMarket: false },
  'overseas-sales-and-service-points': { nature: 'level', unit: 'points', needsMarket: false },
  'production-sites': { nature: 'level', unit: 'sites', needsMarket: false },
  'production-capacity': { nature: 'level', unit: 'units-a-year', needsMarket: false },
} as const satisfies Record<
  string,
  { nature: 'flow' | 'level' | 'share'; unit: string; needsMarket: boolean }
>;

export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly Measure[];
export const isMeasure = (text: string): text is Measure => Object.hasOwn(MEASURES, text);
export const UNITS = [
  'percent',
  'units',
  'markets',
  'service-centers',
  'stores',
  'points',
  'sites',
  'units-a-year',
] as const;
export type Unit = (typeof UNITS)[number];

/** How units or money are counted. Figures of different bases are never divided by each other. */
export const BASES = [
  'deliveries',
  'wholesale',
  'exports',
  'registrations',
  'production',
  'revenue',
  'sales',
  'sales-and-cooperation',
] as const;
export type Basis = (typeof BASES)[number];

/** Which vehicles a figure or a goal counts. */
export const VEHICLES = [
  'all',
  'passenger',
  'commercial',
  'new-energy',
  'battery-electric',
  'plug-in-hybrid',
] as const;
export type Vehicles = (typeof VEHICLES)[number];

/**
 * What a figure includes: the whole automaker or one entity, one market, one region or all, which vehicles,
 * on which basis, and who counted. Figures of different perimeters are never added up or compared.
 */
export interface Perimeter {
  readonly entity?: string;
  readonly market?: string;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  /** Who counted, if neither the automaker nor the source did: a registry or a trade body. */
  readonly countedBy?: string;
}

/** Whether something is counted over a period. */
export const isFlow = ({ measure }: { readonly measure: Measure }): boolean =>
  MEASURES[measure].nature === 'flow';

/** The parts of a perimeter, of which some may be absent. */
export type PartsOfPerimeter = { readonly [Part in keyof Perimeter]: Perimeter[Part] | undefined };

/** A key that is equal for equal perimeters. */
export function perimeterKey(perimeter: PartsOfPerimeter): string {
  const { entity, market, basis, countedBy } = perimeter;
  const vehicles = vehiclesOf(perimeter);
  const more = vehicles !== '' || countedBy !== undefined ? `|${vehicles}|${countedBy ?? ''}` : '';
  return `${entity ?? ''}|${market ?? ''}|${basis ?? ''}${more}`;
}

/** A key that is equal for perimeters that differ only in the basis or in who counted. */
export function scopeKey(perimeter: Perimeter): string {
  return `${perimeter.entity ?? ''}|${perimeter.market ?? ''}|${vehiclesOf(perimeter)}`;
}

/** No stated vehicles means all vehicles. */
const vehiclesOf = ({ vehicles }: PartsOfPerimeter): string =>
  vehicles === undefined || vehicles === 'all' ? '' : vehicles;

/** Extracts the perimeter from an object that has one. */
export function perimeterOf({ entity, market, basis, vehicles, countedBy }: Perimeter): Perimeter {
  return {
    ...(entity !== undefined && { entity }),
    ...(market !== undefined && { market }),
    ...(basis !== undefined && { basis }),
    ...(vehicles !== undefined && vehicles !== 'all' && { vehicles }),
    ...(countedBy !== undefined && { countedBy }),
  };
}

/** The perimeter in words, such as "deliveries of brand-mg in DE". */
export function perimeterInWords({ entity, market, basis, vehicles, countedBy }: Perimeter): string {
  const what = vehicles === undefined || vehicles === 'all' ? '' : ` of ${vehicles} vehicles`;
  const of = entity ? ` of ${brandsIn(entity).join(' and ')}${isTogether(entity) ? ' together' : ''}` : '';
  const where = market ? ` in ${market}` : '';
  const by = countedBy ? `, counted by ${countedBy}` : '';
  return `${basis ?? 'basis not stated'}${what}${of}${where}${by}`;
}

/** The days that a figure covers: its period, or the single day of its level. */
export function figureDays(figure: { readonly period?: string; readonly asOf?: string }): {
  first: Day;
  last: Day;
} {
  const { first, last } = daysOf(figure.period ?? figure.asOf ?? '');
  return figure.period === undefined ? { first: last, last } : { first, last };
}
