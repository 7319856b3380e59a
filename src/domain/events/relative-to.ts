import { DateOrInterval, PositiveAmount } from './fields.js';

/** A threshold as a multiple of what was reached in a period of the ledger. */
export class RelativeTo {
  @PositiveAmount('How many times as much: "double" is 2')
  factor!: number;

  @DateOrInterval('The period that it is compared with')
  period!: string;
}
