import { decide, type Decision } from '../../src/domain/decide.js';
import type { StreamEvent } from '../../src/domain/event.js';
import { Fold } from '../../src/domain/fold.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/proposal.js';

export const NOW = '2026-11-23T12:00:00.000Z';
const SOURCE = [{ url: 'https://example.com/source', publisher: 'Example', grade: 'reported' as const }];

/** A proposal with a source; acts bring no date. */
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
  readonly fold: Fold;
  readonly count: number;
  when(...proposals: Proposal[]): Then;
}

export interface Then {
  readonly decision: Decision;
  accepted(): Fold;
  /** Refused by a rule, with the ids of the given (or proposed) events that it contradicts, by their index. */
  refused(rule: string, ...contradicts: number[]): void;
}

/** Given events, when proposals, then accepted or refused: given ones have the ids 0, 1 …, proposed ones go on from there. */
export function given(...proposals: Proposal[]): Given {
  const fold = Fold.of('automaker-xpeng');
  const accepted = decided(fold, proposals, 0);
  if (accepted.kind !== 'accepted')
    throw new Error(`the given events are refused: ${JSON.stringify(accepted)}`);
  accepted.draft.keep();
  return {
    fold,
    count: proposals.length,
    when: (...next) => then(fold, decided(fold, next, proposals.length)),
  };
}

function decided(fold: Fold, proposals: readonly Proposal[], offset: number): Decision {
  for (const each of proposals) expect(problemsOfProposal(each)).toEqual([]);
  return decide(fold, proposals, { now: NOW, author: 'tester', idOf: (index) => idOf(offset + index) });
}

function then(fold: Fold, decision: Decision): Then {
  return {
    decision,
    accepted: () => {
      if (decision.kind !== 'accepted') throw new Error(`refused: ${JSON.stringify(decision)}`);
      decision.draft.keep();
      expect([...fold.contradictions()]).toEqual([]);
      return fold;
    },
    refused: (rule, ...contradicts) => {
      expect(decision).toMatchObject({ kind: 'contradiction' });
      if (decision.kind !== 'contradiction') return;
      expect(decision.refusals.map((refusal) => refusal.rule)).toContain(rule);
      const ids = decision.refusals.flatMap((refusal) => refusal.contradicts ?? []);
      expect(ids).toEqual(expect.arrayContaining(contradicts.map(idOf)));
    },
  };
}

/** A recorded event, for folding without deciding. */
export function recordedEvent(index: number, from: Proposal, recordedAt = NOW): StreamEvent {
  const { type, occurredOn = recordedAt.slice(0, 10), data, evidence = [] } = from;
  const event = {
    id: idOf(index),
    stream: 'automaker-xpeng',
    revision: index,
    type,
    occurredOn,
    data,
    evidence,
    recordedAt,
    recordedBy: 'tester',
  };
  return event as unknown as StreamEvent;
}
