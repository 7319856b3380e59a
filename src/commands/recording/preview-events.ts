import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { automakerOf } from '../../domain/state/automaker.js';
import { decideNextInSteps } from '../../domain/ledger/decide.js';
import type { Warning } from '../../domain/ledger/warning.js';
import { changedNumbers, shownNumbers, type ChangedNumber } from '../../domain/audit/shown-numbers.js';
import { dayOf } from '../../domain/ledger/edtf.js';
import type { Proposal } from '../../domain/ledger/proposal.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import { inSlices } from '../../event-store/in-slices.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { Clock } from '../../clock/clock.js';
import { RecordingClock } from '../../clock/recording-clock.js';
import { newId } from './event-ids.js';
import { rejectionProblem } from './rejections.js';

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
    private readonly states: StreamStateCache,
    @Inject(RecordingClock) private readonly clock: Clock,
  ) {}

  async execute({ stream, proposals, author, many }: PreviewEvents): Promise<Preview> {
    const before = await this.states.current(stream);
    const now = this.clock.now();
    let after = before;
    const outcomes: PreviewOutcome[] = [];
    for (const [index, proposal] of proposals.entries()) {
      const decision = await inSlices(decideNextInSteps(after, proposal, { id: newId(), now, author }));
      if (decision.kind === 'accepted') {
        after = decision.state;
        const { version = 1 } = decision.event.written ?? decision.event;
        outcomes.push({ index, accepted: true, version, warnings: decision.event.warnings ?? [] });
        continue;
      }
      const { slug, details } = rejectionProblem({ ...decision, index }, many);
      outcomes.push({ ...details, index, accepted: false, problem: slug });
    }
    return {
      dryRun: true,
      stream,
      revision: before.revision,
      accepted: outcomes.every(({ accepted }) => accepted),
      outcomes,
      numbers: changedNumbers(this.numbersOf(before, now), this.numbersOf(after, now)),
    };
  }

  private numbersOf(state: StreamState, now: string): ReturnType<typeof shownNumbers> {
    const owner = ownerOf(state.stream);
    return shownNumbers(
      owner?.owner === 'automaker' ? automakerOf(owner.automaker, state) : undefined,
      dayOf(now),
    );
  }
}
