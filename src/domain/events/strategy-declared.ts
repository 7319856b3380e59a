import { withArticle } from '../words/values.js';
import { eventType } from './event-type.js';
import { OneOf, Text, Texts } from './fields.js';
import { APPROACHES, type Approach, type EffectiveEvent } from '../state/records.js';
import { grown, type SubjectStates } from '../state/subject-state.js';
import { identityOf } from '../ledger/text.js';

export class StrategyDeclared {
  @OneOf(APPROACHES, 'The main way of going abroad')
  approach!: Approach;

  @Texts('What the strategy consists of, in short phrases')
  elements!: string[];

  @Text('Why, as the automaker or its source says')
  rationale!: string;
}

/** The wording of an approach in front of the word "strategy". */
export const approachInWords = (approach: Approach): string =>
  approach === 'localised-manufacturing' ? 'local-manufacturing' : approach;

/** Adds a version to the strategy. */
export const withVersion =
  (type: 'StrategyDeclared' | 'StrategyRevised') =>
  (
    state: SubjectStates['strategy'] | undefined,
    { id, occurredOn, data }: EffectiveEvent<StrategyDeclared>,
  ): SubjectStates['strategy'] => ({
    versions: grown(state?.versions, { event: id, occurredOn, type, ...data }),
  });

export const strategyKey = ({ approach, elements }: StrategyDeclared): string =>
  `${approach}|${elements.map(identityOf).join('|')}`;

export const strategyDeclared = eventType({
  type: 'StrategyDeclared',
  summary: 'An automaker said how it goes abroad.',
  data: StrategyDeclared,
  stream: 'automaker',
  kind: 'strategy',
  subject: () => '',
  effect: withVersion('StrategyDeclared'),
  duplicateKey: strategyKey,
  sentence: ({ approach, elements }, { automaker }) =>
    `${automaker} declared ${withArticle(approachInWords(approach))} strategy: ${elements.join('; ')}`,
});
