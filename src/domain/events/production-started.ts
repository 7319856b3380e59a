import { eventType } from './event-type.js';
import { Count, Country, OneOf, Optional, Part, Slug, Text } from './fields.js';
import { Investment } from './investment.js';
import { PRODUCTION_MODES, type ProductionMode } from '../state/records.js';

export class ProductionStarted {
  @Slug('The site')
  site!: string;

  @Country('Where it is')
  market!: string;

  @Optional()
  @OneOf(PRODUCTION_MODES, 'How it builds: from kits (ckd, skd), by a contractor, in a joint or an own plant')
  mode?: ProductionMode;

  @Optional()
  @Text('The partner that builds, or owns a part', 200)
  partner?: string;

  @Optional()
  @Count('Units a year')
  annualCapacity?: number;

  @Optional()
  @Part(Investment, 'What is invested')
  investment?: Investment;
}

export const productionStarted = eventType({
  type: 'ProductionStarted',
  summary: 'Cars are built at a site abroad from now on.',
  data: ProductionStarted,
  stream: 'automaker',
  kind: 'site',
  subject: ({ site }) => site,
  rule: (record, { data }) =>
    record?.status === 'running'
      ? {
          rule: 'already-running',
          message: `production at ${data.site} is running since ${record.started?.occurredOn ?? 'earlier'}`,
          ...(record.started && { contradicts: record.started.event }),
        }
      : undefined,
  effect: (record, { id, occurredOn, data }) => {
    const { ended: _ended, ...before } = record ?? { name: data.site };
    return { ...before, ...data, status: 'running', started: { event: id, occurredOn } };
  },
  sentence: ({ site, market, mode }, { automaker, place }) =>
    `${automaker} started production at ${site}, ${place(market)}${mode ? ` (${mode})` : ''}`,
});
