import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { isRegistration } from '../../domain/ledger/publication.js';
import { identityOf } from '../../domain/ledger/text.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { Timeline, type TimelineEntry } from '../events/timeline.js';
import { isVoid } from '../events/event-status.js';
import type { TimelineFilter } from '../events/timeline-filter.js';
import { InvalidRequest } from '../../problems/request-problems.js';

/** Events with a single publisher. */
export interface SingleSourceAnswer {
  readonly asOf: AsOf;
  readonly events: readonly TimelineEntry[];
  /** How many events were examined to find them. */
  readonly looked: number;
  /** The cursor of the next part; absent on the last one. */
  readonly next?: string;
}

/** Lists the events that no second publisher states, the most recently recorded first. */
export class ListSingleSource extends Query<SingleSourceAnswer> {
  constructor(
    readonly filter: Pick<TimelineFilter, 'automaker' | 'author'>,
    readonly limit: number,
    readonly clocks: Clocks,
    readonly cursor?: string,
  ) {
    super();
  }
}

const AT_ONCE = 200;
/** Upper bound on the events examined per question. The next one continues from there. */
const MOST_LOOKED_AT = 5000;

@QueryHandler(ListSingleSource)
export class ListSingleSourceHandler implements IQueryHandler<ListSingleSource> {
  constructor(
    private readonly timeline: Timeline,
    private readonly states: AutomakerReader,
  ) {}

  async execute({ filter, limit, clocks, cursor }: ListSingleSource): Promise<SingleSourceAnswer> {
    const asOf = await this.states.asOf(clocks);
    const order = { by: 'position', newestFirst: true } as const;
    const events: TimelineEntry[] = [];
    let place = placeFrom(cursor);
    for (let looked = 0; ;) {
      const part = await this.timeline.page(filter, order, place, AT_ONCE, clocks);
      for (const entry of part) {
        looked += 1;
        place = { day: entry.day, position: entry.position };
        if (!standsOnOne(entry)) continue;
        events.push(entry);
        if (events.length === limit) return { asOf, events, looked, next: String(entry.position) };
      }
      if (part.length < AT_ONCE) return { asOf, events, looked };
      if (looked >= MOST_LOOKED_AT) return { asOf, events, looked, next: String(place?.position ?? 0) };
    }
  }
}

/** Whether an event in force is stated by exactly one publisher. Registrations and amendments need none. */
function standsOnOne({ type, about, standing, evidence }: TimelineEntry): boolean {
  if (about !== undefined || isVoid(standing) || isRegistration(type)) return false;
  const publishers = evidence.flatMap(({ stance, publisher }) =>
    stance === 'denies' ? [] : [identityOf(publisher)],
  );
  return new Set(publishers).size === 1;
}

function placeFrom(
  cursor: string | undefined,
): { readonly day: string; readonly position: number } | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cursor))
    throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier part' }]);
  // In the order of recording, the position alone determines the place.
  return { day: '', position: Number(cursor) };
}
