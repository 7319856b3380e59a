import { withArticle } from '../words/values.js';
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
  sentence: ({ approach, elements }, { automaker }) =>
    `${automaker} changed its strategy to ${withArticle(approachInWords(approach))} one: ${elements.join('; ')}`,
});
