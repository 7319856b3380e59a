import { confirmedDoubt, doubtsAbout, problemsOfYears, type Doubt } from './doubts.js';
import type { AnyEventType, Refusal } from './event-type.js';
import type { NewEvent, StreamEvent, Warning } from './event.js';
import { definitionOf, isLedgerAct, type EventType } from './events/catalogue.js';
import type { EventCorrected } from './events/event-corrected.js';
import { isPlainObject } from './fields.js';
import { type Fold } from './fold.js';
import { stepOf, type FoldStep } from './fold-step.js';
import type { Contradiction } from './subject.js';
import { effective, occurredBy } from './logged-event.js';
import { dayOf, daysOf, overlap } from './occurred-on.js';
import { inRecordedForm, readData, type NormalProposal, type Proposal } from './proposal.js';
import type { EffectiveEvent } from './records.js';
import { ownerOf } from './streams.js';
import type { Problem } from './validation.js';
import { inTodaysVersion, newestVersion, upcast } from './versions.js';

/** What a decision needs from outside: the clock, the author, an id for each proposal. */
export interface Circumstances {
  /** Now, an ISO 8601 instant in UTC with milliseconds. */
  readonly now: string;
  readonly author: string;
  idOf(index: number): string;
}

/** Why a proposal is refused; `index` is its place in the request. */
export type Refused =
  | { readonly kind: 'invalid'; readonly index: number; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'duplicate';
      readonly index: number;
      readonly duplicateOf: string;
      readonly message: string;
    }
  | { readonly kind: 'contradiction'; readonly index: number; readonly refusals: readonly Refusal[] }
  /** It is unlikely, and its author did not say that it is meant. */
  | { readonly kind: 'unconfirmed'; readonly index: number; readonly doubts: readonly Doubt[] };

export type Decision =
  { readonly kind: 'accepted'; readonly events: readonly NewEvent[]; readonly draft: Fold } | Refused;

/**
 * Decides on proposals for one stream, all or none: they are accepted if folding the stream with them raises no
 * contradiction that was not there before. One rule for new, backdated, corrected and retracted events.
 *
 * Pure. The proposals passed `problemsOfProposal`; each is decided on top of the accepted ones before it.
 */
export function decide(fold: Fold, proposals: readonly Proposal[], circumstances: Circumstances): Decision {
  const draft = fold.draft();
  const events: NewEvent[] = [];
  for (const [index, proposal] of proposals.entries()) {
    const decided = decideNext(draft, proposal, { ...circumstances, id: circumstances.idOf(index) });
    if (decided.kind !== 'accepted') return { ...decided, index };
    events.push(decided.event);
  }
  return { kind: 'accepted', events, draft };
}

/** What deciding on one proposal needs from outside. */
export interface Moment {
  readonly id: string;
  readonly now: string;
  readonly author: string;
  /** The event was recorded before, in the ledger that it is restored from: its warnings stay what they were. */
  readonly restored?: { readonly warnings: readonly Warning[] };
}

export type NextDecision =
  { readonly kind: 'accepted'; readonly event: NewEvent } | DistributiveOmit<Refused, 'index'>;

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

/** Decides on one proposal on top of a draft, which takes it in where it is accepted. */
export function decideNext(draft: Fold, given: Proposal, moment: Moment): NextDecision {
  const { id, now, author, restored } = moment;
  const proposal = inRecordedForm(given);
  const recordedAt = now > draft.recordedAt ? now : draft.recordedAt;
  const proposed = eventFrom(draft, proposal, { id, recordedAt, recordedBy: author });
  const corrected = restored ? undefined : correctedType(draft, proposal);
  const problems = [
    ...problemsInContext(draft, proposed, proposal.occurredOn, now),
    ...(corrected ? problemsOfYears(proposal, corrected) : []),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems };

  const doubts = restored ? [] : doubtsAbout(proposal, corrected);
  const unconfirmed = doubts.filter(({ code }) => proposal.confirm?.includes(code) !== true);
  if (unconfirmed.length > 0) return { kind: 'unconfirmed', doubts: unconfirmed };

  const duplicate = (restored ?? proposal.duplicateOf === 'none') ? undefined : duplicateIn(draft, proposed);
  if (duplicate) {
    const message = `it looks like the ${duplicate.type} of ${duplicate.occurredOn} that is recorded already`;
    return { kind: 'duplicate', duplicateOf: duplicate.id, message };
  }
  const admission = admit(draft, proposed, doubts, restored?.warnings);
  return admission.kind === 'admitted'
    ? { kind: 'accepted', event: admission.event }
    : { kind: 'contradiction', refusals: admission.refusals };
}

type Admission =
  | { readonly kind: 'admitted'; readonly event: NewEvent }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/**
 * Folds an event into a draft unless it raises a contradiction; answers it with its warnings: the `restored` ones, or
 * those that its stream gives rise to.
 */
function admit(
  draft: Fold,
  proposed: NewEvent,
  confirmed: readonly Doubt[],
  restored: readonly Warning[] | undefined,
): Admission {
  const noTarget = refusedAct(draft, proposed);
  if (noTarget) return { kind: 'refused', refusals: [noTarget] };

  const { stream } = draft;
  const revision = draft.revision + 1;
  const warnings = restored ?? [...confirmed.map(confirmedDoubt), ...warningsFor(proposed, revision, draft)];
  // The fold takes in the event as it will be recorded, with its warnings: a kept fold is the one made afresh.
  const event = warnings.length > 0 ? withWarnings(proposed, warnings) : proposed;
  const candidate: StreamEvent = { ...event, stream, revision };
  const step = stepOf(draft, candidate);
  const contradictions = newContradictions(draft, step);
  if (contradictions.length > 0) {
    const trial = draft.draft();
    trial.take(step);
    return { kind: 'refused', refusals: contradictions.map((found) => refusalFor(candidate, found, trial)) };
  }
  draft.take(step);
  return { kind: 'admitted', event };
}

/** Warnings stand before the record of who and when, as in every listing of an event. */
function withWarnings(event: NewEvent, warnings: readonly Warning[]): NewEvent {
  const { id, type, version, occurredOn, data, written, evidence, note, recordedAt, recordedBy } = event;
  // The event has the data of its type already.
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

/** The event that is recorded for a proposal: written under the version that it was read in. */
function eventFrom(
  draft: Fold,
  proposal: NormalProposal,
  record: Pick<NewEvent, 'id' | 'recordedAt' | 'recordedBy'>,
): NewEvent {
  const { type, readAs, evidence = [], note } = proposal;
  const event = inTodaysVersion({
    id: record.id,
    type,
    ...(readAs > 1 && { version: readAs }),
    occurredOn: proposal.occurredOn ?? dayOf(record.recordedAt),
    data: withVersionOfCorrection(draft, proposal),
    evidence,
    ...(note !== undefined && { note }),
    recordedAt: record.recordedAt,
    recordedBy: record.recordedBy,
  });
  // The proposal was validated against its type, which is what ties `data` to `type`.
  return event as NewEvent;
}

/** A correction says of which version its data is, unless that is the first. */
function withVersionOfCorrection(draft: Fold, { type, data }: Proposal): object {
  if (type !== 'EventCorrected') return data;
  const { version: named, ...correction } = data as EventCorrected;
  const target = draft.logged(correction.event)?.recorded;
  if (!target) return data;
  const read = readData(target.type, correction.data, named);
  const version = 'problems' in read ? (named ?? newestVersion(target.type)) : read.version;
  return version === 1 ? correction : { ...correction, version };
}

/**
 * What is wrong with a proposal given its stream and the day: that of the clock, which the stream may be ahead of where a
 * clock once was.
 */
function problemsInContext(
  draft: Fold,
  proposed: NewEvent,
  occurredOn: string | undefined,
  now: string,
): Problem[] {
  const { type, data } = proposed;
  const problems: Problem[] = [];
  const definition = definitionOf(type);
  if (!isLedgerAct(definition) && definition.stream !== ownerOf(draft.stream)?.owner) {
    const place = definition.stream === 'market' ? 'a market' : 'an automaker';
    problems.push({
      field: 'type',
      message: `must stand in the stream of ${place}; ${draft.stream} is none`,
    });
  } else {
    problems.push(...problemsWithMarket(draft, 'data', data));
  }
  problems.push(...problemsWithDate('occurredOn', occurredOn, now));
  if (proposed.type === 'EventCorrected') problems.push(...problemsOfCorrection(draft, proposed.data, now));
  return problems;
}

/** In the stream of a market, what happens there: neither an event nor its correction is about another one. */
function problemsWithMarket({ stream }: Fold, path: string, data: unknown): Problem[] {
  const owner = ownerOf(stream);
  if (owner?.owner !== 'market' || !isPlainObject(data) || !('market' in data)) return [];
  if (data['market'] === owner.market) return [];
  return [{ field: `${path}.market`, message: `must be ${owner.market}, the market of the stream` }];
}

function problemsWithDate(field: string, occurredOn: unknown, now: string): Problem[] {
  if (typeof occurredOn !== 'string' || daysOf(occurredOn).first <= dayOf(now)) return [];
  const message = `must not lie in the future: today is ${dayOf(now)}. Record a plan as what was announced, on the day of its announcement`;
  return [{ field, message }];
}

function problemsOfCorrection(draft: Fold, correction: EventCorrected, now: string): Problem[] {
  const target = draft.logged(correction.event)?.recorded;
  if (!target) return [];
  const read = readData(target.type, correction.data, correction.version ?? 1);
  const said = 'problems' in read ? undefined : upcast(target.type, read.version, correction.data);
  return [
    ...problemsWithDate('data.occurredOn', correction.occurredOn, now),
    ...('problems' in read ? read.problems : []).map(({ field, message }) => ({
      field: `data.${field}`,
      message,
    })),
    ...problemsWithMarket(draft, 'data.data', said),
  ];
}

/** The type of the event that a correction replaces the data of. */
function correctedType(draft: Fold, { type, data }: Proposal): EventType | undefined {
  if (type !== 'EventCorrected' || !('event' in data) || typeof data.event !== 'string') return undefined;
  return draft.logged(data.event)?.recorded.type;
}

function duplicateIn(draft: Fold, { type, data, occurredOn }: NewEvent): EffectiveEvent | undefined {
  if (isLedgerAct(definitionOf(type))) return undefined;
  for (const event of draft.eventsLike(type, data)) {
    if (overlap(event.occurredOn, occurredOn)) return event;
  }
  return undefined;
}

/** Why a correction, retraction or added evidence cannot be about the event that it names. */
function refusedAct(draft: Fold, { type, data }: NewEvent): Refusal | undefined {
  if (!isLedgerAct(definitionOf(type)) || !('event' in data)) return undefined;
  const entry = draft.logged(data.event);
  const act = draft.act(data.event);
  if (!entry && !act) {
    return { rule: 'no-such-event', message: `there is no event ${data.event} in ${draft.stream}` };
  }
  if (act && type !== 'EventRetracted') {
    const message = `${data.event} is a ${act.recorded.type}; make a new one about ${act.about} instead`;
    return { rule: 'not-about-acts', message, contradicts: data.event };
  }
  if (act?.recorded.type === 'EventRetracted') {
    const message = 'a retraction cannot be retracted; record the event again';
    return { rule: 'not-about-retractions', message, contradicts: data.event };
  }
  const retraction = (entry ?? (act && draft.logged(act.about)))?.retraction;
  if (retraction) {
    return { rule: 'event-retracted', message: 'the event was retracted', contradicts: retraction.id };
  }
  return act && draft.logged(act.about)?.voided.has(data.event)
    ? {
        rule: 'event-retracted',
        message: `this ${act.recorded.type} was retracted already`,
        contradicts: data.event,
      }
    : undefined;
}

function newContradictions(before: Fold, { subjects }: FoldStep): Contradiction[] {
  return subjects.flatMap(({ place, subject }) => {
    if (subject.contradictions.length === 0) return [];
    const known = before.subject(place.kind, place.key).contradictions;
    return subject.contradictions.filter(
      (found) => !known.some((old) => old.event === found.event && old.rule === found.rule),
    );
  });
}

/** A contradiction told from the side of the event that raised it. */
function refusalFor(candidate: StreamEvent, found: Contradiction, trial: Fold): Refusal {
  const { event, rule, message, contradicts } = found;
  // An act speaks for the event that it is about, also where it voids a correction of it.
  if (event === candidate.id || event === trial.act(candidate.id)?.about) {
    const other = contradicts ?? laterNeighbour(event, trial);
    return { rule, message, ...(other !== undefined && { contradicts: other }) };
  }
  const recorded = trial.recorded(event);
  const what = recorded ? `${recorded.type} of ${recorded.occurredOn}` : 'event';
  return {
    rule,
    message: `the recorded ${what} would no longer be possible: ${message}`,
    contradicts: event,
  };
}

/** The event of the same subject that comes next, such as the entry that is dated after an exit. */
function laterNeighbour(event: string, trial: Fold): string | undefined {
  const entry = trial.logged(event);
  const now = entry && effective(entry);
  const definition = now && definitionOf(now.type);
  if (!definition || isLedgerAct(definition)) return undefined;
  const { events } = trial.subject(definition.kind, definition.subject(now.data));
  return events[events.findIndex(({ id }) => id === event) + 1]?.id;
}

function warningsFor(proposed: NewEvent, revision: number, before: Fold): Warning[] {
  const definition = definitionOf(proposed.type);
  if (isLedgerAct(definition)) return [];
  return [...publishedTooEarly(proposed), ...typeWarnings(definition, proposed, revision, before)];
}

function typeWarnings(
  definition: AnyEventType,
  proposed: NewEvent,
  revision: number,
  before: Fold,
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
            message: `${publisher} published on ${publishedOn}, before the event of ${occurredOn}`,
          },
        ]
      : [],
  );
}
