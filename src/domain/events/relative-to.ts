import { DateOrInterval, PositiveAmount } from './fields.js';

/** A threshold as a multiple of the ledger's figure for a period. */
export class RelativeTo {
  @PositiveAmount('How many times as much: "double" is 2')
  factor!: number;

  @DateOrInterval('The period that it is compared with')
  period!: string;
}
