import { eventType } from './event-type.js';
import { Country, Text } from './fields.js';

export class MarketExited {
  @Country('The market that it left')
  market!: string;

  @Text('Why, as the automaker or its source says')
  reason!: string;
}

export const marketExited = eventType({
  type: 'MarketExited',
  summary: 'An automaker stopped selling in a market.',
  data: MarketExited,
  stream: 'automaker',
  kind: 'market',
  subject: ({ market }) => market,
  rule: (record, { data }) => {
    if (record?.present) return undefined;
    const left = record?.stays.last?.exited;
    return {
      rule: 'not-present',
      message: `it is not present in ${data.market} on that day`,
      ...(left && { contradicts: left.event }),
    };
  },
  effect: (record, { id, occurredOn, data }) => {
    const last = record?.stays.last;
    if (!last) throw new Error(`${data.market} is left before it is entered`);
    const exited = { event: id, occurredOn, reason: data.reason };
    const stays = record.stays.set(record.stays.size - 1, { ...last, exited });
    return { market: data.market, present: false, stays };
  },
  sentence: ({ market, reason }, { automaker, place }) => `${automaker} left ${place(market)}: ${reason}`,
});
