import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { automakerOf } from '../../domain/state/automaker.js';
import { decideNextInSteps } from '../../domain/ledger/decide.js';
import type { NewEvent, StreamEvent } from '../../domain/ledger/event.js';
import type { Warning } from '../../domain/ledger/warning.js';
import { changedNumbers, shownNumbers, type ChangedNumber } from '../../domain/audit/shown-numbers.js';
import type { Instant } from '../../domain/ledger/instant.js';
import { dayOf } from '../../domain/ledger/edtf.js';
import type { IdentifiedProposal } from '../../domain/ledger/moves.js';
import type { Proposal } from '../../domain/ledger/proposal.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import { inSlices } from '../../event-store/in-slices.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import type { ClaimedNames } from '../../domain/state/claimed-names.js';
import { CompanyNames } from './company-names.js';
import { Clock } from '../../clock/clock.js';
import { RecordingClock } from '../../clock/recording-clock.js';
import { rejectionProblem } from './rejections.js';
import { idsAsked, type RequestConditions } from './request-conditions.js';

/** What recording some events would do. Nothing is recorded. */
export interface Preview {
  readonly dryRun: true;
  readonly stream: string;
  /** The stream's revision on which the preview is based; -1 if the stream does not exist. */
  readonly revision: number;
  readonly accepted: boolean;
  /** The same request was recorded before: sent again, it records nothing. */
  readonly alreadyRecorded?: true;
  /** The outcome of each proposal, on top of the earlier accepted ones. */
  readonly outcomes: readonly PreviewOutcome[];
  /** Every number that would change, before and after. */
  readonly numbers: readonly ChangedNumber[];
}

export type PreviewOutcome =
  | {
      readonly index: number;
      readonly accepted: true;
      /** The version of the event's type under which it was read. */
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

/**
 * Ask what recording some events would do. What is wrong with the request as a whole is thrown, as by
 * RecordEvents.
 */
export class PreviewEvents extends Query<Preview> {
  constructor(
    readonly stream: string,
    readonly proposals: readonly Proposal[],
    readonly author: string,
    readonly many: boolean,
    readonly conditions: Pick<RequestConditions, 'idempotencyKey' | 'ifRevision'> = {},
  ) {
    super();
  }
}

@QueryHandler(PreviewEvents)
export class PreviewEventsHandler implements IQueryHandler<PreviewEvents> {
  constructor(
    private readonly states: StreamStateCache,
    @Inject(RecordingClock) private readonly clock: Clock,
    private readonly names: CompanyNames,
  ) {}

  async execute({ stream, proposals, author, many, conditions }: PreviewEvents): Promise<Preview> {
    const before = await this.states.current(stream);
    const ids = idsAsked(before, proposals, { ...conditions, author });
    if ('earlier' in ids) return repeated(before, ids.earlier);
    const asked = proposals.map((proposal, index) => ({ id: ids.idOf(index), proposal }));
    const companyNames = await this.names.claimed([stream]);
    const terms = { now: this.clock.now(), author, many };
    return previewOf(before, asked, { ...terms, ...(companyNames && { companyNames }) });
  }
}

/** The preview of a request that was recorded before. */
export function repeated({ stream, revision }: StreamState, events: readonly StreamEvent[]): Preview {
  return {
    dryRun: true,
    stream,
    revision,
    accepted: true,
    alreadyRecorded: true,
    outcomes: events.map((event, index) => acceptedAs(event, index)),
    numbers: [],
  };
}

function acceptedAs(event: NewEvent | StreamEvent, index: number): PreviewOutcome {
  const { version = 1 } = event.written ?? event;
  return { index, accepted: true, version, warnings: event.warnings ?? [] };
}

/** What recording some events in a stream would do. */
export async function previewOf(
  before: StreamState,
  asked: readonly IdentifiedProposal[],
  { now, author, many, companyNames, isOneOfSeveral = false }: PreviewTerms,
): Promise<Preview> {
  const context = { now, author, ...(companyNames && { companyNames }) };
  let after = before;
  const outcomes: PreviewOutcome[] = [];
  for (const [index, { id, proposal }] of asked.entries()) {
    const decision = await inSlices(decideNextInSteps(after, proposal, { ...context, id }));
    if (decision.kind === 'accepted') {
      after = decision.state;
      outcomes.push(acceptedAs(decision.event, index));
      continue;
    }
    const stream = isOneOfSeveral ? before.stream : undefined;
    const { slug, details } = rejectionProblem({ ...decision, index }, many, stream);
    outcomes.push({ ...details, index, accepted: false, problem: slug });
  }
  return {
    dryRun: true,
    stream: before.stream,
    revision: before.revision,
    accepted: outcomes.every(({ accepted }) => accepted),
    outcomes,
    numbers: numbersChanged(before, after, now),
  };
}

interface PreviewTerms {
  readonly now: Instant;
  readonly author: string;
  readonly many: boolean;
  readonly companyNames?: ClaimedNames;
  /** The request concerns several streams, so refusals name this one. */
  readonly isOneOfSeveral?: boolean;
}

/** The numbers of an automaker that differ between two states of its stream. */
function numbersChanged(before: StreamState, after: StreamState, now: Instant): readonly ChangedNumber[] {
  const owner = ownerOf(before.stream);
  const numbersOf = (state: StreamState): ReturnType<typeof shownNumbers> =>
    shownNumbers(owner?.owner === 'automaker' ? automakerOf(owner.automaker, state) : undefined, dayOf(now));
  return changedNumbers(numbersOf(before), numbersOf(after));
}
