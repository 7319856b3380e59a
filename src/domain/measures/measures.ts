import { daysOf, type Day } from '../occurred-on.js';

/** What a figure or a target counts, and how: over a period (flow), at a date (level), or as a share of two flows. */
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
} as const satisfies Record<
  string,
  { nature: 'flow' | 'level' | 'share'; unit: string; needsMarket: boolean }
>;

export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly Measure[];
export const UNITS = ['percent', 'units', 'markets', 'service-centers', 'stores', 'points', 'sites'] as const;
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

/** What a figure includes: the whole automaker or one entity of it, one market or all, counted on one basis. */
export interface Perimeter {
  readonly entity?: string;
  readonly market?: string;
  readonly basis?: Basis;
}

/** A text that is equal for equal perimeters. */
export function perimeterKey({ entity, market, basis }: Perimeter): string {
  return `${entity ?? ''}|${market ?? ''}|${basis ?? ''}`;
}

/** The perimeter in words, such as "deliveries of brand-mg in DE". */
export function perimeterInWords({ entity, market, basis }: Perimeter): string {
  const of = entity ? ` of ${entity}` : '';
  const where = market ? ` in ${market}` : '';
  return `${basis ?? 'basis not stated'}${of}${where}`;
}

/** The days that a figure covers: its period, or the one day of its level. */
export function figureDays(figure: { readonly period?: string; readonly asOf?: string }): {
  first: Day;
  last: Day;
} {
  const { first, last } = daysOf(figure.period ?? figure.asOf ?? '');
  return figure.period === undefined ? { first: last, last } : { first, last };
}
