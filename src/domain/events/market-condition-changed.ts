import { valueInWords, withCapital } from '../words/values.js';
import { dateInWords } from '../words/dates.js';
import { earlierVersion, eventType } from './event-type.js';
import { DateOrInterval, ManyOf, Market, MarketOrEu, OneOf, Optional, Rate, Slugs, Text } from './fields.js';
import {
  CONDITION_KINDS,
  CONDITION_STAGES,
  POWERTRAINS,
  type ConditionKind,
  type ConditionStage,
  type Powertrain,
} from '../state/choices.js';
import { grown } from '../state/subject-state.js';
import { identityOf } from '../ledger/text.js';

/** A change before stages were introduced. */
class MarketConditionChangedV1 {
  @MarketOrEu('The market; EU for the customs union')
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

export class MarketConditionChanged {
  @Market('The market: a country, or a region such as EU, the customs union')
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

  @Optional()
  @OneOf(CONDITION_STAGES, 'How far it has come; only what is in force is law. Left out: in force')
  stage?: ConditionStage;
}

export const marketConditionChanged = eventType({
  type: 'MarketConditionChanged',
  summary: 'A tariff, quota, rule or other condition of a market changed, or is to, whoever sells there.',
  data: MarketConditionChanged,
  previous: earlierVersion({
    data: MarketConditionChangedV1,
    upcast: (data): MarketConditionChanged => ({ ...data }),
  }),
  stream: 'market',
  kind: 'condition',
  subject: ({ kind, appliesTo }) => `${kind}/${identityOf(appliesTo)}`,
  effect: (record, { id, occurredOn, data: { market, kind, appliesTo, ...change } }) => ({
    market,
    kind,
    appliesTo,
    changes: grown(record?.changes, { event: id, occurredOn, ...change }),
  }),
  duplicateKey: ({ rate, effectiveOn, stage }) =>
    `${rate ?? ''}|${effectiveOn ?? ''}${stage === undefined ? '' : `|${stage}`}`,
  sentence: ({ market, kind, rate, appliesTo, effectiveOn, stage }, { place }) =>
    `${withCapital(place(market))}: ${stage === undefined ? '' : STAGE_WORDS[stage]}${valueInWords(kind)}${rateInWords(kind, rate)}${effectiveOn ? `, in effect ${effectiveOn.includes('/') ? '' : 'from '}${dateInWords(effectiveOn)}` : ''} (${appliesTo})`,
});

const STAGE_WORDS: Readonly<Record<ConditionStage, string>> = {
  proposed: 'proposed ',
  provisional: 'provisional ',
  'in-force': 'in force: ',
  ended: 'ended: ',
};

/** Whether a rate is that of a duty beside the condition, because a price or a quota has no percentage. */
export const isRateOfDuty = (kind: ConditionKind): boolean => kind === 'minimum-price' || kind === 'quota';

function rateInWords(kind: ConditionKind, rate: number | undefined): string {
  if (rate === undefined) return '';
  if (kind === 'minimum-price' && rate === 0) return ' in place of the duty';
  return isRateOfDuty(kind) ? ` with a duty of ${rate} %` : ` of ${rate} %`;
}
