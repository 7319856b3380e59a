import { earlierVersion, eventType } from './event-type.js';
import { Country, OneOf, Optional, Slug, Text, Texts } from './fields.js';
import { alreadyPresent, inTheHomeMarket, wayInWords } from './market-entry.js';
import { ENTRY_MODES, type EntryMode } from '../state/records.js';
import { plannedEntry, withoutPlan } from '../state/market-stays.js';
import { grown } from '../state/subject-state.js';
import { occurrenceOf } from '../state/occurrence.js';

/** An entry before a brand could be named. */
class MarketEnteredV1 {
  @Country('The market that it entered')
  market!: string;

  @Optional()
  @OneOf(ENTRY_MODES, 'How it sells there')
  entryMode?: EntryMode;

  @Optional()
  @Text('The partner that it entered with', 200)
  partner?: string;

  @Optional()
  @Texts('The models that it started with')
  models?: string[];
}

export class MarketEntered {
  @Country('The market that it entered')
  market!: string;

  @Optional()
  @OneOf(ENTRY_MODES, 'How it sells there')
  entryMode?: EntryMode;

  @Optional()
  @Text('The partner that it entered with', 200)
  partner?: string;

  @Optional()
  @Texts('The models that it started with')
  models?: string[];

  @Optional()
  @Slug('The brand or group that entered, where it is not the automaker as such')
  entity?: string;
}

export const marketEntered = eventType({
  type: 'MarketEntered',
  summary: 'An automaker, or one of its brands, began to sell in a market abroad.',
  data: MarketEntered,
  previous: earlierVersion({
    data: MarketEnteredV1,
    upcast: (data): MarketEntered => ({ ...data }),
  }),
  stream: 'automaker',
  kind: 'market',
  subject: ({ market }) => market,
  rule: (record, { data }, { automaker }) => inTheHomeMarket(data, automaker) ?? alreadyPresent(record, data),
  effect: (record, { data: { market, ...how }, ...event }) => {
    const plan = plannedEntry(record, how.entity);
    return {
      market,
      present: true,
      stays: grown(record?.stays, {
        entered: occurrenceOf(event),
        ...how,
        ...(plan && { announced: { event: plan.event, occurredOn: plan.occurredOn } }),
      }),
      ...withoutPlan(record, how.entity),
    };
  },
  duplicateKey: ({ entity }) => entity ?? '',
  sentence: (data, words) =>
    `${words.automaker} entered ${words.place(data.market)}${wayInWords(data, words)}`,
});
