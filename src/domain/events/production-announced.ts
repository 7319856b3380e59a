import { whenInWords } from '../words/dates.js';
import { atSite, valueInWords } from '../words/values.js';
import { earlierVersion, eventType } from './event-type.js';
import { Count, Country, DateOrInterval, OneOf, Optional, Part, Slug, Text } from './fields.js';
import { capitalIn, Investment } from './investment.js';
import {
  capacityInWords,
  PRODUCTION_MODES_V1,
  termsOfSite,
  wayOfMode,
  WayOfProduction,
  type ProductionModeV1,
} from './production.js';
import { occurrenceOf } from '../state/occurrence.js';

/** An announcement before process and ownership were separate fields. */
class ProductionAnnouncedV1 {
  @Slug('A short name of your own, which no other site of the automaker has')
  site!: string;

  @Text('Name of the site', 200)
  name!: string;

  @Country('Where it is')
  market!: string;

  @Optional()
  @OneOf(
    PRODUCTION_MODES_V1,
    'How it builds: from kits (ckd, skd), by a contractor, in a joint or an own plant',
  )
  mode?: ProductionModeV1;

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

export class ProductionAnnounced extends WayOfProduction {
  @Slug('A short name of your own, which no other site of the automaker has')
  site!: string;

  @Text('Name of the site', 200)
  name!: string;

  @Country('Where it is')
  market!: string;

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
  previous: earlierVersion({
    data: ProductionAnnouncedV1,
    upcast: ({ mode, ...same }): ProductionAnnounced => ({ ...same, ...wayOfMode(mode) }),
  }),
  stream: 'automaker',
  kind: 'site',
  subject: ({ site }) => site,
  rule: (record, { data }) =>
    record?.announced && record.status !== 'denied' && record.status !== 'cancelled'
      ? {
          rule: 'site-announced',
          message: `production at ${data.site} was announced already; a change of the plan is a ProductionPlanRevised`,
          contradicts: record.announced.event,
        }
      : undefined,
  effect: (record, { data, ...event }) => {
    const announced = occurrenceOf(event);
    // An abandoned plan starts again with the new terms.
    if (record?.status === 'denied' || record?.status === 'cancelled')
      return { ...data, ...capitalIn(data), status: 'announced', announced };
    return {
      ...data,
      ...capitalIn(data),
      ...record,
      name: data.name,
      status: record?.status ?? 'announced',
      announced,
    };
  },
  duplicateKey: ({ annualCapacity, startsOn }) => `${annualCapacity ?? ''}|${startsOn ?? ''}`,
  sentence: ({ name, market, process, ownership, annualCapacity, startsOn }, { automaker, place }) =>
    `${automaker} announced production ${atSite(name, place(market))}${termsOfSite([
      process && valueInWords(process),
      ownership && valueInWords(ownership),
      capacityInWords(annualCapacity),
      startsOn && `to start ${whenInWords(startsOn)}`,
    ])}`,
});
