import type { Day } from './edtf.js';
import type { FigureReport } from '../state/records.js';
import type { StreamState } from '../state/stream-state.js';

/** The newest report of a figure with a key; undefined if there is none. */
export const latestReport = (state: StreamState, key: string): FigureReport | undefined =>
  state.record('figure', key)?.reports.last;

/** A reported number, with the days that it is of. */
export interface Told {
  readonly first: Day;
  readonly last: Day;
  readonly value: number;
}

/** What the newest report of a figure says; undefined if there is none. */
export function toldBy(state: StreamState, key: string): Told | undefined {
  const record = state.record('figure', key);
  const report = record?.reports.last;
  return record && report && { first: record.first, last: record.last, value: report.value };
}
