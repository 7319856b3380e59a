import { definitionOf, isAmendment } from '../events/catalogue.js';
import { progressOf, type Progress } from '../goals/progress.js';
import { decide } from '../ledger/decide.js';
import { CONFIRMATIONS } from '../ledger/doubts.js';
import type { Day } from '../ledger/edtf.js';
import type { Proposal } from '../ledger/proposal.js';
import { automakerStream, marketStream } from '../ledger/streams.js';
import { automakerFrom, type Automaker } from '../state/automaker.js';
import type { ConditionRecord } from '../state/records.js';
import { StreamState } from '../state/stream-state.js';
import type { Naming } from '../words/goals.js';

const ID = 'example-motors';
const EXAMPLE_NAME = 'Example Motors';

/** The instant at which the made-up events are recorded. */
const RECORDED_AT = '2027-03-01T12:00:00.000Z';

/** A made-up event: its type, date and data. */
export type Fact = readonly [type: Proposal['type'], occurredOn: Day, data: object];

/** A made-up automaker, and its events as sentences. */
export interface MadeUp {
  readonly told: readonly string[];
  readonly automaker: Automaker;
}

/**
 * Records made-up events of one automaker under the same rules as real ones. Throws if the rules refuse them.
 */
export function madeUpBy(facts: readonly Fact[], naming: Naming): MadeUp {
  const registered: Fact = ['AutomakerRegistered', '2014-01-01', { name: EXAMPLE_NAME, homeMarket: 'CN' }];
  const automaker = automakerFrom(ID, recorded(automakerStream(ID), [registered, ...facts]));
  if (!automaker) throw new Error('the made-up automaker is not registered');
  return { told: facts.map(([type, , data]) => sentenceOf(type, data, naming)), automaker };
}

/** The verdict on a given day on the first goal among the made-up events. Throws if there is no goal. */
export function judged(
  facts: readonly Fact[],
  on: Day,
  naming: Naming,
): MadeUp & { readonly progress: Progress } {
  const madeUp = madeUpBy(facts, naming);
  const [goal] = madeUp.automaker.targets;
  if (!goal) throw new Error('the made-up automaker has no goal');
  return { ...madeUp, progress: progressOf(madeUp.automaker, goal, on) };
}

/** The market conditions that result from made-up events, and the events as sentences. */
export function conditionsOf(
  market: string,
  facts: readonly Fact[],
  naming: Naming,
): { readonly told: readonly string[]; readonly conditions: readonly ConditionRecord[] } {
  const state = recorded(marketStream(market), facts);
  return {
    told: facts.map(([type, , data]) => sentenceOf(type, data, naming)),
    conditions: [...state.entries('condition')].map(([, record]) => record),
  };
}

function recorded(stream: string, facts: readonly Fact[]): StreamState {
  const proposals = facts.map(([type, occurredOn, data]): Proposal => ({
    type,
    occurredOn,
    data,
    confirm: [...CONFIRMATIONS],
    evidence: [{ url: 'https://example.com/made-up', publisher: 'Example', grade: 'confirmed' }],
  }));
  const decision = decide(
    StreamState.of(stream),
    proposals,
    { now: RECORDED_AT, author: 'example' },
    (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  if (decision.kind !== 'accepted')
    throw new Error(`a made-up event is refused: ${JSON.stringify(decision)}`);
  return decision.state;
}

function sentenceOf(type: string, data: object, naming: Naming): string {
  const definition = definitionOf(type);
  const words = { ...naming, automaker: EXAMPLE_NAME };
  return isAmendment(definition) ? '' : definition.sentence(data, words);
}
