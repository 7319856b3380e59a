import { Matches, MaxLength } from 'class-validator';
import { InvalidRequest } from '../problems/request-problems.js';
import { ClockParameters, Optional } from './clock-parameters.js';

/** The parameters of a paged list. */
export class PagedParameters extends ClockParameters {
  /** The page size. */
  @Optional()
  @Matches(/^\d{1,4}$/, { message: 'must be a whole number' })
  limit?: string;

  /** The `next` of an earlier page. */
  @Optional()
  @MaxLength(100)
  cursor?: string;
}

/** A page of a list: `limit` items after the one with the id `after`. */
export interface PageOf {
  readonly limit: number;
  readonly after?: string;
}

/** Throws InvalidRequest unless the limit is from 1 to `largest`. */
export function limitFrom(limit: string | undefined, usual: number, largest: number): number {
  const size = limit === undefined ? usual : Number(limit);
  if (size >= 1 && size <= largest) return size;
  throw new InvalidRequest([{ field: 'limit', message: `must be a number from 1 to ${largest}` }]);
}

export function pageFrom(
  { limit, cursor }: Pick<PagedParameters, 'limit' | 'cursor'>,
  usual: number,
  largest: number,
): PageOf {
  return { limit: limitFrom(limit, usual, largest), ...(cursor !== undefined && { after: cursor }) };
}

/** The items of a page, and where the next one starts. Throws InvalidRequest if `after` is unknown. */
export function pageOf<T>(
  all: readonly T[],
  { limit, after }: PageOf,
  idOf: (item: T) => string,
): { readonly items: readonly T[]; readonly next?: string } {
  const start = after === undefined ? 0 : all.findIndex((item) => idOf(item) === after) + 1;
  if (after !== undefined && start === 0)
    throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier page' }]);
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return { items, ...(last !== undefined && start + limit < all.length && { next: idOf(last) }) };
}
