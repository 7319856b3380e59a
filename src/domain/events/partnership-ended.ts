import { eventType } from './event-type.js';
import { Optional, Slug, Text } from './fields.js';

export class PartnershipEnded {
  @Slug('The partnership')
  partnership!: string;

  @Optional()
  @Text('Why, where it was said')
  reason?: string;
}

export const partnershipEnded = eventType({
  type: 'PartnershipEnded',
  summary: 'A partnership came to its end.',
  data: PartnershipEnded,
  stream: 'automaker',
  kind: 'partnership',
  subject: ({ partnership }) => partnership,
  rule: (record, { data }) => {
    if (!record) {
      return {
        rule: 'partnership-not-signed',
        message: `the partnership ${data.partnership} was not signed by then`,
      };
    }
    return (
      record.ended && {
        rule: 'partnership-ended',
        message: `the partnership ${data.partnership} had ended by then`,
        contradicts: record.ended.event,
      }
    );
  },
  effect: (record, { id, occurredOn, data: { partnership, ...why } }) => {
    if (!record) throw new Error(`partnership ${partnership} ends before it is signed`);
    return { ...record, ended: { event: id, occurredOn, ...why } };
  },
  sentence: ({ partnership, reason }, { automaker }) =>
    `${automaker} ended the partnership ${partnership}${reason ? `: ${reason}` : ''}`,
});
