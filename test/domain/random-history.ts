import { REPORTING_INTERVALS } from '../../src/domain/state/choices.js';
import fc from 'fast-check';
import { CONFIRMATIONS } from '../../src/domain/ledger/doubts.js';
import type { EventType } from '../../src/domain/events/catalogue.js';
import { idOf, proposal, registered } from './given-when-then.js';
import type { Proposal } from '../../src/domain/ledger/proposal.js';

/** Number of histories on which each property is tested; PROPERTY_RUNS raises it. */
export const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);

/** Few different values, so that events of a history refer to the same things. CN is the home market. */
const MARKETS = ['NO', 'SE', 'CN'] as const;
const SLUGS = ['one', 'two'] as const;
const PERIODS = ['2024', '2025', '2025-01-01/2025-09-30'] as const;

const day = fc
  .record({
    year: fc.integer({ min: 2021, max: 2025 }),
    month: fc.constantFrom('01', '06', '12'),
    date: fc.constantFrom('01', '15', '28'),
  })
  .map(({ year, month, date }) => `${year}-${month}-${date}`);
const occurredOn = fc.oneof(
  { weight: 6, arbitrary: day },
  { weight: 1, arbitrary: day.map((text) => text.slice(0, 4)) },
  { weight: 1, arbitrary: day.map((text) => `${text.slice(0, 7)}~`) },
  { weight: 1, arbitrary: day.map((text) => `${text.slice(0, 4)}/${text}`) },
);
/** A possible open start. Goals have none, because a goal counts from when it was said. */
const byThen = fc.option(fc.constantFrom('', '-06', '-06-15'), { nil: undefined, freq: 8 });
const openedAt = (type: EventType, on: string, by: string | undefined): string =>
  by === undefined || type.startsWith('Target') ? on : `../${on.slice(0, 4)}${by}`;

/** The values from which the data of all event types are built. */
const choices = fc.record({
  market: fc.constantFrom(...MARKETS),
  slug: fc.constantFrom(...SLUGS),
  count: fc.integer({ min: 1, max: 3 }),
  period: fc.constantFrom(...PERIODS),
});
type Choices = typeof choices extends fc.Arbitrary<infer C> ? C : never;

const terms = ({ slug, count }: Choices) => ({
  target: slug,
  measure: 'overseas-sales-share',
  threshold: count * 10,
  unit: 'percent',
  wording: 'w',
});
const strategy = ({ slug, count }: Choices) => ({
  approach: count > 1 ? 'blended' : 'asset-light',
  elements: [slug],
  rationale: 'r',
});
const outlets = ({ market, count }: Choices) => ({ market, count });

const DATA: Readonly<Partial<Record<EventType, (drawn: Choices) => object>>> = {
  AutomakerRegistered: ({ market }) => ({ name: 'XPeng', homeMarket: market }),
  StrategyDeclared: strategy,
  StrategyRevised: strategy,
  TargetSet: terms,
  TargetRevised: (drawn) => ({ ...terms(drawn), deadline: '2030/2033' }),
  TargetRestated: ({ slug }) => ({ target: slug, wording: 'again' }),
  TargetWithdrawn: ({ slug }) => ({ target: slug, reason: 'x' }),
  MarketEntered: ({ market, count }) => ({ market, ...(count > 2 && { entity: 'sub' }) }),
  MarketEntryAnnounced: ({ market, count }) => ({ market, ...(count > 2 && { entity: 'sub' }) }),
  MarketEntryChanged: ({ market, slug, count }) => ({
    market,
    partner: slug,
    ...(count > 2 && { entity: 'sub' }),
  }),
  MarketExited: ({ market, count }) => ({ market, reason: 'x', ...(count > 2 && { entity: 'sub' }) }),
  PartnerSigned: ({ slug, market }) => ({
    partnership: slug,
    partner: 'P',
    roles: ['importer'],
    markets: [market],
    ...(market === 'SE' && { stage: 'memorandum' }),
  }),
  PartnershipEnded: ({ slug }) => ({ partnership: slug }),
  ServiceCenterOpened: outlets,
  ServiceCenterClosed: outlets,
  StoreOpened: outlets,
  StoreClosed: outlets,
  ProductionAnnounced: ({ slug, market }) => ({ site: slug, name: slug, market }),
  ProductionPlanRevised: ({ slug, count }) => ({
    site: slug,
    annualCapacity: count,
    ...(count > 2 && { change: 'denied' }),
  }),
  ProductionStarted: ({ slug, market, count }) => ({
    site: slug,
    market,
    ...(count > 2 && { stage: 'trial' }),
  }),
  ProductionEnded: ({ slug }) => ({ site: slug }),
  ReportingChanged: ({ count }) => ({
    measure: 'overseas-units',
    interval: REPORTING_INTERVALS[count % REPORTING_INTERVALS.length],
  }),
  FigureReported: ({ count, period }) => ({ measure: 'overseas-units', value: count, period }),
  MarketConditionChanged: ({ market, slug, count }) => ({
    market: market === 'CN' ? 'SE' : 'NO',
    kind: 'tariff',
    appliesTo: slug,
    rate: count,
  }),
};
const dataOf = (type: EventType, drawn: Choices): object => DATA[type]?.(drawn) ?? {};

const ofMarkets = ['MarketConditionChanged'] as const;
const ofAutomakers = (Object.keys(DATA) as EventType[]).filter((type) => type !== ofMarkets[0]);

interface Drawn {
  readonly type: EventType;
  readonly on: string;
  readonly choices: Choices;
  /** Set if only the latest possible day is known. */
  readonly by: string | undefined;
  /** For an amendment: how many proposals back the amended one is. */
  readonly back: number;
  /** For a correction: it changes only the day. */
  readonly keepsData: boolean;
}

const drawn = (types: readonly EventType[], acts: number): fc.Arbitrary<Drawn> =>
  fc.record({
    type: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...types) },
      {
        weight: acts,
        arbitrary: fc.constantFrom(
          'EventCorrected' as const,
          'EventRetracted' as const,
          'EventReinstated' as const,
          'EvidenceCorrected' as const,
          'EventMoved' as const,
        ),
      },
      { weight: 1, arbitrary: fc.constant('EvidenceAdded' as const) },
    ),
    on: occurredOn,
    by: byThen,
    choices,
    back: fc.nat(30),
    keepsData: fc.boolean(),
  });

/**
 * The proposals from the drawn values. Amendments refer to earlier proposals, accepted or not, by the ids
 * that those would get.
 */
function proposalsOf(first: readonly Proposal[], list: readonly Drawn[]): Proposal[] {
  const proposals = [...first];
  for (const { type, on, by, choices: picked, back, keepsData } of list) {
    const about = Math.max(0, proposals.length - 1 - back);
    const event = idOf(about);
    const before = proposals[about];
    switch (type) {
      case 'EventRetracted':
      case 'EventReinstated':
        proposals.push(proposal(type, undefined, { event, reason: 'x' }));
        break;
      case 'EventMoved':
        proposals.push(
          proposal(type, undefined, {
            event,
            direction: keepsData ? 'to' : 'from',
            stream: 'automaker-geely',
            counterpart: idOf(proposals.length + 1000),
            ...(back % 2 === 0 && { firstRecordedOn: on.slice(0, 4) }),
            reason: 'x',
          }),
        );
        break;
      case 'EvidenceAdded':
        proposals.push(
          proposal(type, undefined, {
            event,
            evidence: [{ url: 'https://example.com/more', publisher: 'M', grade: 'confirmed' }],
          }),
        );
        break;
      case 'EvidenceCorrected':
        proposals.push(
          proposal(type, undefined, {
            event,
            url: `https://example.com/${keepsData ? 'source' : 'more'}`,
            replacement: {
              url: `https://example.com/${back % 2 === 0 ? 'source' : 'other'}`,
              publisher: 'Right',
              grade: back % 3 === 0 ? 'rumoured' : 'confirmed',
            },
            reason: 'x',
          }),
        );
        break;
      case 'EventCorrected': {
        const data = before && (keepsData ? before.data : dataOf(before.type, picked));
        const told = openedAt(before?.type ?? type, on, by);
        proposals.push(
          proposal(
            type,
            undefined,
            { event, occurredOn: told, data: data ?? {}, reason: 'x' },
            { confirm: [...CONFIRMATIONS] },
          ),
        );
        break;
      }
      default:
        proposals.push(
          proposal(type, openedAt(type, on, by), dataOf(type, picked), {
            duplicateOf: 'none',
            confirm: [...CONFIRMATIONS],
          }),
        );
    }
  }
  return proposals;
}

const MANY = { maxLength: 45, size: 'max' } as const;

/**
 * Proposals for `automaker-xpeng` that are valid by themselves, so that many are accepted and many refused.
 * The n-th has the id `idOf(n)`.
 */
export const randomHistory: fc.Arbitrary<Proposal[]> = fc
  .array(drawn(ofAutomakers, 5), MANY)
  .map((list) => proposalsOf([registered], list));

const busy = [
  'ServiceCenterOpened',
  'ServiceCenterClosed',
  'MarketEntered',
  'MarketExited',
  'FigureReported',
] as const;

/**
 * The number of these events ensures that no amendment reaches back to the registration. Without the
 * registration, the history would be empty.
 */
const openings = Array.from({ length: 40 }, (_, index) =>
  proposal(
    'ServiceCenterOpened',
    `2021-01-${String((index % 28) + 1).padStart(2, '0')}`,
    { market: 'NO' },
    {
      duplicateOf: 'none',
    },
  ),
);

/** A history of few subjects with very many events each, to cover behaviour that depends on their number. */
export const busyHistory: fc.Arbitrary<Proposal[]> = fc
  .array(drawn(busy, 2), { minLength: 150, maxLength: 400, size: 'max' })
  .map((list) =>
    proposalsOf(
      [registered, ...openings],
      list.map((each) => ({ ...each, choices: { ...each.choices, market: 'NO', period: '2024' } })),
    ),
  );

/** A random history of world events only. */
export const randomWorld: fc.Arbitrary<Proposal[]> = fc.array(drawn(ofAutomakers, 0), MANY).map((list) =>
  proposalsOf(
    [registered],
    list.filter(({ type }) => type in DATA),
  ),
);

export interface RandomStream {
  readonly stream: string;
  readonly proposals: readonly Proposal[];
}

/** A history of an automaker or, occasionally, of a market. */
export const randomStream: fc.Arbitrary<RandomStream> = fc.oneof(
  {
    weight: 8,
    arbitrary: randomHistory.map((proposals) => ({ stream: 'automaker-xpeng', proposals })),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(drawn(ofMarkets, 5), MANY)
      .map((list) => ({ stream: 'market-NO', proposals: proposalsOf([], list) })),
  },
);
