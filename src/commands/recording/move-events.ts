import { Inject } from '@nestjs/common';
import { Command, CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { decideInSteps, type Acceptance } from '../../domain/ledger/decide.js';
import type { Instant } from '../../domain/ledger/instant.js';
import {
  arrivedFrom,
  movedBefore,
  moveOf,
  type IdentifiedProposal,
  type Move,
  type MovedPair,
  type MoveTerms,
} from '../../domain/ledger/moves.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { Clock } from '../../clock/clock.js';
import { RecordingClock } from '../../clock/recording-clock.js';
import {
  EVENT_STORE,
  StoreUnreachable,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
} from '../../event-store/event-store.js';
import { inSlices } from '../../event-store/in-slices.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { appendAfter } from './append.js';
import { newId } from './event-ids.js';
import { InFlightAppends } from './in-flight-appends.js';
import { KeyedMutex } from './keyed-mutex.js';
import { EventsRecorded, ProposalRefused } from './outcomes.js';
import { Patience } from './patience.js';
import { outcomeUnknown, rejectionProblem, TooMuchContention } from './rejections.js';
import { refuseChanged } from './request-conditions.js';

/** The result of a move: the revision of each stream, and the event ids in both. */
export interface MoveReceipt {
  readonly from: MovedSide;
  readonly to: MovedSide;
  readonly events: readonly MovedPair[];
  /** Position of the last event recorded; a read with this `minPosition` sees it. */
  readonly position: number;
}

export interface MovedSide {
  readonly stream: string;
  readonly revision: number;
}

/** Move events of one stream to the one that they belong to: all, or none. */
export class MoveEvents extends Command<MoveReceipt> {
  constructor(
    readonly from: string,
    readonly events: readonly string[],
    readonly to: string,
    readonly terms: MoveTerms,
    readonly author: string,
    /** The revision of `from` that the caller has seen: at another one the move is refused with StreamHasChanged. */
    readonly ifRevision?: number,
  ) {
    super();
  }
}

/** How often a move is decided again because another process was faster. */
const ATTEMPTS = 10;

/** One decided side of a move. */
interface Side {
  readonly before: StreamState;
  readonly acceptance: Acceptance;
}

/**
 * A store appends to one stream at a time, so a move first records the events in the right stream and then
 * voids them in the wrong one. An interruption loses nothing: the same request continues where it stopped,
 * and `verify` reports a half-finished move.
 */
@CommandHandler(MoveEvents)
export class MoveEventsHandler implements ICommandHandler<MoveEvents> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly states: StreamStateCache,
    private readonly turns: KeyedMutex,
    private readonly inFlight: InFlightAppends,
    @Inject(RecordingClock) private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  async execute(command: MoveEvents): Promise<MoveReceipt> {
    const patience = new Patience();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const move = () => this.moved(command, attempt, patience);
      const receipt = await this.turns.runExclusive([command.from, command.to], move, patience);
      if (receipt) return receipt;
    }
    const detail = `Other writers to ${command.from} or ${command.to} were faster ${ATTEMPTS} times in a row. Send the move again: it goes on where it stopped.`;
    throw new TooMuchContention({ detail });
  }

  /**
   * Undefined when another process recorded something meanwhile, so that everything must be decided again.
   */
  private async moved(
    command: MoveEvents,
    attempt: number,
    patience: Patience,
  ): Promise<MoveReceipt | undefined> {
    const { author, events } = command;
    const from = await patience.for(`the events of ${command.from}`, this.latest(command.from));
    const to = await patience.for(`the events of ${command.to}`, this.latest(command.to));
    const before = movedBefore(from, events, command.to);
    if (before)
      return {
        from: sideOf(from),
        to: sideOf(to),
        events: before,
        position: await patience.for('its position', this.positionOf(from)),
      };
    const now = this.clock.now();
    const { comes, goes, pairs } = planned(from, to, command);
    // Both sides are decided before either is recorded.
    const departure = await this.departure(from, goes, command, now).catch(async (refusal: unknown) => {
      // An earlier attempt may have recorded the events at the target; they are retracted because the move is
      // refused.
      if (attempt > 0) await patience.for('what was moved', this.takenBack(to, pairs, author, now));
      throw refusal;
    });
    const arrival = comes.length > 0 ? await this.decided(to, comes, author, now) : undefined;
    try {
      if (arrival) await patience.for('the answer to the append', this.append(arrival));
      const { position } = await patience.for('the answer to the append', this.append(departure));
      const reached = arrival?.acceptance.state ?? to;
      return {
        from: sideOf(departure.acceptance.state),
        to: sideOf(reached),
        events: pairs,
        position,
      };
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return undefined;
      throw error instanceof StoreUnreachable ? outcomeUnknown(error) : error;
    }
  }

  private async takenBack(
    to: StreamState,
    pairs: readonly MovedPair[],
    author: string,
    now: Instant,
  ): Promise<void> {
    const retractions = pairs.flatMap(({ counterpart }): IdentifiedProposal[] => {
      const reason = 'its move came to nothing: where it was, something else was recorded about it';
      const data = { event: counterpart, reason };
      return to.logged(counterpart) ? [{ id: newId(), proposal: { type: 'EventRetracted', data } }] : [];
    });
    if (retractions.length > 0) await this.append(await this.decided(to, retractions.reverse(), author, now));
  }

  private async departure(
    from: StreamState,
    goes: readonly IdentifiedProposal[],
    { author, ifRevision }: MoveEvents,
    now: Instant,
  ): Promise<Side> {
    refuseChanged(from, ifRevision);
    return this.decided(from, goes, author, now);
  }

  private async decided(
    before: StreamState,
    arrivals: readonly IdentifiedProposal[],
    author: string,
    now: Instant,
  ): Promise<Side> {
    const proposals = arrivals.map(({ proposal }) => proposal);
    const idOf = (index: number): string => arrivals[index]?.id ?? newId();
    const decision = await inSlices(decideInSteps(before, proposals, { now, author }, idOf));
    if (decision.kind === 'accepted') return { before, acceptance: decision };
    this.bus.publish(new ProposalRefused(decision.kind));
    throw rejectionProblem(decision, false, before.stream);
  }

  private async append({ before, acceptance: { events, state, changes } }: Side): Promise<Appended> {
    const append = appendAfter(this.store, before.stream, before.revision, events);
    this.inFlight.add(state, changes, append);
    const appended = await append;
    this.bus.publish(new EventsRecorded(before.stream, events.length));
    return appended;
  }

  /** The state of a stream after all appends in flight. */
  private async latest(stream: string): Promise<StreamState> {
    await this.inFlight.written(stream).catch(() => undefined);
    return this.states.current(stream);
  }

  private async positionOf({ stream, revision }: StreamState): Promise<number> {
    for await (const { position } of this.store.readStream(stream, { from: revision, limit: 1 }))
      return position;
    return 0;
  }
}

/** What to record for a move. Throws InvalidRequest when the events cannot be moved there. */
export function planned(from: StreamState, to: StreamState, { events, terms }: MoveEvents): Move {
  if (from.stream === to.stream)
    throw new InvalidRequest([{ field: 'to', message: `is ${to.stream}, where the event is` }]);
  const move = moveOf(from, events, to.stream, terms, arrivedFrom(to, from.stream), newId);
  if ('problems' in move) throw new InvalidRequest(move.problems);
  return move;
}

const sideOf = ({ stream, revision }: StreamState): MovedSide => ({ stream, revision });
