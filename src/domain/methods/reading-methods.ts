import {
  EXPANSION_READINGS,
  type ExpansionReading,
  type ExpansionReadingName,
} from '../expansion/expansion-reading.js';
import { readExpansion } from '../expansion/read-expansion.js';
import { CompanyDirectory } from '../state/company-directory.js';
import type { Naming } from '../words/goals.js';
import { conditionsOf, madeUpBy, type Fact } from './made-up-ledger.js';

/** What each reading says about an expansion, in a sentence. */
export const READING_METHODS: Readonly<Record<ExpansionReadingName, string>> = {
  'asset-light':
    'How much of the capacity that runs abroad is run by partners instead of the automaker. Where nobody says who runs a plant, or how much it can build, both are tried.',
  'partner-dependence':
    'How much of the presence abroad one partner carries alone: what would be lost at most if that one left.',
  'market-concentration':
    'Whether the vehicles sold abroad go to few markets or many, by the figures of one calendar year. What nobody tells apart is once spread over all other markets of the world, and once put into a single one.',
  'localisation-depth': 'How far up the ladder from export to local development it is in each market.',
  exposure:
    'Which duties its vehicles would meet if all were shipped from home: the duty in force in each market, weighted with the vehicles sold there.',
  speed:
    'How long it takes from an announcement to production, from a signature to production, and from an entry to the first service center. Those that still wait count as waiting, not as never.',
};

const FACTS: readonly Fact[] = [
  ['MarketEntered', '2022-03-01', { market: 'DE', entryMode: 'own-subsidiary' }],
  ['MarketEntered', '2022-09-01', { market: 'NO', entryMode: 'distributor', partner: 'Fjord Cars' }],
  ['MarketEntered', '2023-05-01', { market: 'SE', entryMode: 'distributor', partner: 'Fjord Cars' }],
  ['ServiceCenterOpened', '2022-06-01', { market: 'DE', city: 'Hamburg' }],
  [
    'ProductionAnnounced',
    '2023-01-15',
    {
      site: 'graz-at',
      name: 'Graz',
      market: 'AT',
      process: 'ckd',
      ownership: 'contract',
      annualCapacity: 30_000,
    },
  ],
  [
    'ProductionStarted',
    '2024-02-01',
    { site: 'graz-at', market: 'AT', process: 'ckd', ownership: 'contract', annualCapacity: 30_000 },
  ],
  [
    'ProductionStarted',
    '2025-06-01',
    {
      site: 'rayong-th',
      name: 'Rayong',
      market: 'TH',
      process: 'full',
      ownership: 'own',
      annualCapacity: 70_000,
    },
  ],
  ['FigureReported', '2026-01-20', { measure: 'overseas-units', value: 40_012, period: '2025' }],
  ['FigureReported', '2026-01-20', { measure: 'market-units', market: 'DE', value: 20_131, period: '2025' }],
  ['FigureReported', '2026-01-20', { measure: 'market-units', market: 'NO', value: 12_071, period: '2025' }],
  ['FigureReported', '2026-01-20', { measure: 'market-units', market: 'SE', value: 7_810, period: '2025' }],
];

const DUTY: Fact = [
  'MarketConditionChanged',
  '2024-11-01',
  {
    market: 'EU',
    kind: 'tariff',
    rate: 18.1,
    appliesTo: 'battery-electric vehicles made in China',
    effectiveOn: '2024-11-01',
    stage: 'in-force',
  },
];

export interface ReadingsExample {
  readonly told: readonly string[];
  readonly readings: readonly ExpansionReading[];
}

const NO_COMPANIES = new CompanyDirectory([]);

/** The six readings of a made-up expansion. */
export function readingsExample(naming: Naming): ReadingsExample {
  const { told, automaker } = madeUpBy(FACTS, naming);
  const { told: law, conditions } = conditionsOf('EU', [DUTY], naming);
  return {
    told: [...told, ...law],
    readings: EXPANSION_READINGS.map((name) =>
      readExpansion(name, { automaker, conditions, companies: NO_COMPANIES, on: '2026-06-30' }),
    ),
  };
}
