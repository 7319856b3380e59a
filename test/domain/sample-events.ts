import type { EventData, EventType } from '../../src/domain/events/catalogue.js';
import type { Evidence } from '../../src/domain/ledger/evidence.js';
import type { Proposal } from '../../src/domain/ledger/proposal.js';
import { idOf, proposal } from './given-when-then.js';

/** Short builders of proposals of every type. The date comes first, then the varying data. */
export const entered = (on: string, market = 'NO') => proposal('MarketEntered', on, { market });
export const exited = (on: string, market = 'NO') =>
  proposal('MarketExited', on, { market, reason: 'weak sales' });

export const entryAnnounced = (on: string, over: object = {}) =>
  proposal('MarketEntryAnnounced', on, { market: 'NO', ...over });
export const entryChanged = (on: string, over: object = { partner: 'Bilia' }) =>
  proposal('MarketEntryChanged', on, { market: 'NO', ...over });

export const half = {
  target: 'half',
  measure: 'overseas-sales-share',
  threshold: 50,
  unit: 'percent',
  wording: 'half of our sales',
};
export const targetSet = (on: string) => proposal('TargetSet', on, half);
export const targetRevised = (on: string, threshold = 60) =>
  proposal('TargetRevised', on, { ...half, threshold });
export const targetRestated = (on: string) =>
  proposal('TargetRestated', on, { target: 'half', wording: 'half, again' });
export const targetWithdrawn = (on: string) =>
  proposal('TargetWithdrawn', on, { target: 'half', reason: 'given up' });

export const signed = (on: string, partnership = 'magna') =>
  proposal('PartnerSigned', on, { partnership, partner: 'Magna', roles: ['assembler'], markets: ['AT'] });
export const partnershipEnded = (on: string) => proposal('PartnershipEnded', on, { partnership: 'magna' });

export const graz = { site: 'graz', market: 'AT' };
export const announced = (on: string) => proposal('ProductionAnnounced', on, { ...graz, name: 'Graz' });
export const started = (on: string) => proposal('ProductionStarted', on, graz);
export const planRevised = (on: string, over: object) =>
  proposal('ProductionPlanRevised', on, { site: 'graz', ...over });
export const stopped = (on: string) => proposal('ProductionEnded', on, { site: 'graz' });

const outlets =
  (type: EventType) =>
  (on: string, count = 1, market = 'NO') =>
    proposal(type, on, { market, count }, { duplicateOf: 'none' });
export const centerOpened = outlets('ServiceCenterOpened');
export const centerClosed = outlets('ServiceCenterClosed');
export const storeOpened = outlets('StoreOpened');
export const storeClosed = outlets('StoreClosed');

export const blended = { approach: 'blended', elements: ['local partners'], rationale: 'risk' };
export const declared = (on: string) => proposal('StrategyDeclared', on, blended);
export const strategyRevised = (on: string) =>
  proposal('StrategyRevised', on, { ...blended, approach: 'asset-light' });

export const unitsOf2025 = (value: number, on = '2026-01-05') =>
  proposal('FigureReported', on, { measure: 'overseas-units', value, period: '2025' });

export const tariff = (on: string, over: object = {}) =>
  proposal('MarketConditionChanged', on, {
    market: 'EU',
    kind: 'tariff',
    appliesTo: 'BEVs made in China',
    ...over,
  });

export const correct = (index: number, occurredOn: string, data: object) =>
  proposal('EventCorrected', undefined, { event: idOf(index), occurredOn, data, reason: 'misread' });
export const retract = (index: number) =>
  proposal('EventRetracted', undefined, { event: idOf(index), reason: 'misread' });
/** Replaces a piece of evidence of an event by one with another address, date or publisher. */
export const correctEvidence = (index: number, url: string, replacement: Partial<Evidence>): Proposal =>
  proposal('EvidenceCorrected', undefined, {
    event: idOf(index),
    url,
    replacement: { url, publisher: 'Example', grade: 'reported', ...replacement },
    reason: 'mistyped',
  });
export const reinstate = (index: number) =>
  proposal('EventReinstated', undefined, { event: idOf(index), reason: 'read right at first' });
export const moreEvidence = (index: number, publisher = 'More'): Proposal =>
  proposal('EvidenceAdded', undefined, {
    event: idOf(index),
    evidence: [{ url: 'https://example.com/more', publisher, grade: 'confirmed' }],
  });

/** Valid data of every type, with all fields. */
export const FULL_DATA: { readonly [T in EventType]: EventData<T> } = {
  AutomakerRegistered: { name: 'XPeng', homeMarket: 'CN', group: 'xpeng-group' },
  StrategyDeclared: {
    approach: 'asset-light',
    elements: ['local partners', 'no new plants'],
    rationale: 'speed',
  },
  StrategyRevised: { approach: 'localised-manufacturing', elements: ['own plants'], rationale: 'tariffs' },
  TargetSet: {
    target: 'half-overseas',
    measure: 'overseas-sales-share',
    threshold: 50,
    unit: 'percent',
    deadline: '2030/2033',
    wording: 'half of our sales by the early 2030s',
    entity: 'xpeng',
    basis: 'deliveries',
    market: 'EU',
    firmness: 'planned',
    restatedEveryMonths: 12,
  },
  TargetRevised: {
    target: 'markets',
    measure: 'overseas-markets',
    threshold: 60,
    unit: 'markets',
    deadline: '2026',
    wording: 'sixty markets',
    entity: 'xpeng',
    basis: 'sales',
    market: 'EU',
    firmness: 'committed',
    restatedEveryMonths: 6,
    reason: 'ahead of plan',
  },
  TargetRestated: { target: 'half-overseas', wording: 'half, as we said' },
  TargetWithdrawn: { target: 'half-overseas', reason: 'a price war at home' },
  MarketEntryAnnounced: {
    market: 'NO',
    startsOn: '2026-11-12',
    entryMode: 'distributor',
    partner: 'Electric Way',
    models: ['G6'],
    entity: 'zeekr',
  },
  MarketEntered: {
    market: 'NO',
    entryMode: 'distributor',
    partner: 'Electric Way',
    models: ['G3', 'P7'],
    entity: 'zeekr',
  },
  MarketEntryChanged: {
    market: 'NO',
    entryMode: 'export-importer',
    partner: 'Bertel O. Steen',
    entity: 'zeekr',
  },
  MarketExited: { market: 'NO', reason: 'weak sales', until: '2026-06', entity: 'zeekr' },
  PartnerSigned: {
    partnership: 'magna-graz',
    partner: 'Magna Steyr',
    roles: ['contract-manufacturer', 'assembler'],
    markets: ['AT', 'EU'],
    equityShare: 4.99,
    investment: { amount: 700_000_000, currency: 'USD' },
    stage: 'memorandum',
  },
  PartnershipEnded: { partnership: 'magna-graz', reason: 'the contract ran out', partner: 'Magna' },
  ServiceCenterOpened: {
    market: 'DE',
    city: 'Hamburg',
    count: 3,
    operator: 'partner',
    functions: ['sales', 'service'],
  },
  ServiceCenterClosed: { market: 'DE', city: 'Hamburg', count: 1, operator: 'partner' },
  StoreOpened: { market: 'DE', city: 'Berlin', count: 1, operator: 'own' },
  StoreClosed: { market: 'DE', city: 'Berlin', count: 2, operator: 'own' },
  ProductionAnnounced: {
    site: 'graz',
    name: 'Magna, Graz',
    market: 'AT',
    process: 'full',
    ownership: 'contract',
    partner: 'Magna Steyr',
    annualCapacity: 20_000,
    startsOn: '2025-07~',
    investment: { amount: 1.5, currency: 'EUR' },
  },
  ProductionPlanRevised: {
    site: 'graz',
    change: 'enlarged',
    annualCapacity: 30_000,
    startsOn: '2026',
    name: 'Magna, Graz II',
    reason: 'orders',
  },
  ProductionStarted: {
    site: 'graz',
    market: 'AT',
    process: 'skd',
    ownership: 'contract',
    partner: 'Magna Steyr',
    annualCapacity: 20_000,
    investment: { amount: 2, currency: 'EUR' },
    name: 'Magna, Graz',
    stage: 'trial',
  },
  ProductionEnded: { site: 'graz', reason: 'cancelled' },
  FigureReported: {
    measure: 'overseas-units',
    value: 29_000,
    plusMinus: 500,
    period: '2025-01-01/2025-09-30',
    market: 'EU',
    entity: 'xpeng',
    basis: 'deliveries',
  },
  MarketConditionChanged: {
    market: 'EU',
    kind: 'countervailing-duty',
    rate: 20.7,
    appliesTo: 'battery electric cars made in China',
    automakers: ['xpeng'],
    powertrains: ['bev'],
    effectiveOn: '2024-10-30',
    stage: 'in-force',
  },
  ReportingChanged: { measure: 'overseas-units', interval: 'quarterly', entity: 'zeekr', reason: 'a merger' },
  CompanyRegistered: {
    names: ['Horse Powertrain', '骏马动力'],
    kind: 'joint-venture',
    aliases: ['HORSE'],
    identifiers: {
      lei: '969500F7JLTX36OUI695',
      isin: 'FR0000131906',
      ticker: 'NYSE:XPEV',
      wikidata: 'Q6686',
    },
  },
  OwnershipChanged: { parent: 'Renault', share: 45, role: 'controls' },
  EvidenceAdded: {
    event: idOf(1),
    evidence: [
      {
        url: 'https://example.com/report',
        publisher: 'Reuters',
        publishedOn: '2025-09',
        grade: 'reported',
        quote: 'in Graz',
        note: 'says August',
      },
    ],
  },
  EventCorrected: { event: idOf(1), data: { market: 'SE' }, occurredOn: '2021-08', reason: 'it was Sweden' },
  EvidenceCorrected: {
    event: idOf(1),
    url: 'https://example.com/wrong',
    replacement: { url: 'https://example.com/right', publisher: 'Reuters', grade: 'reported' },
    reason: 'the address was of another article',
  },
  EventRetracted: { event: idOf(1), reason: 'it never happened' },
  EventReinstated: { event: idOf(1), reason: 'it happened after all' },
  EventMoved: {
    event: idOf(1),
    direction: 'from',
    stream: 'automaker-geely',
    counterpart: idOf(2),
    firstRecordedOn: '2026-11-01',
    reason: 'it was XPeng',
  },
};
