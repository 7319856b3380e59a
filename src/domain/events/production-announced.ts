import { eventType } from './event-type.js';
import { Count, Country, DateOrInterval, OneOf, Optional, Part, Slug, Text } from './fields.js';
import { Investment } from './investment.js';
import { PRODUCTION_MODES, type ProductionMode } from '../state/records.js';

export class ProductionAnnounced {
  @Slug('Names the site among those of the automaker')
  site!: string;

  @Text('Name of the site', 200)
  name!: string;

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
  @DateOrInterval('When it is to start')
  startsOn?: string;

  @Optional()
  @Part(Investment, 'What is invested')
  investment?: Investment;
}

export const productionAnnounced = eventType({
  type: 'ProductionAnnounced',
  summary: 'An automaker announced to build cars at a site abroad.',
  data: ProductionAnnounced,
  stream: 'automaker',
  kind: 'site',
  subject: ({ site }) => site,
  rule: (record, { data }) =>
    record?.announced && {
      rule: 'site-announced',
      message: `production at ${data.site} was announced already`,
      contradicts: record.announced.event,
    },
  effect: (record, { id, occurredOn, data }) => ({
    ...data,
    ...record,
    name: data.name,
    status: record?.status ?? 'announced',
    announced: { event: id, occurredOn },
  }),
  sentence: ({ name, market, mode, annualCapacity, startsOn }, { automaker, place }) => {
    const terms = [
      mode,
      annualCapacity && `${annualCapacity.toLocaleString('en-GB')} units a year`,
      startsOn && `from ${startsOn}`,
    ].filter(Boolean);
    return `${automaker} announced production at ${name}, ${place(market)}${terms.length ? ` (${terms.join(', ')})` : ''}`;
  },
});
