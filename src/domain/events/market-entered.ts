import { eventType } from './event-type.js';
import { Country, OneOf, Optional, Text, Texts } from './fields.js';
import { ENTRY_MODES, type EntryMode } from '../state/records.js';
import { grown } from '../state/subject-state.js';

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
}

export const marketEntered = eventType({
  type: 'MarketEntered',
  summary: 'An automaker began to sell in a market abroad.',
  data: MarketEntered,
  stream: 'automaker',
  kind: 'market',
  subject: ({ market }) => market,
  rule: (record, { data }, { automaker }) => {
    if (automaker?.homeMarket === data.market) {
      return {
        rule: 'home-market',
        message: `${data.market} is its home market, which cannot be entered`,
        contradicts: automaker.registered.event,
      };
    }
    const stay = record?.stays.last;
    return record?.present && stay
      ? {
          rule: 'already-present',
          message: `it is present in ${data.market} since ${stay.entered.occurredOn}`,
          contradicts: stay.entered.event,
        }
      : undefined;
  },
  effect: (record, { id, occurredOn, data: { market, ...how } }) => ({
    market,
    present: true,
    stays: grown(record?.stays, { entered: { event: id, occurredOn }, ...how }),
  }),
  sentence: ({ market, entryMode, partner }, { automaker, place }) => {
    const how = [entryMode, partner && `with ${partner}`].filter(Boolean).join(', ');
    return `${automaker} entered ${place(market)}${how && ` (${how})`}`;
  },
});
