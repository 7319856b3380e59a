import { DateOrInterval, Optional, Percent, Rate } from './fields.js';

/** A growth rate as a source printed it. */
export class Growth {
  @Rate('Percent: 96 for "up 96 %", below zero where it fell')
  percent!: number;

  @DateOrInterval('The period that it grew from')
  on!: string;

  @Optional()
  @Percent('Half-width of its rounding, where known')
  plusMinus?: number;
}
