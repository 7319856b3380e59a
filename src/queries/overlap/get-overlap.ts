import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { overlapOf, type Overlap } from '../../domain/footprint/overlap.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface OverlapOfPair extends Overlap {
  /** The ids of `a` and `b`. */
  readonly automakers: { readonly a: string; readonly b: string };
}

export interface OverlapAnswer {
  readonly asOf: AsOf;
  readonly automakers: readonly { readonly id: string; readonly name: string }[];
  /** Each pair once. */
  readonly pairs: readonly OverlapOfPair[];
}

/** The markets in which each pair of some automakers both sell, and who came first. */
export class GetOverlap extends Query<OverlapAnswer> {
  constructor(
    readonly ids: readonly string[],
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetOverlap)
export class GetOverlapHandler implements IQueryHandler<GetOverlap> {
  constructor(private readonly states: AutomakerReader) {}

  /** Throws NotFound for an automaker that is not registered. */
  async execute({ ids, clocks }: GetOverlap): Promise<OverlapAnswer> {
    const asOf = await this.states.asOf(clocks);
    const automakers: Automaker[] = [];
    for (const id of ids) automakers.push((await this.states.automaker(id, clocks)).automaker);
    return {
      asOf,
      automakers: automakers.map(({ id, profile }) => ({ id, name: profile.name })),
      pairs: automakers.flatMap((a, index) =>
        automakers.slice(index + 1).map((b) => ({ automakers: { a: a.id, b: b.id }, ...overlapOf(a, b) })),
      ),
    };
  }
}
