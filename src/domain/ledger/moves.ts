import { definitionOf, isAmendment } from '../events/catalogue.js';
import type { FieldError } from '../events/field-kind.js';
import { newestVersion } from '../events/versions.js';
import { firstRecorded, saidBy, type LoggedEvent } from '../state/logged-event.js';
import type { StreamState } from '../state/stream-state.js';
import { inOrder } from '../state/subject.js';
import { CONFIRMATIONS, type Confirmation } from './doubts.js';
import { readRestored, type Proposal } from './proposal.js';
import { isRegistration } from './publication.js';
import { ownerOf } from './streams.js';
import { warningsIn } from './warnings.js';

/** The terms of a move. */
export interface MoveTerms {
  readonly reason: string;
  /** Confirmed doubts about the events in their new place. */
  readonly confirm?: readonly Confirmation[];
  readonly duplicateOf?: 'none';
}

/** A move of events to another stream. */
export interface Move {
  /**
   * To record in the target stream: each event, in the order in which they happened, and an act that tells
   * where it came from.
   */
  readonly comes: readonly IdentifiedProposal[];
  /**
   * To record in the source stream, latest event first, so that no remaining event depends on a removed one.
   */
  readonly goes: readonly IdentifiedProposal[];
  /** The ids of each event in both streams. */
  readonly pairs: readonly MovedPair[];
}

/** A proposal with its future id. */
export interface IdentifiedProposal {
  readonly id: string;
  readonly proposal: Proposal;
}

export interface MovedPair {
  readonly id: string;
  readonly counterpart: string;
}

/**
 * What to record so that some events of one stream count in another one. Each event is recorded there with
 * its current content and all its evidence; its corrections stay in the old stream. Events in `arrived`, from
 * an unfinished move, are not recorded again.
 */
export function moveOf(
  from: StreamState,
  ids: readonly string[],
  to: string,
  { reason, confirm = [], duplicateOf }: MoveTerms,
  arrived: ReadonlyMap<string, string>,
  newId: () => string,
): Move | { readonly problems: readonly FieldError[] } {
  const entries = ids.map((id) => from.logged(id));
  const problems = entries.flatMap((entry, index): FieldError[] => {
    const message = unmovable(entry, from.stream, to);
    return message === undefined ? [] : [{ field: `events[${index}]`, message }];
  });
  if (problems.length > 0) return { problems };
  const moved = entries
    .flatMap((entry) => (entry ? [{ entry, said: saidBy(entry) }] : []))
    .sort((a, b) => inOrder(a.said, b.said));
  const pairs = moved.map(({ said: { id } }) => ({ id, counterpart: arrived.get(id) ?? newId() }));
  const act = (event: string, counterpart: string, side: object): Proposal => ({
    type: 'EventMoved',
    data: { event, counterpart, reason, ...side },
  });
  const comes: IdentifiedProposal[] = [];
  const goes: IdentifiedProposal[] = [];
  for (const [index, { entry }] of moved.entries()) {
    const pair = pairs[index];
    if (!pair) continue;
    const { id, counterpart } = pair;
    goes.unshift({ id: newId(), proposal: act(id, counterpart, { direction: 'to', stream: to }) });
    if (arrived.has(id)) continue;
    const answered = [...new Set([...confirm, ...confirmedBefore(entry)])];
    const told = readRestored({
      ...saidAgain(entry),
      ...(answered.length > 0 && { confirm: answered }),
      ...(duplicateOf && { duplicateOf }),
    });
    if ('problems' in told) return told;
    const firstRecordedOn = firstRecorded(entry);
    const origin = act(counterpart, id, { direction: 'from', stream: from.stream, firstRecordedOn });
    comes.push({ id: counterpart, proposal: told }, { id: newId(), proposal: origin });
  }
  return { comes, goes, pairs };
}

/**
 * The events of a state that came from another stream and were not retracted: their ids, by their ids in the
 * other stream.
 */
export function arrivedFrom(state: StreamState, stream: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { recorded, movedFrom, retraction } of state.loggedEvents())
    if (movedFrom?.data.stream === stream && !retraction) found.set(movedFrom.data.counterpart, recorded.id);
  return found;
}

/** The ids of some events in both streams, if all of them were already moved to `to`. */
export function movedBefore(
  state: StreamState,
  ids: readonly string[],
  to: string,
): readonly MovedPair[] | undefined {
  const pairs = ids.flatMap((id) => {
    const moved = state.logged(id)?.movedTo?.data;
    return moved?.stream === to ? [{ id, counterpart: moved.counterpart }] : [];
  });
  return pairs.length === ids.length ? pairs : undefined;
}

/** Why an event cannot be moved to another stream. */
function unmovable(entry: LoggedEvent | undefined, from: string, to: string): string | undefined {
  if (!entry) return `is no event of ${from}; an act about an event goes where that event goes`;
  const { type } = entry.recorded;
  const definition = definitionOf(type);
  if (isAmendment(definition) || isRegistration(type)) return `is a ${type}, which belongs where it is`;
  if (ownerOf(to)?.owner !== definition.stream)
    return `is a ${type}, which belongs to ${definition.stream === 'automaker' ? 'an automaker' : `a ${definition.stream}`}`;
  return undefined;
}

/** An event as it was written, or as its latest correction states it. */
function saidAgain(entry: LoggedEvent): object {
  const { recorded, corrections, voided } = entry;
  const { occurredOn, data, evidence } = saidBy(entry);
  const isCorrected = corrections.some(({ id }) => !voided.has(id));
  const { type, note } = recorded;
  const written = isCorrected
    ? { version: newestVersion(type), data }
    : (recorded.written ?? { ...recorded });
  return {
    type,
    version: written.version ?? 1,
    occurredOn,
    data: written.data,
    evidence,
    ...(note !== undefined && { note }),
  };
}

/** The doubts that the author confirmed at the first recording. */
function confirmedBefore({ recorded }: LoggedEvent): readonly Confirmation[] {
  const codes = warningsIn(recorded.warnings).map(({ code }) => code);
  return CONFIRMATIONS.filter((code) => codes.includes(code));
}
