import { listInWords, roleInWords } from '../words/values.js';
import { earlierVersion, eventType } from './event-type.js';
import { ManyOf, Markets, MarketsOrEu, OneOf, Optional, Part, Percent, Slug, Text } from './fields.js';
import { Investment } from './investment.js';
import { PARTNER_ROLES, PARTNER_STAGES, type PartnerRole, type PartnerStage } from '../state/records.js';
import { identityOf } from '../ledger/text.js';

/** A signature before memoranda and worldwide partnerships were introduced. */
class PartnerSignedV1 {
  @Slug('A short name of your own, which no other partnership of the automaker has')
  partnership!: string;

  @Text('Name of the partner', 200)
  partner!: string;

  @ManyOf(PARTNER_ROLES, 'What the partner does')
  roles!: PartnerRole[];

  @MarketsOrEu('Where it does so')
  markets!: string[];

  @Optional()
  @Percent('Share of equity that changed hands, in percent')
  equityShare?: number;

  @Optional()
  @Part(Investment, 'What is invested')
  investment?: Investment;
}

export class PartnerSigned {
  @Slug('A short name of your own, which no other partnership of the automaker has')
  partnership!: string;

  @Text('Name of the partner, or its id where it is a company of this ledger', 200)
  partner!: string;

  @ManyOf(PARTNER_ROLES, 'What the partner does')
  roles!: PartnerRole[];

  @Optional()
  @Markets('Where it does so; left out where it does so worldwide')
  markets?: string[];

  @Optional()
  @Percent('Share of equity that changed hands, in percent')
  equityShare?: number;

  @Optional()
  @Part(Investment, 'What is invested')
  investment?: Investment;

  @Optional()
  @OneOf(['worldwide'], 'worldwide: of no market in particular')
  scope?: 'worldwide';

  @Optional()
  @OneOf(PARTNER_STAGES, 'memorandum: what binds nobody yet; signed where it is left out')
  stage?: PartnerStage;
}

export const partnerSigned = eventType({
  type: 'PartnerSigned',
  summary: 'An automaker signed with a partner, or a memorandum with one.',
  data: PartnerSigned,
  previous: earlierVersion({ data: PartnerSignedV1, upcast: (data): PartnerSigned => ({ ...data }) }),
  stream: 'automaker',
  kind: 'partnership',
  subject: ({ partnership }) => partnership,
  check: ({ markets, scope }) =>
    (markets === undefined) === (scope === undefined)
      ? [{ field: 'markets', message: 'must name the markets, or scope must be worldwide: one of the two' }]
      : [],
  rule: (record, { data }) => {
    if (!record) return undefined;
    // The contract that follows a memorandum keeps its id.
    if (record.stage === 'memorandum' && data.stage !== 'memorandum' && !record.ended) return undefined;
    const before = record.signed ?? record.ended;
    return {
      rule: 'partnership-exists',
      message: `the partnership ${data.partnership} was ${record.signed ? 'signed' : 'ended'} already; choose another slug for another one`,
      ...(before && { contradicts: before.event }),
    };
  },
  effect: (record, { id, occurredOn, data: { markets = [], ...data } }) => ({
    ...data,
    markets,
    signed: { event: id, occurredOn },
    ...(record?.signed && { memorandum: record.signed }),
  }),
  duplicateKey: ({ stage }) => (stage === 'memorandum' ? stage : ''),
  warnings: ({ data }, stream) => {
    const name = identityOf(data.partner);
    const others = [...stream.records('partnership')]
      .filter(
        (other) =>
          other.partnership !== data.partnership && identityOf(other.partner) === name && !other.ended,
      )
      .sort((a, b) => (a.partnership < b.partnership ? -1 : 1));
    return others.length === 0
      ? []
      : [
          {
            code: 'partner-signed-twice',
            message: `${data.partner} is signed already, as ${others.map((other) => other.partnership).join(', ')}`,
            events: others.flatMap((other) => other.signed?.event ?? []),
          },
        ];
  },
  sentence: ({ partner, roles, markets, stage }, { automaker, place }) =>
    `${automaker} signed ${stage === 'memorandum' ? 'a memorandum with ' : ''}${partner} (${listInWords(roles.map(roleInWords))}) ${markets ? `for ${listInWords(markets.map(place))}` : 'worldwide'}`,
});
