import type { EdtfDate } from '../ledger/edtf.js';
import { perimeterKey, type Basis, type Measure, type Vehicles } from '../measures/measures.js';
import type { Rest } from './label-meaning.js';

/** A cell's text and its place in the pasted table, counted from 1. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** A figure of a release, with its full perimeter. */
export interface ReleaseFigure {
  readonly cell: Cell;
  readonly measure: Measure;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  readonly entity?: string;
  readonly market?: string;
  readonly period: EdtfDate;
  readonly value: number;
  /** Half a unit of the last digit, if the figure is printed in thousands or ten thousands. */
  readonly plusMinus?: number;
  /** The figure counts towards totals but is not recorded separately, such as "others". */
  readonly rest?: { readonly of: Rest; readonly label: string };
  readonly growth?: {
    readonly percent: number;
    readonly on: EdtfDate;
    readonly plusMinus: number;
    readonly cell: Cell;
  };
}

/** A key that is equal for figures that count the same thing. */
export const perimeterOfFigure = ({
  measure,
  rest,
  ...figure
}: Omit<ReleaseFigure, 'cell' | 'value' | 'period'>): string =>
  `${measure} ${perimeterKey(figure)} ${rest ? `${rest.of} ${rest.label}` : ''}`;
