import { definitionOf, EVENT_TYPES, type EventType } from '../../src/domain/events/catalogue.js';
import { namingBySlug } from '../../src/domain/words/goals.js';
import { FULL_DATA } from './sample-events.js';

const PLACES: Readonly<Record<string, string>> = {
  AT: 'Austria',
  CN: 'China',
  DE: 'Germany',
  EU: 'the European Union',
  NO: 'Norway',
};
const NAMES: Readonly<Record<string, string>> = {
  'target half-overseas': 'Half of sales abroad',
  'partnership magna-graz': 'Magna Steyr',
  'site graz': 'Magna, Graz',
};
const words = {
  automaker: 'XPeng',
  ...namingBySlug((market) => PLACES[market] ?? market),
  named: (kind: string, key: string) => NAMES[`${kind} ${key}`],
};
const sentence = (type: EventType, data: object) => definitionOf(type).sentence(data, words);

const FULL: Readonly<Record<EventType, string>> = {
  AutomakerRegistered: 'The ledger follows XPeng, at home in China',
  StrategyDeclared: 'XPeng declared an asset-light strategy: local partners; no new plants',
  StrategyRevised: 'XPeng told more of its strategy (local-manufacturing): own plants',
  TargetSet: 'XPeng set a goal: half of sales in the European Union (XPeng), between 2030 and 2033',
  TargetRevised: 'XPeng changed its goal, which is now: 60 markets in the European Union (XPeng), by 2026',
  TargetRestated: 'XPeng repeated its goal “Half of sales abroad”: “half, as we said”',
  TargetWithdrawn: 'XPeng withdrew its goal “Half of sales abroad”: a price war at home',
  MarketEntryAnnounced:
    'XPeng announced that it will enter Norway (Zeekr, through a distributor, with Electric Way, from 12 Nov 2026)',
  MarketEntered: 'XPeng entered Norway (Zeekr, through a distributor, with Electric Way)',
  MarketEntryChanged:
    'XPeng sells another way in Norway from now on (Zeekr, through an importer, with Bertel O. Steen)',
  MarketExited: 'XPeng left Norway (Zeekr), in stages until Jun 2026: weak sales',
  PartnerSigned:
    'XPeng signed a memorandum with Magna Steyr (contract manufacturer and assembler) for Austria and the European Union',
  PartnershipEnded: 'XPeng ended the partnership with Magna: the contract ran out',
  ServiceCenterOpened: 'XPeng opened 3 service centers in Hamburg, Germany',
  ServiceCenterClosed: 'XPeng closed a service center in Hamburg, Germany',
  StoreOpened: 'XPeng opened a store in Berlin, Germany',
  StoreClosed: 'XPeng closed 2 stores in Berlin, Germany',
  ProductionAnnounced:
    'XPeng announced production at Magna, Graz, Austria (full manufacturing, contract manufacturing, 20,000 vehicles a year, to start about Jul 2025)',
  ProductionPlanRevised:
    'XPeng enlarged its plan for Magna, Graz (now Magna, Graz II, 30,000 vehicles a year, to start in 2026): orders',
  ProductionStarted:
    'XPeng started a trial run at Magna, Graz, Austria (SKD kits, contract manufacturing, 20,000 vehicles a year)',
  ProductionEnded: 'XPeng ended production at Magna, Graz: cancelled',
  FigureReported:
    'XPeng, as reported: 29,000 vehicles sold in the European Union by XPeng (deliveries) for 1 Jan 2025 to 30 Sept 2025',
  MarketConditionChanged:
    'The European Union: in force: countervailing duty of 20.7 %, in effect from 30 Oct 2024 (battery electric cars made in China)',
  ReportingChanged: 'XPeng reports vehicles sold abroad by Zeekr quarterly: a merger',
  CompanyRegistered: 'Horse Powertrain is on record as a joint venture',
  OwnershipChanged: 'Renault owns 45 % of XPeng and controls it',
  EvidenceAdded: 'Evidence added: Reuters',
  EvidenceCorrected: 'Evidence corrected: the address was of another article',
  EventCorrected: 'Correction: it was Sweden',
  EventRetracted: 'Retraction: it never happened',
  EventReinstated: 'Reinstatement: it happened after all',
  EventMoved: 'Moved from Geely: it was XPeng',
};

/** Data without the optional fields. */
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
    'XPeng declared a local-manufacturing strategy: plants',
  ],
  [
    'TargetSet',
    { measure: 'overseas-units', threshold: 1_000_000, unit: 'units' },
    'XPeng set a goal: 1,000,000 vehicles sold abroad, no date given',
  ],
  ['MarketEntered', { market: 'NO' }, 'XPeng entered Norway'],
  ['MarketEntered', { market: 'NO', partner: 'Bil' }, 'XPeng entered Norway (with Bil)'],
  ['MarketEntryAnnounced', { market: 'NO' }, 'XPeng announced that it will enter Norway'],
  [
    'MarketEntryChanged',
    { market: 'NO', entryMode: 'own-subsidiary' },
    'XPeng sells another way in Norway from now on (through an own subsidiary)',
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
    'XPeng revised its plan for Magna, Graz (to start in 2027)',
  ],
  [
    'ProductionPlanRevised',
    { site: 'graz', name: 'Magna, Graz', startsOn: '2027' },
    'XPeng revised its plan for Magna, Graz (to start in 2027)',
  ],
  [
    'PartnerSigned',
    { partner: 'Daimler', roles: ['equity-investor'], markets: ['DE'] },
    'XPeng signed Daimler (shareholding) for Germany',
  ],
  ['ProductionPlanRevised', { site: 'graz', change: 'put-off' }, 'XPeng put off its plan for Magna, Graz'],
  ['PartnershipEnded', { partnership: 'magna' }, 'XPeng ended the partnership called Magna'],
  ['ServiceCenterOpened', { market: 'DE' }, 'XPeng opened a service center in Germany'],
  ['StoreClosed', { market: 'DE', count: 3 }, 'XPeng closed 3 stores in Germany'],
  ['ProductionAnnounced', { name: 'Graz', market: 'AT' }, 'XPeng announced production at Graz, Austria'],
  [
    'ProductionAnnounced',
    { name: 'Austria (200,000 square metres)', market: 'AT' },
    'XPeng announced production in Austria (200,000 square metres)',
  ],
  [
    'ProductionStarted',
    { site: 'eu', name: 'European Union', market: 'EU' },
    'XPeng started production in the European Union',
  ],
  ['ProductionStarted', { site: 'graz', market: 'AT' }, 'XPeng started production at Magna, Graz, Austria'],
  ['ProductionEnded', { site: 'graz' }, 'XPeng ended production at Magna, Graz'],
  [
    'FigureReported',
    { measure: 'overseas-sales-share', value: 12.5, period: '2025' },
    'XPeng, as reported: a share of sales outside the home market of 12.5 % for 2025',
  ],
  [
    'FigureReported',
    { measure: 'overseas-units', value: 1_017_000, period: '2022', sumOf: 'exports-and-local-production' },
    'XPeng, as reported: 1,017,000 vehicles sold abroad (exports and vehicles built abroad together) for 2022',
  ],
  [
    'FigureReported',
    {
      measure: 'total-units',
      value: 27_415,
      period: '2026-03',
      derivation: 'first quarter 62,682 less January 20,011 and February 15,256',
    },
    'XPeng: 27,415 vehicles sold in all for Mar 2026, stated by no source but worked out: first quarter 62,682 less January 20,011 and February 15,256',
  ],
  [
    'FigureReported',
    { measure: 'overseas-sales-share', value: 8.7, period: '2021', derivation: '115,000 of 1,328,000' },
    'XPeng: a share of sales outside the home market of 8.7 % for 2021, stated by no source but worked out: 115,000 of 1,328,000',
  ],
  [
    'FigureReported',
    { measure: 'overseas-units', value: 29_000, period: '2025', entity: 'brand-galaxy+brand-lynkco' },
    'XPeng, as reported: 29,000 vehicles sold abroad by Galaxy and Lynk & Co together for 2025',
  ],
  [
    'FigureReported',
    { measure: 'overseas-markets', value: 60, asOf: '2025-12-31' },
    'XPeng, as reported: 60 markets abroad as of 31 Dec 2025',
  ],
  [
    'MarketConditionChanged',
    { market: 'EU', kind: 'minimum-price', appliesTo: 'BEVs' },
    'The European Union: minimum price (BEVs)',
  ],
  [
    'MarketConditionChanged',
    { market: 'EU', kind: 'minimum-price', rate: 0, appliesTo: 'BEVs' },
    'The European Union: minimum price in place of the duty (BEVs)',
  ],
  [
    'MarketConditionChanged',
    { market: 'EU', kind: 'minimum-price', rate: 5, appliesTo: 'BEVs' },
    'The European Union: minimum price with a duty of 5 % (BEVs)',
  ],
  [
    'MarketConditionChanged',
    { market: 'NO', kind: 'tariff', rate: 0, appliesTo: 'all' },
    'Norway: tariff of 0 % (all)',
  ],
  [
    'MarketConditionChanged',
    { market: 'NO', kind: 'quota', rate: 0, appliesTo: 'kits' },
    'Norway: quota with a duty of 0 % (kits)',
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

describe('a figure of one', () => {
  it.each([
    [{}, 'XPeng, as reported: 1 vehicle sold in Germany for Jan 2026'],
    [
      { qualifier: 'more-than' as const },
      'XPeng, as reported: more than 1 vehicles sold in Germany for Jan 2026',
    ],
    [{ value: 2 }, 'XPeng, as reported: 2 vehicles sold in Germany for Jan 2026'],
  ])('with %o is told in its number', (over, sentence) => {
    const data = {
      measure: 'market-units' as const,
      market: 'DE',
      period: '2026-01',
      value: 1,
      ...over,
    };
    const words = { automaker: 'XPeng', place: () => 'Germany', company: (slug: string) => slug };
    expect(definitionOf('FigureReported').sentence(data, words)).toBe(sentence);
  });
});
