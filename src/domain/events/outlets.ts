import { earlierVersion, eventType, type StreamReader } from './event-type.js';
import type { Warning } from '../ledger/warning.js';
import { Count, Country, ManyOf, OneOf, Optional, Slug, Text } from './fields.js';
import {
  OUTLET_FUNCTIONS,
  type EffectiveEvent,
  type OutletChange,
  type OutletFunction,
} from '../state/records.js';
import { PersistentList } from '../state/persistent-list.js';
import type { SubjectStates } from '../state/subject-state.js';
import { identityOf } from '../ledger/text.js';
import { occurrenceOf } from '../state/occurrence.js';

export const OPERATORS = ['own', 'partner'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Points of sale or service, opened or closed, before a brand could be named. */
class OutletsV1 {
  @Country('Where')
  market!: string;

  @Optional()
  @Text('City or place', 200)
  city?: string;

  @Optional()
  @Count('How many; 1 where it is left out')
  count?: number;

  @Optional()
  @OneOf(OPERATORS, 'Who runs it')
  operator?: Operator;
}

/** The common fields of all openings and closings of points of sale or service. */
export class Outlets extends OutletsV1 {
  @Optional()
  @Slug('The brand or group whose they are, where it is not the automaker as such')
  entity?: string;

  @Optional()
  @ManyOf(OUTLET_FUNCTIONS, 'What is done there, so that an outlet that does several things counts once')
  functions?: OutletFunction[];
}

const previous = earlierVersion({ data: OutletsV1, upcast: (data): Outlets => ({ ...data }) });

const NONE: Omit<SubjectStates['outlets'], 'outlet' | 'market'> = {
  opened: 0,
  closed: 0,
  openedBy: { own: 0, partner: 0, unknown: 0 },
  events: PersistentList.empty<string>(),
  changes: PersistentList.empty<OutletChange>(),
};

function counted(
  outlet: string,
  state: SubjectStates['outlets'] | undefined,
  event: EffectiveEvent<Outlets>,
  sign: 1 | -1,
): SubjectStates['outlets'] {
  const { data } = event;
  const before = state ?? NONE;
  const count = data.count ?? 1;
  const operator = data.operator ?? 'unknown';
  const occurrence = occurrenceOf(event);
  const { event: id, occurredOn, isRumour } = occurrence;
  const openedBy = { ...before.openedBy };
  if (sign > 0) openedBy[operator] += count;
  const firstOpened = before.firstOpened ?? (sign > 0 ? occurrence : undefined);
  const { entity, functions } = data;
  // V8 takes about a microsecond for each field after a spread, and everything here is counted often.
  return {
    outlet: state?.outlet ?? outlet,
    market: state?.market ?? data.market,
    opened: before.opened + (sign > 0 ? count : 0),
    closed: before.closed + (sign < 0 ? count : 0),
    openedBy,
    events: before.events.push(id),
    changes: before.changes.push(
      isRumour || entity !== undefined || functions !== undefined
        ? {
            event: id,
            occurredOn,
            ...(isRumour && { isRumour }),
            count: sign * count,
            ...(entity !== undefined && { entity }),
            ...(functions !== undefined && { functions }),
          }
        : { event: id, occurredOn, count: sign * count },
    ),
    ...(firstOpened && { firstOpened }),
  };
}

function marketNotEntered({ data }: EffectiveEvent<Outlets>, stream: StreamReader): Warning[] {
  if (stream.record('market', data.market) ?? stream.automaker?.homeMarket === data.market) return [];
  return [
    {
      code: 'market-not-entered',
      message: `the ledger does not say that the automaker entered ${data.market}`,
    },
  ];
}

interface OutletWords<T extends string> {
  readonly type: T;
  /**
   * The kind of outlet, such as `service-center`. Openings and closings of the same kind are counted
   * together.
   */
  readonly outlet: string;
  readonly name: string;
  readonly data: new () => Outlets;
}

const subject =
  (outlet: string) =>
  ({ market }: Outlets) =>
    `${outlet}/${market}`;
/** How the duplicate keys of all outlets of a city begin, whoever runs them. */
export const keyOfCity = (city = ''): string => `${identityOf(city)}|`;
const duplicateKey = ({ city, operator, entity }: Outlets): string =>
  `${keyOfCity(city)}${operator ?? ''}${entity === undefined ? '' : `|${entity}`}`;
const inWords = (
  name: string,
  { city, count = 1, market }: Outlets,
  place: (code: string) => string,
): string =>
  `${count === 1 ? `a ${name}` : `${count} ${name}s`} in ${city ? `${city}, ` : ''}${place(market)}`;

/** Defines the event type for openings of one kind of outlet. */
export const outletOpened = <const T extends string>({ type, outlet, name, data }: OutletWords<T>) =>
  eventType({
    type,
    summary: `A ${name} opened abroad.`,
    data,
    previous,
    stream: 'automaker',
    kind: 'outlets',
    subject: subject(outlet),
    effect: (record, event) => counted(outlet, record, event, 1),
    duplicateKey,
    warnings: marketNotEntered,
    sentence: (outlets, { automaker, place }) => `${automaker} opened ${inWords(name, outlets, place)}`,
  });

/** Defines the event type for closings of one kind of outlet. */
export const outletClosed = <const T extends string>({ type, outlet, name, data }: OutletWords<T>) =>
  eventType({
    type,
    summary: `A ${name} abroad closed.`,
    data,
    previous,
    stream: 'automaker',
    kind: 'outlets',
    subject: subject(outlet),
    rule: (record, event) => {
      const open = record ? record.opened - record.closed : 0;
      const count = event.data.count ?? 1;
      const last = record?.events.last;
      return count <= open
        ? undefined
        : {
            rule: 'more-closed-than-opened',
            message: `${open} logged as open in ${event.data.market} on that day, fewer than the ${count} that closed`,
            ...(last !== undefined && { contradicts: last }),
          };
    },
    effect: (record, event) => counted(outlet, record, event, -1),
    duplicateKey,
    sentence: (outlets, { automaker, place }) => `${automaker} closed ${inWords(name, outlets, place)}`,
  });
