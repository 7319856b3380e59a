import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { automakerOf } from '../domain/automaker.js';
import { decideNext } from '../domain/decide.js';
import type { Warning } from '../domain/event.js';
import type { Fold } from '../domain/fold.js';
import { changedNumbers, shownNumbers, type ChangedNumber } from '../domain/numbers.js';
import { dayOf } from '../domain/occurred-on.js';
import type { Proposal } from '../domain/proposal.js';
import { ownerOf } from '../domain/streams.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { StreamFolds } from '../event-store/stream-folds.js';
import { Clock } from '../operations/clock.js';
import { RecordingClock } from '../operations/recording-clock.js';
import { newId } from './event-ids.js';
import { refusal } from './refusals.js';

/** What recording some events would do; nothing is recorded. */
export interface Preview {
  readonly dryRun: true;
  readonly stream: string;
  /** Revision of the stream that the preview stands on, -1 where it does not exist. */
  readonly revision: number;
  readonly accepted: boolean;
  /** What each proposal meets, on top of the accepted ones before it. */
  readonly outcomes: readonly PreviewOutcome[];
  /** Every number that would change, before and after. */
  readonly numbers: readonly ChangedNumber[];
}

export type PreviewOutcome =
  | {
      readonly index: number;
      readonly accepted: true;
      /** The version of its type that it was read in. */
      readonly version: number;
      readonly warnings: readonly Warning[];
    }
  | {
      readonly index: number;
      readonly accepted: false;
      readonly problem: string;
      readonly detail: string;
      readonly [extension: string]: unknown;
    };

/** Ask what recording some events would do. */
export class PreviewEvents extends Query<Preview> {
  constructor(
    readonly stream: string,
    readonly proposals: readonly Proposal[],
    readonly author: string,
    readonly many: boolean,
  ) {
    super();
  }
}

@QueryHandler(PreviewEvents)
export class PreviewEventsHandler implements IQueryHandler<PreviewEvents> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(RecordingClock) private readonly clock: Clock,
  ) {}

  async execute({ stream, proposals, author, many }: PreviewEvents): Promise<Preview> {
    const fold = await new StreamFolds(this.store).at(stream);
    const now = this.clock.now();
    const draft = fold.draft();
    const outcomes = proposals.map((proposal, index): PreviewOutcome => {
      const decision = decideNext(draft, proposal, { id: newId(), now, author });
      if (decision.kind === 'accepted') {
        const { version = 1 } = decision.event.written ?? decision.event;
        return { index, accepted: true, version, warnings: decision.event.warnings ?? [] };
      }
      const { slug, details } = refusal({ ...decision, index }, many);
      return { ...details, index, accepted: false, problem: slug };
    });
    return {
      dryRun: true,
      stream,
      revision: fold.revision,
      accepted: outcomes.every(({ accepted }) => accepted),
      outcomes,
      numbers: changedNumbers(this.numbersOf(fold, now), this.numbersOf(draft, now)),
    };
  }

  private numbersOf(fold: Fold, now: string): ReturnType<typeof shownNumbers> {
    const owner = ownerOf(fold.stream);
    return shownNumbers(
      owner?.owner === 'automaker' ? automakerOf(owner.automaker, fold) : undefined,
      dayOf(now),
    );
  }
}
