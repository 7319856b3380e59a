import { eventType } from './event-type.js';
import { DateOrInterval, ManyOf, Market, OneOf, Optional, Rate, Slugs, Text } from './fields.js';
import { CONDITION_KINDS, POWERTRAINS, type ConditionKind, type Powertrain } from '../state/records.js';
import { grown } from '../state/subject-state.js';
import { identityOf } from '../ledger/text.js';

export class MarketConditionChanged {
  @Market('The market; EU for the customs union')
  market!: string;

  @OneOf(CONDITION_KINDS, 'What kind of condition')
  kind!: ConditionKind;

  @Optional()
  @Rate('The new rate, in percent')
  rate?: number;

  @Text('Who or what it applies to, in words', 500)
  appliesTo!: string;

  @Optional()
  @Slugs('The automakers of this ledger that it names')
  automakers?: string[];

  @Optional()
  @ManyOf(POWERTRAINS, 'The powertrains that it applies to, where it tells them apart')
  powertrains?: Powertrain[];

  @Optional()
  @DateOrInterval('When it takes effect, where known')
  effectiveOn?: string;
}

export const marketConditionChanged = eventType({
  type: 'MarketConditionChanged',
  summary: 'A tariff, quota, rule or other condition of a market changed, whoever sells there.',
  data: MarketConditionChanged,
  stream: 'market',
  kind: 'condition',
  subject: ({ kind, appliesTo }) => `${kind}/${identityOf(appliesTo)}`,
  effect: (record, { id, occurredOn, data: { market, kind, appliesTo, ...change } }) => ({
    market,
    kind,
    appliesTo,
    changes: grown(record?.changes, { event: id, occurredOn, ...change }),
  }),
  duplicateKey: ({ rate, effectiveOn }) => `${rate ?? ''}|${effectiveOn ?? ''}`,
  sentence: ({ market, kind, rate, appliesTo, effectiveOn }, { place }) =>
    `${place(market)}: ${kind}${rate === undefined ? '' : ` of ${rate} %`} for ${appliesTo}${effectiveOn ? ` from ${effectiveOn}` : ''}`,
});
