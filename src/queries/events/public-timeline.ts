import type { SelectQueryBuilder } from 'typeorm';
import type { Day } from '../../domain/ledger/edtf.js';
import { TimelineRow } from '../../read-model/row-entities.js';

/** Whether some evidence of a row was published by a day. Ignores the event that it is about. */
export function isPublicRow({ published }: Pick<TimelineRow, 'published'>, publicOn: Day): boolean {
  return published !== null && published <= publicOn;
}

/** The rows of a stream that had been published, and were about published events. */
export function onlyPublic(rows: readonly TimelineRow[], publicOn: Day): TimelineRow[] {
  const taken = new Set(rows.filter((row) => isPublicRow(row, publicOn)).map(({ id }) => id));
  return rows.filter(({ id, about }) => taken.has(id) && (about === null || taken.has(about)));
}

/** The same as a condition on stored rows. */
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
