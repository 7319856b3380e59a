import { definitionOf, EVENT_TYPES, type EventType } from '../../src/domain/events/catalogue.js';
import { FULL_DATA } from './sample-events.js';

const PLACES: Readonly<Record<string, string>> = {
  AT: 'Austria',
  CN: 'China',
  DE: 'Germany',
  EU: 'the European Union',
  NO: 'Norway',
};
const words = { automaker: 'XPeng', place: (market: string) => PLACES[market] ?? market };
const sentence = (type: EventType, data: object) => definitionOf(type).sentence(data, words);

const FULL: Readonly<Record<EventType, string>> = {
  AutomakerRegistered: 'The ledger follows XPeng, at home in China',
  StrategyDeclared: 'XPeng declared an asset-light strategy: local partners, no new plants',
  StrategyRevised: 'XPeng revised its strategy (localised-manufacturing): own plants',
  TargetSet: 'XPeng set a target: 50 % (overseas-sales-share in the European Union) by 2030/2033',
  TargetRevised:
    'XPeng revised the target markets: 60 markets (overseas-markets in the European Union) by 2026',
  TargetRestated: 'XPeng restated the target half-overseas: “half, as we said”',
  TargetWithdrawn: 'XPeng withdrew the target half-overseas: a price war at home',
  MarketEntryAnnounced:
    'XPeng announced that it will enter Norway (zeekr, distributor, with Electric Way, from 2026-11-12)',
  MarketEntered: 'XPeng entered Norway (zeekr, distributor, with Electric Way)',
  MarketEntryChanged:
    'XPeng sells another way in Norway from now on (zeekr, export-importer, with Bertel O. Steen)',
  MarketExited: 'XPeng left Norway (zeekr), in stages until 2026-06: weak sales',
  PartnerSigned:
    'XPeng signed a memorandum with Magna Steyr (contract-manufacturer, assembler) for Austria, the European Union',
  PartnershipEnded: 'XPeng ended the partnership magna-graz with Magna: the contract ran out',
  ServiceCenterOpened: 'XPeng opened 3 service centers in Hamburg, Germany',
  ServiceCenterClosed: 'XPeng closed a service center in Hamburg, Germany',
  StoreOpened: 'XPeng opened a store in Berlin, Germany',
  StoreClosed: 'XPeng closed 2 stores in Berlin, Germany',
  ProductionAnnounced:
    'XPeng announced production at Magna, Graz, Austria (full, contract, 20,000 units a year, from 2025-07~)',
  ProductionPlanRevised:
    'XPeng enlarged its plan for graz (now Magna, Graz II, 30,000 units a year, from 2026): orders',
  ProductionStarted: 'XPeng started a trial run at Magna, Graz, Austria (skd, contract, 20,000 units a year)',
  ProductionEnded: 'XPeng ended production at graz: cancelled',
  FigureReported:
    'XPeng reported overseas-units of 29,000 (xpeng, in the European Union, deliveries) for 2025-01-01/2025-09-30',
  MarketConditionChanged:
    'the European Union: in force: countervailing-duty of 20.7 % for battery electric cars made in China from 2024-10-30',
  ReportingChanged: 'XPeng reports overseas-units of zeekr quarterly: a merger',
  CompanyRegistered: 'The ledger knows Horse Powertrain (joint-venture)',
  OwnershipChanged: 'Renault owns 45 % of XPeng and controls it',
  EvidenceAdded: 'Evidence added: Reuters',
  EventCorrected: 'Correction: it was Sweden',
  EventRetracted: 'Retraction: it never happened',
};

/** Without what may be left out. */
const SHORT: readonly (readonly [EventType, object, string])[] = [
  [
    'StrategyDeclared',
    { approach: 'export-led', elements: ['ships'] },
    'XPeng declared an export-led strategy: ships',
  ],
  ['StrategyDeclared', { approach: 'blended', elements: ['a'] }, 'XPeng declared a blended strategy: a'],
  [
    'StrategyDeclared',
    { approach: 'localised-manufacturing', elements: ['plants'] },
    'XPeng declared a localised-manufacturing strategy: plants',
  ],
  [
    'TargetSet',
    { measure: 'overseas-units', threshold: 1_000_000, unit: 'units' },
    'XPeng set a target: 1,000,000 units (overseas-units), no date given',
  ],
  ['MarketEntered', { market: 'NO' }, 'XPeng entered Norway'],
  ['MarketEntered', { market: 'NO', partner: 'Bil' }, 'XPeng entered Norway (with Bil)'],
  ['MarketEntryAnnounced', { market: 'NO' }, 'XPeng announced that it will enter Norway'],
  [
    'MarketEntryChanged',
    { market: 'NO', entryMode: 'own-subsidiary' },
    'XPeng sells another way in Norway from now on (own-subsidiary)',
  ],
  ['MarketExited', { market: 'NO', reason: 'weak sales' }, 'XPeng left Norway: weak sales'],
  [
    'PartnerSigned',
    { partner: 'Horse', roles: ['technology'], scope: 'worldwide' },
    'XPeng signed Horse (technology) worldwide',
  ],
  [
    'ProductionPlanRevised',
    { site: 'graz', startsOn: '2027' },
    'XPeng revised its plan for graz (from 2027)',
  ],
  ['ProductionPlanRevised', { site: 'graz', change: 'put-off' }, 'XPeng put off its plan for graz'],
  ['PartnershipEnded', { partnership: 'magna' }, 'XPeng ended the partnership magna'],
  ['ServiceCenterOpened', { market: 'DE' }, 'XPeng opened a service center in Germany'],
  ['StoreClosed', { market: 'DE', count: 3 }, 'XPeng closed 3 stores in Germany'],
  ['ProductionAnnounced', { name: 'Graz', market: 'AT' }, 'XPeng announced production at Graz, Austria'],
  ['ProductionStarted', { site: 'graz', market: 'AT' }, 'XPeng started production at graz, Austria'],
  ['ProductionEnded', { site: 'graz' }, 'XPeng ended production at graz'],
  [
    'FigureReported',
    { measure: 'overseas-sales-share', value: 12.5, period: '2025' },
    'XPeng reported overseas-sales-share of 12.5 % for 2025',
  ],
  [
    'FigureReported',
    { measure: 'overseas-markets', value: 60, asOf: '2025-12-31' },
    'XPeng reported overseas-markets of 60 as of 2025-12-31',
  ],
  [
    'MarketConditionChanged',
    { market: 'EU', kind: 'minimum-price', appliesTo: 'BEVs' },
    'the European Union: minimum-price for BEVs',
  ],
  [
    'MarketConditionChanged',
    { market: 'NO', kind: 'tariff', rate: 0, appliesTo: 'all' },
    'Norway: tariff of 0 % for all',
  ],
];

describe('what happened, in one sentence', () => {
  it.each(EVENT_TYPES)('%s, with all that can be said', (type) => {
    expect(sentence(type, FULL_DATA[type])).toBe(FULL[type]);
  });
  it.each(SHORT)('%s of %j', (type, data, expected) => {
    expect(sentence(type, data)).toBe(expected);
  });
  it.each(EVENT_TYPES)('%s has a summary that is a sentence', (type) => {
    expect(definitionOf(type).summary).toMatch(/^[A-Z].*\.$/);
  });
});
