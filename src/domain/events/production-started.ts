import { atSite, companyFromSlug, valueInWords } from '../words/values.js';
import { earlierVersion, eventType } from './event-type.js';
import { Count, Country, OneOf, Optional, Part, Slug, Text } from './fields.js';
import { capitalIn, Investment } from './investment.js';
import {
  capacityInWords,
  PRODUCTION_MODES_V1,
  termsOfSite,
  wayOfMode,
  WayOfProduction,
  type ProductionModeV1,
} from './production.js';
import { daysOf } from '../ledger/edtf.js';
import { STAGES, type SiteRecord, type Stage } from '../state/records.js';
import { occurrenceOf } from '../state/occurrence.js';

/** A start before process, ownership and trial runs were introduced. */
class ProductionStartedV1 {
  @Slug('The site')
  site!: string;

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
  @Part(Investment, 'What is invested')
  investment?: Investment;
}

export class ProductionStarted extends WayOfProduction {
  @Slug('The site')
  site!: string;

  @Country('Where it is')
  market!: string;

  @Optional()
  @Text('The partner that builds, or owns a part', 200)
  partner?: string;

  @Optional()
  @Count('Units a year')
  annualCapacity?: number;

  @Optional()
  @Part(Investment, 'What is invested')
  investment?: Investment;

  @Optional()
  @Text('Name of the site, where no announcement gave one', 200)
  name?: string;

  @Optional()
  @OneOf(STAGES, 'trial: a trial run, which is no production yet; series where it is left out')
  stage?: Stage;
}

const firstOf = (
  record: Pick<SiteRecord, 'started' | 'firstStarted'> | undefined,
): Pick<SiteRecord, 'firstStarted'> => {
  const first = record?.firstStarted ?? record?.started;
  return first ? { firstStarted: first } : {};
};

export const productionStarted = eventType({
  type: 'ProductionStarted',
  summary: 'Cars are built at a site abroad from now on, on trial or in series.',
  data: ProductionStarted,
  previous: earlierVersion({
    data: ProductionStartedV1,
    upcast: ({ mode, ...same }): ProductionStarted => ({ ...same, ...wayOfMode(mode) }),
  }),
  stream: 'automaker',
  kind: 'site',
  subject: ({ site }) => site,
  rule: (record, { data }) => {
    const runs = record?.status === 'running' ? record.started : undefined;
    const tried = data.stage === 'trial' && record?.status === 'trial' ? record.tried : undefined;
    const before = runs ?? tried;
    return record && (record.status === 'running' || tried)
      ? {
          rule: 'already-running',
          message: `${tried ? 'the trial run' : 'production'} at ${data.site} is running since ${before?.occurredOn ?? 'earlier'}`,
          ...(before && { contradicts: before.event }),
        }
      : undefined;
  },
  effect: (record, { data: { stage, ...data }, ...event }) => {
    const { ended: _ended, ...before } = record ?? { name: data.site };
    const began = occurrenceOf(event);
    const told = { ...data, ...capitalIn(data) };
    return stage === 'trial'
      ? { ...before, ...told, name: data.name ?? before.name, status: 'trial', tried: began }
      : {
          ...before,
          ...told,
          name: data.name ?? before.name,
          status: 'running',
          started: began,
          ...firstOf(record),
        };
  },
  duplicateKey: ({ stage }) => (stage === 'trial' ? stage : ''),
  warnings: ({ data, occurredOn }, stream) => {
    const announced = stream.record('site', data.site)?.announced;
    return announced && daysOf(occurredOn).last < daysOf(announced.occurredOn).first
      ? [
          {
            code: 'start-before-announcement',
            message: `it starts on ${occurredOn}, before its announcement of ${announced.occurredOn}`,
            events: [announced.event],
          },
        ]
      : [];
  },
  sentence: (
    { site, name, market, process, ownership, annualCapacity, stage },
    { automaker, place, named },
  ) =>
    `${automaker} started ${stage === 'trial' ? 'a trial run' : 'production'} ${atSite(name ?? named?.('site', site) ?? companyFromSlug(site), place(market))}${termsOfSite([process && valueInWords(process), ownership && valueInWords(ownership), capacityInWords(annualCapacity)])}`,
});
