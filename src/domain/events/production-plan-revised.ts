import { whenInWords } from '../words/dates.js';
import { companyFromSlug } from '../words/values.js';
import { eventType } from './event-type.js';
import { Count, DateOrInterval, OneOf, Optional, Slug, Text } from './fields.js';
import { capacityInWords, termsOfSite } from './production.js';
import { PLAN_CHANGES, type PlanChange } from '../state/records.js';
import { grown } from '../state/subject-state.js';

export class ProductionPlanRevised {
  @Slug('The site')
  site!: string;

  @Optional()
  @OneOf(PLAN_CHANGES, 'What became of the plan, where the words say so; denied: there is none')
  change?: PlanChange;

  @Optional()
  @Count('Units a year, as planned from now on')
  annualCapacity?: number;

  @Optional()
  @DateOrInterval('When it is to start, as planned from now on')
  startsOn?: string;

  @Optional()
  @Text('Name of the site, where it has another one now', 200)
  name?: string;

  @Optional()
  @Text('Why, where it was said')
  reason?: string;
}

export const productionPlanRevised = eventType({
  type: 'ProductionPlanRevised',
  summary: 'The plan of a site changed: its capacity, start or name; it was put off, enlarged or denied.',
  data: ProductionPlanRevised,
  stream: 'automaker',
  kind: 'site',
  subject: ({ site }) => site,
  check: ({ change, annualCapacity, startsOn, name }) =>
    [change, annualCapacity, startsOn, name].every((each) => each === undefined)
      ? [
          {
            field: 'change',
            message: 'is missing; say what changed: change, annualCapacity, startsOn or name',
          },
        ]
      : [],
  rule: (record, { data: { site } }) => {
    if (!record)
      return {
        rule: 'site-not-announced',
        message: `no production at ${site} was announced by then; record ProductionAnnounced first`,
      };
    const over = record.status === 'ended' || record.status === 'cancelled' ? record.ended : undefined;
    return (
      over && {
        rule: 'site-not-active',
        message: `production at ${site} had ended by then`,
        contradicts: over.event,
      }
    );
  },
  effect: (record, { id, occurredOn, data: { site, ...revision } }) => {
    if (!record) throw new Error(`the plan of ${site} is revised before it is announced`);
    const { change, name, annualCapacity, startsOn } = revision;
    const isBuilding = record.status === 'running';
    const status = isBuilding
      ? record.status
      : change === 'denied'
        ? ('denied' as const)
        : statusAfter(record.status);
    return {
      ...record,
      status,
      ...(name !== undefined && { name }),
      // The stated capacity of a running site stays until the plan is carried out.
      ...(annualCapacity !== undefined &&
        (isBuilding ? { plannedCapacity: annualCapacity } : { annualCapacity })),
      ...(startsOn !== undefined && { startsOn }),
      revisions: grown(record.revisions, { event: id, occurredOn, ...revision }),
    };
  },
  duplicateKey: ({ change, annualCapacity, startsOn, name }) =>
    [change, annualCapacity, startsOn, name].map((each) => String(each ?? '')).join('|'),
  sentence: ({ site, change, annualCapacity, startsOn, name, reason }, { automaker, named }) => {
    const what = change === undefined ? 'revised' : CHANGE_WORDS[change];
    const called = named?.('site', site) ?? companyFromSlug(site);
    const terms = termsOfSite([
      // The newest name is what the site is called already.
      name !== undefined && name !== called && `now ${name}`,
      capacityInWords(annualCapacity),
      startsOn !== undefined && `to start ${whenInWords(startsOn)}`,
    ]);
    return `${automaker} ${what} its plan for ${called}${terms}${reason === undefined ? '' : `: ${reason}`}`;
  },
});

/** A denied plan is valid again after its next revision. */
const statusAfter = <S extends string>(status: S): Exclude<S, 'denied'> | 'announced' =>
  status === 'denied' ? 'announced' : (status as Exclude<S, 'denied'>);

const CHANGE_WORDS: Readonly<Record<PlanChange, string>> = {
  enlarged: 'enlarged',
  reduced: 'reduced',
  'put-off': 'put off',
  'brought-forward': 'brought forward',
  denied: 'denied',
};
