import { Currency, PositiveAmount } from './fields.js';

/** A sum of money as the source states it. Sums in different currencies are never added. */
export class Investment {
  @PositiveAmount('In whole units of the currency')
  amount!: number;

  @Currency('ISO 4217')
  currency!: string;
}
