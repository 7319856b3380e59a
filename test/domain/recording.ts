import type { RecordSource } from '../../src/domain/state/automaker.js';
import { decideNext, type NextDecision } from '../../src/domain/ledger/decide.js';
import type { StreamEvent } from '../../src/domain/ledger/event.js';
import { definitionOf, isAmendment, type EventType } from '../../src/domain/events/catalogue.js';
import { evolve } from '../../src/domain/state/evolve.js';
import { StreamState } from '../../src/domain/state/stream-state.js';
import { type SubjectName } from '../../src/domain/state/subject.js';
import { addDays } from '../../src/domain/ledger/edtf.js';
import type { Proposal } from '../../src/domain/ledger/proposal.js';
import { RECORD_KINDS } from '../../src/domain/state/records.js';
import { inTodaysVersion } from '../../src/domain/events/versions.js';
import { idOf } from './given-when-then.js';

/** The recording time of the n-th proposal: two on one day, then a week later the next two. */
export const instantOf = (index: number): string =>
  `${addDays('2025-01-15', 7 * Math.floor(index / 2))}T${index % 2 === 0 ? '09' : '15'}:00:00.000Z`;

export interface Recording {
  readonly state: StreamState;
  readonly events: readonly StreamEvent[];
  readonly decisions: readonly { readonly type: EventType; readonly decision: NextDecision }[];
}

export interface RecordingOptions {
  readonly state?: StreamState;
  /** Index of the first proposal, which determines its id and its time. */
  readonly from?: number;
  /**
   * Also records events that contradict others, as a foreign ledger may contain them, except amendments of
   * missing events.
   */
  readonly evenContradictions?: boolean;
}

const OF_ACTS: readonly string[] = [
  'no-such-event',
  'not-about-acts',
  'not-about-retractions',
  'event-retracted',
];

/** Decides on proposals one by one and records the accepted ones. */
export function record(
  stream: string,
  proposals: readonly Proposal[],
  { state: before = StreamState.of(stream), from = 0, evenContradictions = false }: RecordingOptions = {},
): Recording {
  let state = before;
  const events: StreamEvent[] = [];
  const decisions: { type: EventType; decision: NextDecision }[] = [];
  for (const [index, proposal] of proposals.entries()) {
    const [id, now] = [idOf(from + index), instantOf(from + index)];
    const decision = decideNext(state, proposal, { id, now, author: 'tester' });
    decisions.push({ type: proposal.type, decision });
    const revision = state.revision + 1;
    if (decision.kind === 'accepted') {
      ({ state } = decision);
      events.push({ ...decision.event, stream, revision });
    } else if (
      evenContradictions &&
      decision.kind === 'contradiction' &&
      !decision.violations.some(({ rule }) => OF_ACTS.includes(rule))
    ) {
      const { type, data, occurredOn = now.slice(0, 10), evidence = [] } = proposal;
      const facts = { id, type, occurredOn, data, evidence, recordedAt: now, recordedBy: 'tester' };
      const event = inTodaysVersion({ ...facts, stream, revision }) as StreamEvent;
      ({ state } = evolve(state, event));
      events.push(event);
    }
  }
  return { state, events, decisions };
}

/** The subjects that some events are about, now or before a correction. */
export function subjectsOf(events: readonly StreamEvent[]): readonly SubjectName[] {
  const types = new Map(events.map(({ id, type }) => [id, type]));
  const keys = new Set<SubjectName>();
  for (const { type, data } of events) {
    const [of, told] = type === 'EventCorrected' ? [types.get(data.event), data.data] : [type, data];
    const definition = of && definitionOf(of);
    if (definition && !isAmendment(definition)) keys.add(`${definition.kind}/${definition.subject(told)}`);
  }
  return [...keys].sort();
}

/** Everything that a state can answer about some events, as text. */
export function snapshot(state: StreamState, events: readonly StreamEvent[]): string {
  const subjects = subjectsOf(events).map((subject) => {
    const slash = subject.indexOf('/');
    const kind = RECORD_KINDS.find((each) => each === subject.slice(0, slash));
    if (!kind) throw new Error(`${subject} is of no kind`);
    const found = state.subject(kind, subject.slice(slash + 1));
    return [subject, found.events, found.state, found.contradictions];
  });
  const log = events.map(({ id }) => {
    const { voided = [], retraction, movedTo, movedFrom, ...entry } = state.logged(id) ?? {};
    return [id, entry, [...voided], retraction, movedTo, movedFrom, state.amendment(id)];
  });
  return JSON.stringify([state.revision, state.recordedAt, recordsOf(state), subjects, log]);
}

/** Records with their keys, sorted. */
export function recordsOf(source: RecordSource): [string, unknown][] {
  return RECORD_KINDS.flatMap((kind) =>
    [...source.entries(kind)].map(([key, each]): [string, unknown] => [`${kind}/${key}`, each]),
  ).sort(([a], [b]) => (a < b ? -1 : 1));
}
