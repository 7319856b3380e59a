import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../clock/clock.js';
import { RecordingClock } from '../../clock/recording-clock.js';
import { movedBefore } from '../../domain/ledger/moves.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { planned, type MoveEvents } from './move-events.js';
import { previewOf, repeated, type Preview } from './preview-events.js';
import { refuseChanged } from './request-conditions.js';

/** What a move would do in both streams. Nothing is recorded. */
export interface MovePreview {
  readonly dryRun: true;
  readonly accepted: boolean;
  /** First the target stream, then the stream that the events leave. */
  readonly streams: readonly [there: Preview, here: Preview];
}

/** Ask what a move would do. */
export class PreviewMove extends Query<MovePreview> {
  constructor(readonly move: MoveEvents) {
    super();
  }
}

@QueryHandler(PreviewMove)
export class PreviewMoveHandler implements IQueryHandler<PreviewMove> {
  constructor(
    private readonly states: StreamStateCache,
    @Inject(RecordingClock) private readonly clock: Clock,
  ) {}

  async execute({ move }: PreviewMove): Promise<MovePreview> {
    const [from, to] = [await this.states.current(move.from), await this.states.current(move.to)];
    if (movedBefore(from, move.events, move.to)) {
      return { dryRun: true, accepted: true, streams: [repeated(to, []), repeated(from, [])] };
    }
    const { comes, goes } = planned(from, to, move);
    refuseChanged(from, move.ifRevision);
    const terms = { now: this.clock.now(), author: move.author, many: false, isOneOfSeveral: true };
    const there = await previewOf(to, comes, terms);
    const here = await previewOf(from, goes, terms);
    return { dryRun: true, accepted: there.accepted && here.accepted, streams: [there, here] };
  }
}
