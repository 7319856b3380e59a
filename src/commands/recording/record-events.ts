import { Inject } from '@nestjs/common';
import { Command, CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import type { NewEvent, StreamEvent } from '../../domain/ledger/event.js';
import type { Warning } from '../../domain/ledger/warning.js';
import { decideInSteps, type Decision } from '../../domain/ledger/decide.js';
import type { Proposal } from '../../domain/ledger/proposal.js';
import type { ClaimedNames } from '../../domain/state/claimed-names.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import {
  EVENT_STORE,
  EventIdInUse,
  StoreUnreachable,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
} from '../../event-store/event-store.js';
import { appendAfter } from './append.js';
import { CompanyNames } from './company-names.js';
import { Clock } from '../../clock/clock.js';
import { RecordingClock } from '../../clock/recording-clock.js';
import { EventsRecorded, ProposalRefused } from './outcomes.js';
import { InFlightAppends } from './in-flight-appends.js';
import { Patience } from './patience.js';
import { outcomeUnknown, rejectionProblem, TooMuchContention } from './rejections.js';
import { changed, idsAsked, type RequestConditions } from './request-conditions.js';
import { soon } from '../../event-store/in-slices.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { KeyedMutex } from './keyed-mutex.js';

/** Optional terms of a recording. */
export interface RecordingTerms extends Omit<RequestConditions, 'taken'> {
  /** The request contained an array, so refusals name the index. */
  readonly many?: boolean;
}

/**
 * Record events in one stream, all or none. The proposals must be well-formed; the handler decides whether
 * they may be recorded.
 */
export class RecordEvents extends Command<Recording> {
  constructor(
    readonly stream: string,
    readonly proposals: readonly Proposal[],
    readonly terms: RecordingTerms,
  ) {
    super();
  }
}

export interface Recording {
  readonly stream: string;
  /** Revision of the last event recorded. */
  readonly revision: number;
  /** Position of the last event recorded; a read with this `minPosition` sees it. */
  readonly position: number;
  readonly events: readonly RecordedReceipt[];
}

export interface RecordedReceipt {
  readonly id: string;
  readonly type: string;
  /** The version of the type under which the event was read and recorded. */
  readonly version: number;
  readonly revision: number;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly warnings: readonly Warning[];
}

/** How often a decision is repeated because another process was faster. */
const ATTEMPTS = 10;

/** What the attempts of one recording share. */
interface Trying {
  /** Ids of the request's key that another stream has. */
  readonly taken: Set<string>;
  readonly patience: Patience;
}

/** Accepted events that have been sent to the store. */
interface Decided {
  readonly events: readonly NewEvent[];
  /** The revision before these events. */
  readonly after: number;
  readonly written: Promise<Appended>;
}

/** Undefined where the decision has to be made again. */
type Found = Recording | Decided | undefined;

@CommandHandler(RecordEvents)
export class RecordEventsHandler implements ICommandHandler<RecordEvents> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly states: StreamStateCache,
    private readonly turns: KeyedMutex,
    private readonly inFlight: InFlightAppends,
    @Inject(RecordingClock) private readonly clock: Clock,
    private readonly events: EventBus,
    private readonly names: CompanyNames,
  ) {}

  async execute(command: RecordEvents): Promise<Recording> {
    const taken = new Set<string>();
    const patience = new Patience();
    for (let attempt = 0; attempt < ATTEMPTS + taken.size; attempt++) {
      // The turn ends with the decision, before the events are written, and the next caller decides on top of
      // them. This is safe: the store writes in order, and when an earlier append fails, the expected
      // revision of the later one fails too.
      const keys = this.names.keysOf([command.stream]);
      const decide = () => this.decideOn(command, { taken, patience, isFirst: attempt === 0 });
      const decided = await this.turns.runExclusive(keys, decide, patience);
      if (!decided) continue;
      const recording =
        'written' in decided ? await this.written(command, decided, { taken, patience }) : decided;
      if (recording) return recording;
    }
    const detail = `Other writers to ${command.stream} were faster ${ATTEMPTS} times in a row. Nothing was recorded; try again.`;
    throw new TooMuchContention({ detail });
  }

  /**
   * Decides on the newest state in memory and sends the accepted events to the store, whose revision check
   * detects an outdated state. Returns undefined when a rejection was based on an invalid state: an append in
   * flight failed, or another process was faster.
   */
  private decideOn(
    command: RecordEvents,
    trying: Trying & { readonly isFirst: boolean },
  ): Found | Promise<Found> {
    const { stream } = command;
    const { patience, isFirst } = trying;
    const found =
      this.inFlight.latest(stream) ?? (isFirst ? this.states.atHand(stream) : this.states.current(stream));
    const decide = (state: StreamState) => this.decideOnFound(state, command, trying);
    return found instanceof Promise
      ? patience.for(`the events of ${stream}`, found).then(decide)
      : decide(found);
  }

  private decideOnFound(state: StreamState, command: RecordEvents, trying: Trying): Found | Promise<Found> {
    try {
      const decided = this.decideOnState(state, command, trying);
      return decided instanceof Promise
        ? decided.catch((error: unknown) => this.refusedOn(state, trying, error))
        : decided;
    } catch (error) {
      return this.refusedOn(state, trying, error);
    }
  }

  /** Throws the rejection again, unless it was based on an invalid state. */
  private async refusedOn(state: StreamState, { patience }: Trying, error: unknown): Promise<undefined> {
    if (error instanceof WrongExpectedRevision) return undefined;
    if (error instanceof StoreUnreachable) throw error;
    if (!(await patience.for(`the events of ${state.stream}`, this.isRecorded(state)))) return undefined;
    throw error;
  }

  /** Whether a state is the stored state of its stream. Waits for appends in flight. */
  private async isRecorded({ stream, revision }: StreamState): Promise<boolean> {
    try {
      await this.inFlight.written(stream);
    } catch {
      return false;
    }
    return (await this.states.current(stream)).revision === revision;
  }

  private decideOnState(
    state: StreamState,
    command: RecordEvents,
    { taken, patience }: Trying,
  ): Found | Promise<Found> {
    const { stream, proposals, terms } = command;
    const asked = idsAsked(state, proposals, { taken, ...terms });
    if ('earlier' in asked) return patience.for('the earlier request', this.answerOf(stream, asked.earlier));
    const decide = (names?: ClaimedNames): Found | Promise<Found> => {
      const context = { now: this.clock.now(), author: terms.author, ...(names && { companyNames: names }) };
      const deciding = soon(decideInSteps(state, proposals, context, asked.idOf));
      return deciding instanceof Promise
        ? deciding.then((decision) => this.send(state, command, decision))
        : this.send(state, command, deciding);
    };
    const claimed = this.names.claimed([stream]);
    return claimed ? patience.for('the names of companies', claimed).then(decide) : decide();
  }

  /** Sends the accepted events to the store. Throws what a rejection is answered with. */
  private send(
    state: StreamState,
    { stream, terms: { many = false } }: RecordEvents,
    decision: Decision,
  ): Decided | undefined {
    if (decision.kind !== 'accepted') {
      this.events.publish(new ProposalRefused(decision.kind));
      throw rejectionProblem(decision, many);
    }
    // Deciding yields to other work, so the state may have become invalid.
    if (this.inFlight.isVoid(state)) return undefined;
    const after = state.revision;
    const { events, changes } = decision;
    const append = appendAfter(this.store, stream, after, events);
    this.inFlight.add(decision.state, changes, append);
    return { events, after, written: append };
  }

  /**
   * Waits until the store has the events. Returns undefined when another process was faster, so the decision
   * must be repeated.
   */
  private async written(
    { stream, terms }: RecordEvents,
    { events, after, written }: Decided,
    { taken, patience }: Trying,
  ): Promise<Recording | undefined> {
    try {
      const { revision, position } = await patience.for('the answer to the append', written);
      this.events.publish(new EventsRecorded(stream, events.length));
      return {
        stream,
        revision,
        position,
        events: events.map((event, index) => receipt(event, after + 1 + index)),
      };
    } catch (error) {
      if (error instanceof EventIdInUse && terms.idempotencyKey !== undefined && !taken.has(error.eventId)) {
        taken.add(error.eventId);
        return undefined;
      }
      // It is still being written, and may be recorded after this answer.
      if (error instanceof StoreUnreachable) throw outcomeUnknown(error);
      if (!(error instanceof WrongExpectedRevision)) throw error;
      if (terms.ifRevision === undefined) return undefined;
      throw changed(await patience.for(`the events of ${stream}`, this.states.current(stream)));
    }
  }

  /** The original answer. Waits until its events are on disk, since the earlier request may still be in flight. */
  private async answerOf(stream: string, earlier: readonly StreamEvent[]): Promise<Recording> {
    await this.inFlight.written(stream);
    const revision = earlier.at(-1)?.revision ?? -1;
    let position = 0;
    for await (const last of this.store.readStream(stream, { from: revision, limit: 1 }))
      position = last.position;
    return { stream, revision, position, events: earlier.map((event) => receipt(event, event.revision)) };
  }
}

function receipt(event: Omit<StreamEvent, 'stream' | 'revision'>, revision: number): RecordedReceipt {
  const { id, type, occurredOn, recordedAt, warnings = [] } = event;
  const { version = 1 } = event.written ?? event;
  return { id, type, version, revision, occurredOn, recordedAt, warnings };
}
