import type { FigureRecord } from './records.js';
export interface PeriodBounds {
  lo?: number;
  hi?: number;
}
export function periodBounds(
  _f: readonly FigureRecord[],
  _m: string,
  _p: object,
  _a: string,
  _b: string,
): PeriodBounds[] {
  return [];
}
