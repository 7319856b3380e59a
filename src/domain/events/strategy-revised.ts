import { eventType } from './event-type.js';
import { approachInWords, StrategyDeclared, strategyKey, withVersion } from './strategy-declared.js';

export class StrategyRevised extends StrategyDeclared {}

export const strategyRevised = eventType({
  type: 'StrategyRevised',
  summary: 'An automaker changed how it goes abroad.',
  data: StrategyRevised,
  stream: 'automaker',
  kind: 'strategy',
  subject: () => '',
  rule: (record) =>
    record
      ? undefined
      : { rule: 'no-strategy', message: 'no strategy was declared by then that could be revised' },
  effect: withVersion('StrategyRevised'),
  duplicateKey: strategyKey,
  // Most revisions add to a strategy and keep its approach, so the sentence does not claim a change of approach.
  sentence: ({ approach, elements }, { automaker }) =>
    `${automaker} told more of its strategy (${approachInWords(approach)}): ${elements.join('; ')}`,
});
