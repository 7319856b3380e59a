import type { SelectQueryBuilder } from 'typeorm';
import type { Day } from '../../domain/ledger/edtf.js';
import { TimelineRow } from '../../read-model/rows.js';

/** Whether some evidence of a row of the timeline had been published by a day. What it is about is another row. */
export function isPublicRow({ published }: Pick<TimelineRow, 'published'>, publicOn: Day): boolean {
  return published !== null && published <= publicOn;
}

/** Of the rows of a stream those that had been published, and what was recorded about them. */
export function onlyPublic(rows: readonly TimelineRow[], publicOn: Day): TimelineRow[] {
  const taken = new Set(rows.filter((row) => isPublicRow(row, publicOn)).map(({ id }) => id));
  return rows.filter(({ id, about }) => taken.has(id) && (about === null || taken.has(about)));
}

/** The same for stored rows: lets only those through. */
export function publicRows(query: SelectQueryBuilder<TimelineRow>, publicOn: Day): void {
  const about = query
    .subQuery()
    .select('1')
    .from(TimelineRow, 'a')
    .where('a.id = t.about AND a.published <= :publicOn');
  query.andWhere(`t.published <= :publicOn AND (t.about IS NULL OR EXISTS ${about.getQuery()})`, {
    publicOn,
  });
}
