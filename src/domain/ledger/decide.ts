import { confirmedDoubt, doubtsAbout, problemsOfYears, type Doubt } from './doubts.js';
import { doubtsOfCorrection } from './doubts-of-correction.js';
import { doubtsInContext } from './plausibility.js';
import type { AnyEventType, RuleViolation } from '../events/event-type.js';
import type { NewEvent } from './event.js';
import type { Warning } from './warning.js';
import { definitionOf, isAmendment, type EventType } from '../events/catalogue.js';
import type { EventCorrected } from '../events/event-corrected.js';
import { dayOf, daysOf } from './edtf.js';
import { normalize, readData, type NormalProposal, type Proposal } from './proposal.js';
import type { EffectiveEvent } from '../state/records.js';
import { evolveInSteps, type StateChange } from '../state/evolve.js';
import type { ClaimedNames } from '../state/claimed-names.js';
import { effective, occurredBy } from '../state/logged-event.js';
import { finish, type Steps } from '../state/steps.js';
import { standingEvidence } from '../state/standing-evidence.js';
import type { StreamState } from '../state/stream-state.js';
import { findDuplicate, subjectOf, type Contradiction } from '../state/subject.js';
import type { FieldError } from '../events/field-kind.js';
import { inTodaysVersion, newestVersion } from '../events/versions.js';
import { takesName } from './name-rule.js';
import { violationFrom } from './violations.js';
import { fieldErrorsInContext } from './field-errors-in-context.js';

/** The external inputs of a decision: the clock, the author, an id. */
export interface DecisionContext {
  readonly id: string;
  /** Now, as an ISO 8601 instant in UTC with milliseconds. */
  readonly now: string;
  readonly author: string;
  /** Set when an event of another ledger is restored: its warnings stay unchanged. */
  readonly restored?: { readonly warnings: readonly Warning[] };
  /** The names of all companies. Needed for proposals in streams of companies. */
  readonly companyNames?: ClaimedNames;
}

/** Why a proposal is refused. */
export type Rejection =
  | { readonly kind: 'invalid'; readonly problems: readonly FieldError[] }
  | { readonly kind: 'duplicate'; readonly duplicateOf: string; readonly message: string }
  | {
      readonly kind: 'contradiction';
      readonly violations: readonly RuleViolation[];
      /** Whether further violations were left out. */
      readonly isCut: boolean;
    }
  /** The proposal is implausible, and its author has not confirmed it. */
  | { readonly kind: 'unconfirmed'; readonly doubts: readonly Doubt[] };

/** The rejection of one of several proposals; `index` is its index in the request. */
export type RejectedAt = Rejection & { readonly index: number };

/** Events that may be recorded, with the change that each makes to the state. */
export interface Acceptance {
  readonly kind: 'accepted';
  readonly events: readonly NewEvent[];
  readonly changes: readonly StateChange[];
  /** The state after all of them. */
  readonly state: StreamState;
}

export type Decision = Acceptance | RejectedAt;

/**
 * Decides on proposals for one stream, all or none. They are accepted if they cause no new contradiction in
 * the evolved state. The same rule applies to new, backdated, corrected and retracted events.
 *
 * Pure. The proposals must have passed `problemsOfProposal`. Each is decided on top of the earlier accepted
 * ones.
 */
export function decide(
  state: StreamState,
  proposals: readonly Proposal[],
  context: Omit<DecisionContext, 'id'>,
  idOf: (index: number) => string,
): Decision {
  return finish(decideInSteps(state, proposals, context, idOf));
}

/** `decide` in interruptible steps. */
export function* decideInSteps(
  state: StreamState,
  proposals: readonly Proposal[],
  context: Omit<DecisionContext, 'id'>,
  idOf: (index: number) => string,
): Steps<Decision> {
  const changes: StateChange[] = [];
  const events: NewEvent[] = [];
  let now = state;
  for (const [index, proposal] of proposals.entries()) {
    const decided = yield* decideNextInSteps(now, proposal, Object.assign({ id: idOf(index) }, context));
    if (decided.kind !== 'accepted') return { ...decided, index };
    events.push(decided.event);
    changes.push(decided.change);
    now = decided.state;
  }
  return { kind: 'accepted', events, changes, state: now };
}

export type NextDecision =
  | {
      readonly kind: 'accepted';
      readonly event: NewEvent;
      readonly change: StateChange;
      /** The state after the event. */
      readonly state: StreamState;
    }
  | Rejection;

/** Decides on one proposal. */
export function decideNext(state: StreamState, proposal: Proposal, context: DecisionContext): NextDecision {
  return finish(decideNextInSteps(state, proposal, context));
}

/** `decideNext` in interruptible steps. */
export function* decideNextInSteps(
  state: StreamState,
  given: Proposal,
  { id, now, author, restored, companyNames }: DecisionContext,
): Steps<NextDecision> {
  const proposal = normalize(given);
  const recordedAt = now > state.recordedAt ? now : state.recordedAt;
  const proposed = eventFrom(state, proposal, { id, recordedAt, recordedBy: author });
  const corrected = restored ? undefined : correctedType(state, proposal);
  const problems = [
    ...fieldErrorsInContext(state, proposed, proposal.occurredOn, now),
    ...(corrected ? problemsOfYears(proposal, corrected) : []),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems };

  const doubts = restored
    ? []
    : [
        ...doubtsAbout(proposal, corrected),
        ...doubtsInContext(state, proposed),
        ...(corrected ? yield* doubtsOfCorrection(state, proposed) : []),
      ];
  // Who says that an event is no duplicate says so of an outlet as well.
  const isAnother = proposal.duplicateOf === 'none';
  const unconfirmed = doubts.filter(
    ({ code }) => proposal.confirm?.includes(code) !== true && !(isAnother && code === 'same-outlet'),
  );
  if (unconfirmed.length > 0) return { kind: 'unconfirmed', doubts: unconfirmed };

  const duplicate = (restored ?? proposal.duplicateOf === 'none') ? undefined : duplicateIn(state, proposed);
  if (duplicate) {
    const message = `it looks like the ${duplicate.type} of ${duplicate.occurredOn} that is recorded already`;
    return { kind: 'duplicate', duplicateOf: duplicate.id, message };
  }
  const noTarget = amendsNothing(state, proposed);
  if (noTarget) return { kind: 'contradiction', violations: [noTarget], isCut: false };
  const taken = companyNames && !restored ? takesName(state, proposed, companyNames) : undefined;
  if (taken) return { kind: 'contradiction', violations: [taken], isCut: false };

  const revision = state.revision + 1;
  const warnings = restored?.warnings ?? [
    ...doubts.map(confirmedDoubt),
    ...warningsFor(proposed, revision, state),
  ];
  // Evolves with the event exactly as recorded, including its warnings, so that reading the ledger gives the
  // same state.
  const event = warnings.length > 0 ? withWarnings(proposed, warnings) : proposed;
  // V8 adds fields to a copy by spread slowly.
  const recorded = Object.assign({}, event, { stream: state.stream, revision });
  const { state: after, change } = yield* evolveInSteps(state, recorded);
  const contradictions = newContradictions(state, change);
  if (contradictions.length === 0) return { kind: 'accepted', event, change, state: after };
  const told = contradictions.slice(0, MOST_TOLD);
  return {
    kind: 'contradiction',
    violations: told.map((found) => violationFrom(change.recorded, found, after)),
    isCut: told.length < contradictions.length,
  };
}

/** Maximum number of contradictions reported for one event. */
const MOST_TOLD = 100;

/** Places the warnings before author and time, as in every listing of an event. */
function withWarnings(event: NewEvent, warnings: readonly Warning[]): NewEvent {
  const { id, type, version, occurredOn, data, written, evidence, note, recordedAt, recordedBy } = event;
  // The data already belongs to the event's type.
  return {
    id,
    type,
    ...(version !== undefined && { version }),
    occurredOn,
    data,
    ...(written && { written }),
    evidence,
    ...(note !== undefined && { note }),
    warnings,
    recordedAt,
    recordedBy,
  } as NewEvent;
}

/** An event in the making. */
interface Draft {
  readonly id: string;
  readonly type: EventType;
  readonly version?: number;
  occurredOn?: string;
  data?: object;
  evidence?: NewEvent['evidence'];
  note?: string;
  recordedAt?: string;
  recordedBy?: string;
}

/** The event to record for a proposal, under the version in which it was read. */
function eventFrom(
  state: StreamState,
  proposal: NormalProposal,
  record: Pick<NewEvent, 'id' | 'recordedAt' | 'recordedBy'>,
): NewEvent {
  const { type, readAs, evidence = [], note } = proposal;
  const { id, recordedAt, recordedBy } = record;
  const occurredOn = proposal.occurredOn ?? dayOf(recordedAt);
  const data = withVersionOfCorrection(state, proposal);
  // The order of the fields is that of every listing. V8 adds fields after a spread slowly.
  const said: Draft = readAs > 1 ? { id, type, version: readAs } : { id, type };
  said.occurredOn = occurredOn;
  said.data = data;
  said.evidence = evidence;
  if (note !== undefined) said.note = note;
  said.recordedAt = recordedAt;
  said.recordedBy = recordedBy;
  const event = inTodaysVersion(said as Draft & { data: object });
  // Validation has ensured that `data` matches `type`.
  return event as NewEvent;
}

/** Adds the version of its data to a correction, unless it is version 1. */
function withVersionOfCorrection(state: StreamState, { type, data }: Proposal): object {
  if (type !== 'EventCorrected') return data;
  const { version: named, ...correction } = data as EventCorrected;
  const target = state.logged(correction.event)?.recorded;
  if (!target) return data;
  const read = readData(target.type, correction.data, named);
  const version = 'problems' in read ? (named ?? newestVersion(target.type)) : read.version;
  return version === 1 ? correction : { ...correction, version };
}

/** The type of the event whose data a correction replaces. */
function correctedType(state: StreamState, { type, data }: Proposal): EventType | undefined {
  if (type !== 'EventCorrected' || !('event' in data) || typeof data.event !== 'string') return undefined;
  return state.logged(data.event)?.recorded.type;
}

function duplicateIn(state: StreamState, event: NewEvent): EffectiveEvent | undefined {
  if (isAmendment(definitionOf(event.type))) return undefined;
  const { kind, key } = subjectOf(event);
  const id = findDuplicate(state.subject(kind, key), event.type, event.data, event.occurredOn);
  const entry = id === undefined ? undefined : state.logged(id);
  return entry && effective(entry);
}

/** Why an amendment cannot apply to the event that it names. */
function amendsNothing(state: StreamState, { type, data }: NewEvent): RuleViolation | undefined {
  if (!isAmendment(definitionOf(type)) || !('event' in data)) return undefined;
  const entry = state.logged(data.event);
  const amendment = state.amendment(data.event);
  if (!entry && !amendment) {
    return { rule: 'no-such-event', message: `there is no event ${data.event} in ${state.stream}` };
  }
  if (amendment && type !== 'EventRetracted') {
    const message = `${data.event} is a ${amendment.recorded.type}; make a new one about ${amendment.about} instead`;
    return { rule: 'not-about-acts', message, contradicts: data.event };
  }
  if (amendment?.recorded.type === 'EventRetracted') {
    const message = 'a retraction is undone by EventReinstated, about the event itself';
    return { rule: 'not-about-retractions', message, contradicts: data.event };
  }
  if (amendment?.recorded.type === 'EventReinstated') {
    const message = 'a reinstatement cannot be retracted; retract the event again';
    return { rule: 'not-about-retractions', message, contradicts: data.event };
  }
  if (amendment?.recorded.type === 'EventMoved') {
    const message = 'a move cannot be retracted; move the event back';
    return { rule: 'not-about-moves', message, contradicts: data.event };
  }
  const about = entry ?? (amendment && state.logged(amendment.about));
  const moved = about?.movedTo;
  if (moved) {
    const { stream, counterpart } = moved.data;
    const message = `the event was moved to ${stream}, where it is ${counterpart}; what is to be said of it belongs there`;
    return { rule: 'event-moved', message, contradicts: moved.id };
  }
  if (type === 'EventReinstated') {
    return about?.retraction
      ? undefined
      : { rule: 'not-retracted', message: 'the event is not retracted', contradicts: data.event };
  }
  if (about?.retraction) {
    return { rule: 'event-retracted', message: 'the event was retracted', contradicts: about.retraction.id };
  }
  if (type === 'EvidenceCorrected' && entry) {
    const known = standingEvidence(entry).map(({ url }) => url);
    if (!known.includes(data.url)) {
      const message = `no evidence of the event is at ${data.url}; it is at ${known.join(', ')}`;
      return { rule: 'no-such-evidence', message, contradicts: data.event };
    }
  }
  return amendment && about?.voided.has(data.event)
    ? {
        rule: 'event-retracted',
        message: `this ${amendment.recorded.type} was retracted already`,
        contradicts: data.event,
      }
    : undefined;
}

/** Contradictions that the event causes; at most one more than are reported. */
function newContradictions(before: StreamState, { touched }: StateChange): Contradiction[] {
  const found: Contradiction[] = [];
  for (const { ref, subject } of touched) {
    if (subject.contradictions.size === 0) continue;
    const known = new Set<string>();
    for (const old of before.subject(ref.kind, ref.key).contradictions) known.add(`${old.event} ${old.rule}`);
    for (const contradiction of subject.contradictions) {
      if (known.has(`${contradiction.event} ${contradiction.rule}`)) continue;
      if (found.push(contradiction) > MOST_TOLD) return found;
    }
  }
  return found;
}

function warningsFor(proposed: NewEvent, revision: number, before: StreamState): Warning[] {
  const definition = definitionOf(proposed.type);
  if (isAmendment(definition)) return [];
  return [...publishedTooEarly(proposed), ...typeWarnings(definition, proposed, revision, before)];
}

function typeWarnings(
  definition: AnyEventType,
  proposed: NewEvent,
  revision: number,
  before: StreamState,
): Warning[] {
  if (!definition.warnings) return [];
  const { id, type, occurredOn, recordedAt, data, evidence } = proposed;
  const event = { id, type, revision, occurredOn, day: occurredBy(occurredOn, recordedAt), data, evidence };
  return definition.warnings(event, before);
}

function publishedTooEarly({ occurredOn, evidence }: NewEvent): Warning[] {
  const { first } = daysOf(occurredOn);
  return evidence.flatMap(({ publisher, publishedOn }) =>
    publishedOn !== undefined && daysOf(publishedOn).last < first
      ? [
          {
            code: 'published-before',
            message: `${publisher} is dated ${publishedOn}, before the event of ${occurredOn}`,
          },
        ]
      : [],
  );
}
