import { eventType } from './event-type.js';
import { Country, OneOf, Optional, Slug, Text } from './fields.js';
import { wayInWords } from './market-entry.js';
import { ENTRY_MODES, type EntryMode, type MarketStay } from '../state/records.js';
import { openStay } from '../state/market-stays.js';

export class MarketEntryChanged {
  @Country('The market where it sells another way from now on')
  market!: string;

  @Optional()
  @OneOf(ENTRY_MODES, 'How it sells there from now on')
  entryMode?: EntryMode;

  @Optional()
  @Text('The partner that it sells with from now on, such as a new importer', 200)
  partner?: string;

  @Optional()
  @Slug('The brand or group that it is about, where it is not the automaker as such')
  entity?: string;
}

export const marketEntryChanged = eventType({
  type: 'MarketEntryChanged',
  summary: 'An automaker sells in a market another way: with a new importer, through a company of its own.',
  data: MarketEntryChanged,
  stream: 'automaker',
  kind: 'market',
  subject: ({ market }) => market,
  check: ({ entryMode, partner }) =>
    entryMode === undefined && partner === undefined
      ? [{ field: 'entryMode', message: 'is missing; give it, or the partner, or both' }]
      : [],
  rule: (record, { data: { market, entity } }) =>
    openStay(record, entity)
      ? undefined
      : {
          rule: 'not-present',
          message: `${entity ?? 'it'} is not present in ${market} on that day; record MarketEntered first`,
        },
  effect: (record, { id, occurredOn, data: { market, entity, entryMode, partner } }) => {
    if (!record) throw new Error(`the way into ${market} changes before it is entered`);
    const index = record.stays.toArray().findLastIndex((stay) => stay.entity === entity);
    const stay = record.stays.get(index);
    if (!stay) throw new Error(`nobody is in ${market} whose way could change`);
    const { partner: _before, ...rest } = stay;
    // A partner belongs to an entry mode. After a change of mode, only a newly named partner applies.
    const now = entryMode === undefined || entryMode === stay.entryMode ? (partner ?? stay.partner) : partner;
    const way = { ...(entryMode !== undefined && { entryMode }), ...(partner !== undefined && { partner }) };
    const changed: MarketStay = {
      ...rest,
      ...(entryMode !== undefined && { entryMode }),
      ...(now !== undefined && { partner: now }),
      changes: [...(stay.changes ?? []), { event: id, occurredOn, ...way }],
    };
    return { ...record, stays: record.stays.set(index, changed) };
  },
  duplicateKey: ({ entity, entryMode, partner }) =>
    [entity, entryMode, partner].map((each) => each ?? '').join('|'),
  sentence: (data, words) =>
    `${words.automaker} sells another way in ${words.place(data.market)} from now on${wayInWords(data, words)}`,
});
