import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InvalidRequest } from '../../problems/request-problems.js';
import {
  Timeline,
  type TimelineEntry,
  type TimelineFilter,
  type TimelineOrder,
  type TimelinePlace,
} from './timeline.js';

export interface TimelinePage {
  readonly events: readonly TimelineEntry[];
  /** Ask for the next page with this; absent on the last one. */
  readonly next?: string;
}

/** A page of the timeline. */
export class ListEvents extends Query<TimelinePage> {
  constructor(
    readonly filter: TimelineFilter,
    readonly order: TimelineOrder,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  constructor(private readonly timeline: Timeline) {}

  async execute({ filter, order, limit, cursor }: ListEvents): Promise<TimelinePage> {
    const found = await this.timeline.page(
      filter,
      order,
      cursor === undefined ? undefined : placeFrom(cursor),
      limit + 1,
    );
    const events = found.slice(0, limit);
    const last = events.at(-1);
    return { events, ...(found.length > limit && last && { next: cursorOf(last) }) };
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
