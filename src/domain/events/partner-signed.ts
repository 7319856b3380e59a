import { eventType } from './event-type.js';
import { ManyOf, Markets, Optional, Part, Percent, Slug, Text } from './fields.js';
import { Investment } from './investment.js';
import { PARTNER_ROLES, type PartnerRole } from '../state/records.js';
import { identityOf } from '../ledger/text.js';

export class PartnerSigned {
  @Slug('Names the partnership among those of the automaker')
  partnership!: string;

  @Text('Name of the partner', 200)
  partner!: string;

  @ManyOf(PARTNER_ROLES, 'What the partner does')
  roles!: PartnerRole[];

  @Markets('Where it does so')
  markets!: string[];

  @Optional()
  @Percent('Share of equity that changed hands, in percent')
  equityShare?: number;

  @Optional()
  @Part(Investment, 'What is invested')
  investment?: Investment;
}

export const partnerSigned = eventType({
  type: 'PartnerSigned',
  summary: 'An automaker signed with a partner.',
  data: PartnerSigned,
  stream: 'automaker',
  kind: 'partnership',
  subject: ({ partnership }) => partnership,
  rule: (record, { data }) =>
    record && {
      rule: 'partnership-exists',
      message: `the partnership ${data.partnership} was signed already; choose another slug for another one`,
      contradicts: record.signed.event,
    },
  effect: (_, { id, occurredOn, data }) => ({ ...data, signed: { event: id, occurredOn } }),
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
            events: others.map((other) => other.signed.event),
          },
        ];
  },
  sentence: ({ partner, roles, markets }, { automaker, place }) =>
    `${automaker} signed ${partner} (${roles.join(', ')}) for ${markets.map(place).join(', ')}`,
});
