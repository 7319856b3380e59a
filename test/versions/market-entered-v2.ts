import { earlierVersion, eventType } from '../../src/domain/events/event-type.js';
import { Country, OneOf, Optional, Text, Texts } from '../../src/domain/events/fields.js';
import { ENTRY_MODES, type EntryMode } from '../../src/domain/state/records.js';
import { grown } from '../../src/domain/state/subject-state.js';

/** The current schema. */
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

/** A possible future schema: `partner` is renamed, `channel` is required, and `models` may be any text. */
export class MarketEntered {
  @OneOf(['dealers', 'direct', 'untold'], 'To whom it sells')
  channel!: string;

  @Country('The market that it entered')
  market!: string;

  @Optional()
  @Text('The importer', 200)
  importer?: string;

  @Optional()
  @OneOf(ENTRY_MODES, 'How it sells there')
  entryMode?: EntryMode;

  @Optional()
  @Text('The models that it started with')
  models?: string;
}

export const marketEntered = eventType({
  type: 'MarketEntered',
  summary: 'An automaker began to sell in a market abroad.',
  data: MarketEntered,
  previous: earlierVersion({
    data: MarketEnteredV1,
    upcast: ({ partner, models, ...same }): MarketEntered => ({
      ...same,
      channel: 'untold',
      ...(partner !== undefined && { importer: partner }),
      ...(models && { models: models.join(', ') }),
    }),
  }),
  stream: 'automaker',
  kind: 'market',
  subject: ({ market }) => market,
  effect: (record, { id, occurredOn, data: { market, entryMode, importer, models } }) => ({
    market,
    present: true,
    stays: grown(record?.stays, {
      entered: { event: id, occurredOn },
      ...(entryMode && { entryMode }),
      ...(importer !== undefined && { partner: importer }),
      ...(models !== undefined && { models: [models] }),
    }),
  }),
  sentence: ({ market, channel, importer }, { automaker, place }) =>
    `${automaker} entered ${place(market)} (${channel}, ${importer ?? 'alone'})`,
});
