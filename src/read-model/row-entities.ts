// The entities stand apart from the tables, so that a thread of a build makes rows without loading TypeORM.
import { EntitySchema } from 'typeorm';
import { RECORDS, TIMELINE, CHECKPOINT, PARKED_STREAMS, OUTLINES, PASTS, OUTLINES_REACHED } from './rows.js';
import type * as rows from './rows.js';
import type { AnyTable, Table } from './table.js';

export type SubjectRow = rows.SubjectRow;
export const SubjectRow = entityOf(RECORDS);
export type TimelineRow = rows.TimelineRow;
export const TimelineRow = entityOf(TIMELINE);
export type CheckpointRow = rows.CheckpointRow;
export const CheckpointRow = entityOf(CHECKPOINT);
export type ParkedStreamRow = rows.ParkedStreamRow;
export const ParkedStreamRow = entityOf(PARKED_STREAMS);
export type OutlineRow = rows.OutlineRow;
export const OutlineRow = entityOf(OUTLINES);
export type PastRow = rows.PastRow;
export const PastRow = entityOf(PASTS);
export type OutlinesReachedRow = rows.OutlinesReachedRow;
export const OutlinesReachedRow = entityOf(OUTLINES_REACHED);

export const ROWS = [
  SubjectRow,
  TimelineRow,
  CheckpointRow,
  ParkedStreamRow,
  OutlineRow,
  PastRow,
  OutlinesReachedRow,
];

/** The TypeORM entity of the table. Positions are integers to it: drivers return numbers. */
function entityOf<Row extends object>(table: Table<Row>): EntitySchema<Row> {
  const { name, columns, key }: AnyTable = table;
  return new EntitySchema<Row>({
    name,
    columns: Object.fromEntries(
      Object.entries(columns).map(([column, { type, isNullable = false }]) => [
        column,
        { type: type === 'text' ? 'text' : 'integer', nullable: isNullable, primary: key.includes(column) },
      ]),
    ) as never,
  });
}
