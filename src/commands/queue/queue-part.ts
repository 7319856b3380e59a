import type { Repository, SelectQueryBuilder } from 'typeorm';
import { InvalidRequest } from '../../problems/request-problems.js';

/** Where a row has its place: the fields of its moment and its id. */
interface Place<Row> {
  readonly moment: keyof Row & string;
  readonly id: keyof Row & string;
}

/**
 * So many rows in the order of a moment and an id, after the one that an id names, and the id that the next part comes
 * after. Throws InvalidRequest where that one is not there.
 */
export async function queuePart<Row extends object>(
  rows: Repository<Row>,
  { moment, id }: Place<Row>,
  wanted: (query: SelectQueryBuilder<Row>) => SelectQueryBuilder<Row>,
  limit: number,
  after?: string,
): Promise<{ readonly found: readonly Row[]; readonly next?: string }> {
  const query = wanted(rows.createQueryBuilder('r'))
    .orderBy(`r.${moment}`, 'ASC')
    .addOrderBy(`r.${id}`, 'ASC')
    .take(limit + 1);
  if (after !== undefined) {
    const last = await rows.createQueryBuilder('r').where(`r.${id} = :after`, { after }).getOne();
    if (!last)
      throw new InvalidRequest([{ field: 'after', message: 'must be the "next" of an earlier part' }]);
    query.andWhere(`(r.${moment} > :moment OR (r.${moment} = :moment AND r.${id} > :after))`, {
      moment: last[moment],
      after,
    });
  }
  const all = await query.getMany();
  const found = all.slice(0, limit);
  const last = found.at(-1);
  return { found, ...(all.length > limit && last && { next: String(last[id]) }) };
}
