import type { SiteCapital } from '../state/records.js';
import { Currency, PositiveAmount } from './fields.js';

/** An amount of money as the source states it. Amounts in different currencies are never added. */
export class Investment {
  @PositiveAmount('In whole units of the currency')
  amount!: number;

  @Currency('ISO 4217')
  currency!: string;
}

/** Investment and yearly capacity, if the same event states both. */
export const capitalIn = ({
  investment,
  annualCapacity,
}: {
  readonly investment?: Investment;
  readonly annualCapacity?: number;
}): { readonly capital?: SiteCapital } =>
  investment && annualCapacity !== undefined ? { capital: { investment, annualCapacity } } : {};
