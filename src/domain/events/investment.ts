import type { SiteCapital } from '../state/records.js';
import { Currency, PositiveAmount } from './fields.js';

/** A sum of money as the source states it. Sums in different currencies are never added. */
export class Investment {
  @PositiveAmount('In whole units of the currency')
  amount!: number;

  @Currency('ISO 4217')
  currency!: string;
}

/** What one event tells of both: money and the yearly units that it is for. */
export const capitalIn = ({
  investment,
  annualCapacity,
}: {
  readonly investment?: Investment;
  readonly annualCapacity?: number;
}): { readonly capital?: SiteCapital } =>
  investment && annualCapacity !== undefined ? { capital: { investment, annualCapacity } } : {};
