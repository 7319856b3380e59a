import { CONFIRMATIONS } from '../../src/domain/ledger/doubts.js';
import { decide, type Decision } from '../../src/domain/ledger/decide.js';
import type { StreamEvent } from '../../src/domain/ledger/event.js';
import { readProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import type { RecordKind, SubjectState } from '../../src/domain/state/records.js';
import { StreamState } from '../../src/domain/state/stream-state.js';
import { recordOf } from '../../src/domain/state/subject-state.js';
import { inTodaysVersion } from '../../src/domain/events/versions.js';

export const NOW = '2026-11-23T12:00:00.000Z';
const SOURCE = [{ url: 'https://example.com/source', publisher: 'Example', grade: 'reported' as const }];

/** A proposal with a source. Amendments have no date. */
export function proposal(
  type: Proposal['type'],
  occurredOn: string | undefined,
  data: object,
  over: Partial<Proposal> = {},
): Proposal {
  const isAct = occurredOn === undefined;
  return { type, ...(!isAct && { occurredOn }), data, ...(!isAct && { evidence: SOURCE }), ...over };
}

export const registered = proposal('AutomakerRegistered', '2014', { name: 'XPeng', homeMarket: 'CN' });

/** The id of the n-th event of a specification, from 0. */
export const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

export interface Given {
  readonly state: StreamState;
  readonly count: number;
  when(...proposals: Proposal[]): Then;
}

export interface Then {
  readonly decision: Decision;
  accepted(): StreamState;
  /** Expects a refusal by exactly this rule, which names exactly these given or proposed events by index. */
  refused(rule: string, ...contradicts: number[]): void;
  /** Expects a refusal as invalid, with exactly these wrong fields. */
  invalid(...fields: string[]): void;
  /** Expects a refusal as a duplicate of this event. */
  duplicateOf(index: number): void;
}

/**
 * Given events, when proposals, then accepted or refused. Given events have the ids 0, 1 …, and proposed
 * events continue the numbering.
 */
export const given = (...proposals: Proposal[]): Given => givenIn('automaker-xpeng', ...proposals);

/** Like `given`, for another stream, for example that of a market. */
export function givenIn(stream: string, ...proposals: Proposal[]): Given {
  // Given events have happened, so all doubts about them are confirmed.
  const meant = proposals.map((each) => ({ confirm: [...CONFIRMATIONS], ...each }));
  const accepted = decided(StreamState.of(stream), meant, 0);
  if (accepted.kind !== 'accepted')
    throw new Error(`the given events are refused: ${JSON.stringify(accepted)}`);
  const { state } = accepted;
  return {
    state,
    count: proposals.length,
    when: (...next) => then(decided(state, next, proposals.length)),
  };
}

function decided(state: StreamState, proposals: readonly Proposal[], offset: number): Decision {
  for (const each of proposals) expect(readProposal(each)).not.toHaveProperty('problems');
  return decide(state, proposals, { now: NOW, author: 'tester' }, (index) => idOf(offset + index));
}

function then(decision: Decision): Then {
  return {
    decision,
    accepted: () => {
      if (decision.kind !== 'accepted') throw new Error(`refused: ${told(decision)}`);
      expect([...decision.state.contradictions()]).toEqual([]);
      return decision.state;
    },
    refused: (rule, ...contradicts) => {
      const violations =
        contradicts.length > 0 ? contradicts.map((n) => ({ rule, contradicts: idOf(n) })) : [{ rule }];
      if (decision.kind !== 'contradiction') throw new Error(`not refused by a rule: ${told(decision)}`);
      expect(decision.violations.map(({ message: _, ...named }) => named)).toEqual(violations);
    },
    invalid: (...fields) => {
      if (decision.kind !== 'invalid') throw new Error(`not refused as invalid: ${told(decision)}`);
      expect(decision.problems.map(({ field }) => field)).toEqual(fields);
    },
    duplicateOf: (index) => {
      expect(decision).toMatchObject({ kind: 'duplicate', duplicateOf: idOf(index) });
    },
  };
}

/** A decision without its state, for failure messages. */
const told = (decision: Decision): string =>
  JSON.stringify(decision.kind === 'accepted' ? decision.events : decision);

/** The record of a subject as plain data; undefined if there is none. */
export function recordIn<K extends RecordKind>(
  of: StreamState,
  kind: K,
  key: string,
): SubjectState[K] | undefined {
  const state = of.record(kind, key);
  return state && recordOf<K>(state);
}

/** A recorded event for tests that fold without deciding. */
export function recordedEvent(
  index: number,
  from: Proposal,
  recordedAt = NOW,
  stream = 'automaker-xpeng',
): StreamEvent {
  const { type, occurredOn = recordedAt.slice(0, 10), data, evidence = [] } = from;
  const event = {
    id: idOf(index),
    stream,
    revision: index,
    type,
    occurredOn,
    data,
    evidence,
    recordedAt,
    recordedBy: 'tester',
  };
  return inTodaysVersion(event) as unknown as StreamEvent;
}
