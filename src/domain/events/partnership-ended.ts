import { companyFromSlug } from '../words/values.js';
import { earlierVersion, eventType } from './event-type.js';
import { Optional, Slug, Text } from './fields.js';

/** An end before partnerships without a logged start could end. */
class PartnershipEndedV1 {
  @Slug('The partnership')
  partnership!: string;

  @Optional()
  @Text('Why, where it was said')
  reason?: string;
}

export class PartnershipEnded {
  @Slug('The partnership')
  partnership!: string;

  @Optional()
  @Text('Why, where it was said')
  reason?: string;

  @Optional()
  @Text('Name of the partner, or its id, where the start of the partnership is not logged', 200)
  partner?: string;
}

export const partnershipEnded = eventType({
  type: 'PartnershipEnded',
  summary: 'A partnership came to its end.',
  data: PartnershipEnded,
  previous: earlierVersion({
    data: PartnershipEndedV1,
    upcast: (data): PartnershipEnded => ({ ...data }),
  }),
  stream: 'automaker',
  kind: 'partnership',
  subject: ({ partnership }) => partnership,
  rule: (record, { data }) =>
    record?.ended && {
      rule: 'partnership-ended',
      message: `the partnership ${data.partnership} had ended by then`,
      contradicts: record.ended.event,
    },
  effect: (record, { id, occurredOn, data: { partnership, partner, ...why } }) => ({
    ...(record ?? { partnership, partner: partner ?? partnership, roles: [], markets: [] }),
    ended: { event: id, occurredOn, ...why },
  }),
  warnings: ({ data: { partnership } }, stream) =>
    stream.record('partnership', partnership)
      ? []
      : [{ code: 'end-without-start', message: `no start of the partnership ${partnership} is logged` }],
  sentence: ({ partnership, partner, reason }, { automaker, named }) =>
    `${automaker} ended the partnership ${partnerOf(partnership, partner ?? named?.('partnership', partnership))}${reason === undefined ? '' : `: ${reason}`}`,
});

const partnerOf = (partnership: string, partner: string | undefined): string =>
  partner === undefined || partner === partnership
    ? `called ${companyFromSlug(partnership)}`
    : `with ${partner}`;
