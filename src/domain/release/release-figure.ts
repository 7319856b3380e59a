import type { EdtfDate } from '../ledger/edtf.js';
import { perimeterKey, type Basis, type Measure, type Vehicles } from '../measures/measures.js';
import type { Rest } from './label-meaning.js';

/** Where something stands in the pasted table, counted from 1, and as it stood. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** A figure of a release, with all that it counts. */
export interface ReleaseFigure {
  readonly cell: Cell;
  readonly measure: Measure;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  readonly entity?: string;
  readonly market?: string;
  readonly period: EdtfDate;
  readonly value: number;
  /** Half a unit of its last digit, where it is printed in thousands or ten thousands. */
  readonly plusMinus?: number;
  /** Counted in totals, and not recorded by itself: "others". */
  readonly rest?: { readonly of: Rest; readonly label: string };
  readonly growth?: {
    readonly percent: number;
    readonly on: EdtfDate;
    readonly plusMinus: number;
    readonly cell: Cell;
  };
}

/** A text that is equal for figures that count the same. */
export const perimeterOfFigure = ({
  measure,
  rest,
  ...figure
}: Omit<ReleaseFigure, 'cell' | 'value' | 'period'>): string =>
  `${measure} ${perimeterKey(figure)} ${rest ? `${rest.of} ${rest.label}` : ''}`;
