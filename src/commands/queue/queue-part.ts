import type { Repository, SelectQueryBuilder } from 'typeorm';
import { InvalidRequest } from '../../problems/request-problems.js';

/** The sort fields of a row: its timestamp and its id. */
interface Place<Row> {
  readonly moment: keyof Row & string;
  readonly id: keyof Row & string;
}

/**
 * A page of at most `limit` rows, ordered by timestamp and id, after the row with the id `after`. `next` is
 * the last id of the page, if more rows follow. Throws InvalidRequest when the row `after` does not exist.
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
