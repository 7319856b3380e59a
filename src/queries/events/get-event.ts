import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RecordedEvent } from '../../domain/event.js';
import { NotFound } from '../../problems/not-found.js';
import { Timeline, type TimelineEntry } from './timeline.js';

/** One event: what it says now, as it was recorded, and what was recorded about it since. */
export interface EventLife extends TimelineEntry {
  readonly recorded: RecordedEvent;
  readonly acts: readonly TimelineEntry[];
}

export class GetEvent extends Query<EventLife> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(GetEvent)
export class GetEventHandler implements IQueryHandler<GetEvent> {
  constructor(private readonly timeline: Timeline) {}

  async execute({ id }: GetEvent): Promise<EventLife> {
    const found = await this.timeline.one(id);
    if (!found) throw new NotFound({ detail: `There is no event ${id} in the ledger.` });
    return { ...found.entry, recorded: found.recorded, acts: found.acts };
  }
}
