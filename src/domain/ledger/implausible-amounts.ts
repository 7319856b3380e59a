import { daysOf } from './edtf.js';
import type { Doubt } from './doubts.js';
import { isPlainObject } from '../events/fields.js';
import type { StreamState } from '../state/stream-state.js';

/** A figure this many times larger or smaller than its neighbours needs confirmation. */
const FAR = 10;
/** No plant costs more in these currencies. */
const LARGEST_INVESTMENT = 20_000_000_000;
/** The same in yuan and yen. Other currencies have other magnitudes. */
const LARGEST_IN: Readonly<Record<string, number>> = { CNY: 150_000_000_000, JPY: 3_000_000_000_000 };
/** No reported investment is smaller. */
const SMALLEST_INVESTMENT = 10_000;
const LARGE_MONEY: ReadonlySet<string> = new Set(['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD']);

/** Doubts a goal that was announced after its deadline. */
export function doubtsOfDeadline(
  { deadline, period }: Readonly<Record<string, unknown>>,
  on: string,
): Doubt[] {
  const [field, text] = typeof deadline === 'string' ? ['deadline', deadline] : ['period', period];
  if (typeof text !== 'string') return [];
  const { last } = daysOf(text);
  const message = `ends on ${last}, before the goal was announced (${on}; ${text} counts as its last day)`;
  return last < daysOf(on).first ? [{ code: 'deadline-passed', field: `data.${field}`, message }] : [];
}

/** Percentage fields, into which fractions of one are entered by mistake. */
const PERCENTAGES = ['equityShare', 'share', 'rate'];

export function doubtsOfPercentages(data: Readonly<Record<string, unknown>>): Doubt[] {
  return PERCENTAGES.flatMap((name) => {
    const value = data[name];
    return typeof value === 'number' ? doubtsOfPart(`data.${name}`, value) : [];
  });
}

export const doubtsOfPart = (field: string, value: number): Doubt[] =>
  value > 0 && value < 1
    ? [{ code: 'share-below-one', field, message: `is ${value}: a share is in percent, so half is 50` }]
    : [];

const OUTLETS = /^overseas-(?:stores|service-centers|sales-and-service-points)$/;

/** Vehicles per year. */
const SMALLEST_CAPACITY = 1000;
/**
 * Upper bounds that no automaker exceeds: outlets opened at once, yearly capacity of a plant, number of
 * markets, outlets and plants, yearly sales, rate of a duty in percent, and promised multiple.
 */
const MOST = {
  count: 100,
  annualCapacity: 3_000_000,
  markets: 250,
  outlets: 10_000,
  sites: 100,
  units: 15_000_000,
  rate: 200,
  factor: 20,
};

export function doubtsOfCounts(state: StreamState, data: Readonly<Record<string, unknown>>): Doubt[] {
  const { count, annualCapacity, site, measure, unit, threshold, value, rate, relativeTo } = data;
  const doubts: Doubt[] = [];
  const doubt = (field: string, told: unknown, most: number, than: string): void => {
    if (typeof told === 'number' && told > most)
      doubts.push({
        code: 'unlikely-amount',
        field: `data.${field}`,
        message: `is ${told.toLocaleString('en-GB')}, more than ${than}`,
      });
  };
  doubt(
    'count',
    count,
    MOST.count,
    'any automaker opens or closes at once: is it the number of all of them?',
  );
  doubt('rate', rate, MOST.rate, 'any duty is, in percent');
  if (isPlainObject(relativeTo))
    doubt('relativeTo.factor', relativeTo['factor'], MOST.factor, 'any goal is of what was: double is 2');
  doubt('annualCapacity', annualCapacity, MOST.annualCapacity, 'any plant builds in a year');
  if (measure === 'production-capacity')
    for (const [field, told] of Object.entries({ value, threshold }))
      if (typeof told === 'number' && told < SMALLEST_CAPACITY)
        doubts.push({
          code: 'unlikely-amount',
          field: `data.${field}`,
          message: `is ${told} vehicles a year, fewer than any plant builds: write thousands out`,
        });
  if (measure === 'overseas-markets') {
    doubt('value', value, MOST.markets, 'there are markets');
    doubt('threshold', threshold, MOST.markets, 'there are markets');
  } else if (typeof measure === 'string' && OUTLETS.test(measure)) {
    doubt('value', value, MOST.outlets, 'any automaker has');
    doubt('threshold', threshold, MOST.outlets, 'any automaker has');
  } else if (measure === 'production-sites') {
    doubt('value', value, MOST.sites, 'any automaker has');
    doubt('threshold', threshold, MOST.sites, 'any automaker has');
  } else if (unit === 'units') doubt('threshold', threshold, MOST.units, 'any automaker sells in a year');
  const known = typeof site === 'string' ? state.record('site', site)?.annualCapacity : undefined;
  const isToldFar = typeof annualCapacity === 'number' && annualCapacity > MOST.annualCapacity;
  if (
    typeof annualCapacity === 'number' &&
    known !== undefined &&
    !isToldFar &&
    isFarFrom(annualCapacity, known)
  )
    doubts.push({
      code: 'far-off',
      field: 'data.annualCapacity',
      message: `is ${annualCapacity}, more than ten times off the ${known} that are known of this plant`,
    });
  return doubts;
}

export const isFarFrom = (value: number, other: number): boolean =>
  value >= FAR * other || value * FAR <= other;

export function doubtsOfMoney({ investment }: Readonly<Record<string, unknown>>): Doubt[] {
  if (!isPlainObject(investment)) return [];
  const { amount, currency } = investment;
  if (typeof amount !== 'number' || typeof currency !== 'string') return [];
  if (amount < SMALLEST_INVESTMENT)
    return [
      {
        code: 'unlikely-amount',
        field: 'data.investment',
        message: `is ${amount} ${currency}, less than anything costs: write millions and billions out`,
      },
    ];
  const largest = LARGE_MONEY.has(currency) ? LARGEST_INVESTMENT : LARGEST_IN[currency];
  return largest !== undefined && amount > largest
    ? [
        {
          code: 'unlikely-amount',
          field: 'data.investment',
          message: `is ${amount.toLocaleString('en-GB')} ${currency}, more than any plant cost: is it another currency?`,
        },
      ]
    : [];
}
