import { eventType } from './event-type.js';
import { Country, DateOrInterval, OneOf, Optional, Slug, Text, Texts } from './fields.js';
import { alreadyPresent, inTheHomeMarket, wayInWords } from './market-entry.js';
import { ENTRY_MODES, type EntryMode } from '../state/records.js';
import { withoutPlan } from '../state/market-stays.js';
import { PersistentList } from '../state/persistent-list.js';
import { occurrenceOf } from '../state/occurrence.js';

export class MarketEntryAnnounced {
  @Country('The market that it is to enter')
  market!: string;

  @Optional()
  @DateOrInterval('When it is to start there')
  startsOn?: string;

  @Optional()
  @OneOf(ENTRY_MODES, 'How it is to sell there')
  entryMode?: EntryMode;

  @Optional()
  @Text('The partner that it is to enter with', 200)
  partner?: string;

  @Optional()
  @Texts('The models that it is to start with')
  models?: string[];

  @Optional()
  @Slug('The brand or group that is to enter, where it is not the automaker as such')
  entity?: string;
}

export const marketEntryAnnounced = eventType({
  type: 'MarketEntryAnnounced',
  summary: 'An automaker announced that it will sell in a market abroad, or when and how anew.',
  data: MarketEntryAnnounced,
  stream: 'automaker',
  kind: 'market',
  subject: ({ market }) => market,
  rule: (record, { data }, { automaker }) => inTheHomeMarket(data, automaker) ?? alreadyPresent(record, data),
  // The latest announcement replaces the earlier plan.
  effect: (record, { data: { market, ...how }, ...event }) => ({
    market,
    present: record?.present ?? false,
    stays: record?.stays ?? PersistentList.empty(),
    planned: [...(withoutPlan(record, how.entity).planned ?? []), { ...occurrenceOf(event), ...how }],
  }),
  duplicateKey: ({ entity, startsOn, entryMode, partner }) =>
    [entity, startsOn, entryMode, partner].map((each) => each ?? '').join('|'),
  sentence: (data, words) =>
    `${words.automaker} announced that it will enter ${words.place(data.market)}${wayInWords(data, words)}`,
});
