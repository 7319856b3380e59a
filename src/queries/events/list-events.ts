import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InvalidRequest } from '../../problems/request-problems.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { Timeline, type TimelineEntry } from './timeline.js';
import type { TimelineFilter, TimelineOrder, TimelinePlace } from './timeline-filter.js';

export interface TimelinePage {
  readonly asOf: AsOf;
  readonly events: readonly TimelineEntry[];
  /** The cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/** A page of the timeline. */
export class ListEvents extends Query<TimelinePage> {
  constructor(
    readonly filter: TimelineFilter,
    readonly order: TimelineOrder,
    readonly limit: number,
    readonly clocks: Clocks,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  constructor(
    private readonly timeline: Timeline,
    private readonly states: AutomakerReader,
  ) {}

  async execute({ filter, order, limit, clocks, cursor }: ListEvents): Promise<TimelinePage> {
    const asOf = await this.states.asOf(clocks);
    const found = await this.timeline.page(
      filter,
      order,
      cursor === undefined ? undefined : placeFrom(cursor),
      limit + 1,
      clocks,
    );
    const events = found.slice(0, limit);
    const last = events.at(-1);
    return { asOf, events, ...(found.length > limit && last && { next: cursorOf(last) }) };
  }
}

function cursorOf({ day, position }: TimelinePlace): string {
  return Buffer.from(`${day}/${position}`).toString('base64url');
}

function placeFrom(cursor: string): TimelinePlace {
  const match = /^(\d{4}-\d\d-\d\d)\/(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match)
    throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier page' }]);
  const [, day = '', position = ''] = match;
  return { day, position: Number(position) };
}
