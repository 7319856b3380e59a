import { companyFromSlug } from '../words/values.js';
import { eventType } from './event-type.js';
import { Optional, Slug, Text } from './fields.js';
import type { SiteRecord } from '../state/records.js';

export class ProductionEnded {
  @Slug('The site')
  site!: string;

  @Optional()
  @Text('Why; "cancelled" where it never started')
  reason?: string;
}

const ACTIVE: ReadonlySet<SiteRecord['status']> = new Set(['announced', 'denied', 'trial', 'running']);

export const productionEnded = eventType({
  type: 'ProductionEnded',
  summary: 'Production at a site abroad ended, or its plan was given up.',
  data: ProductionEnded,
  stream: 'automaker',
  kind: 'site',
  subject: ({ site }) => site,
  rule: (record, { data }) => {
    if (record && ACTIVE.has(record.status)) return undefined;
    return {
      rule: 'site-not-active',
      message: `production at ${data.site} is neither announced nor running on that day`,
      ...(record?.ended && { contradicts: record.ended.event }),
    };
  },
  effect: (record, { id, occurredOn, data: { site, ...why } }) => {
    if (!record) throw new Error(`production at ${site} ends before it is announced`);
    const status = record.status === 'running' ? 'ended' : 'cancelled';
    return { ...record, status, ended: { event: id, occurredOn, ...why } };
  },
  sentence: ({ site, reason }, { automaker, named }) =>
    `${automaker} ended production at ${named?.('site', site) ?? companyFromSlug(site)}${reason ? `: ${reason}` : ''}`,
});
