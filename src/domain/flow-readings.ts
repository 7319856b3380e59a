import type { Bounds } from './bounds.js';
import type { Measure, Perimeter } from './measures.js';
import type { Day } from './occurred-on.js';
import type { FigureRecord } from './records.js';
export interface FlowModel {
  x: number;
}
export interface FlowReading {
  bounds: Bounds;
  first: Day;
  last: Day;
  events: readonly string[];
  conflicts: readonly string[];
}
export function flowModelOf(_f: readonly FigureRecord[], _m: Measure, _p: Perimeter): FlowModel {
  return { x: 1 };
}
export function trailingYear(_m: FlowModel, _u: Day): FlowReading | undefined {
  return undefined;
}
