import fc from 'fast-check';
import { idOf, proposal, registered } from './given-when-then.js';
import type { Proposal } from '../../src/domain/proposal.js';

const day = fc
  .record({
    year: fc.integer({ min: 2018, max: 2026 }),
    month: fc.integer({ min: 1, max: 12 }),
    date: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, date }) =>
    [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-'),
  )
  .filter((text) => text <= '2026-11-23');
const occurredOn = fc.oneof(
  { weight: 6, arbitrary: day },
  { weight: 1, arbitrary: day.map((text) => text.slice(0, 4)) },
  { weight: 1, arbitrary: day.map((text) => `${text.slice(0, 7)}~`) },
);
const market = fc.constantFrom('NO', 'SE', 'DE', 'CN');
const slug = fc.constantFrom('one', 'two');

const world: fc.Arbitrary<Proposal> = fc.oneof(
  fc.tuple(occurredOn, market).map(([on, code]) => proposal('MarketEntered', on, { market: code })),
  fc
    .tuple(occurredOn, market)
    .map(([on, code]) => proposal('MarketExited', on, { market: code, reason: 'x' })),
  fc.tuple(occurredOn, slug, fc.integer({ min: 1, max: 99 })).map(([on, target, threshold]) =>
    proposal('TargetSet', on, {
      target,
      measure: 'overseas-sales-share',
      threshold,
      unit: 'percent',
      wording: 'w',
    }),
  ),
  fc.tuple(occurredOn, slug, fc.integer({ min: 1, max: 99 })).map(([on, target, threshold]) =>
    proposal('TargetRevised', on, {
      target,
      measure: 'overseas-sales-share',
      threshold,
      unit: 'percent',
      deadline: '2030/2033',
      wording: 'w',
    }),
  ),
  fc
    .tuple(occurredOn, slug)
    .map(([on, target]) => proposal('TargetRestated', on, { target, wording: 'again' })),
  fc.tuple(occurredOn, slug).map(([on, target]) => proposal('TargetWithdrawn', on, { target, reason: 'x' })),
  fc.tuple(occurredOn, slug).map(([on, partnership]) =>
    proposal('PartnerSigned', on, {
      partnership,
      partner: partnership,
      roles: ['importer'],
      markets: ['NO'],
    }),
  ),
  fc.tuple(occurredOn, slug).map(([on, partnership]) => proposal('PartnershipEnded', on, { partnership })),
  fc
    .tuple(occurredOn, slug)
    .map(([on, site]) => proposal('ProductionAnnounced', on, { site, name: site, market: 'AT' })),
  fc.tuple(occurredOn, slug).map(([on, site]) => proposal('ProductionStarted', on, { site, market: 'AT' })),
  fc.tuple(occurredOn, slug).map(([on, site]) => proposal('ProductionEnded', on, { site })),
  fc
    .tuple(occurredOn, market, fc.integer({ min: 1, max: 3 }))
    .map(([on, code, count]) => proposal('ServiceCenterOpened', on, { market: code, count })),
  fc.tuple(occurredOn, market).map(([on, code]) => proposal('ServiceCenterClosed', on, { market: code })),
  fc
    .tuple(
      occurredOn,
      fc.integer({ min: 1, max: 9999 }),
      fc.constantFrom('2024', '2025', '2025-01-01/2025-09-30'),
    )
    .map(([on, value, period]) =>
      proposal('FigureReported', on, { measure: 'overseas-units', value, period }),
    ),
  occurredOn.map((on) =>
    proposal('StrategyDeclared', on, { approach: 'blended', elements: [on], rationale: 'r' }),
  ),
  occurredOn.map((on) =>
    proposal('StrategyRevised', on, { approach: 'asset-light', elements: [on], rationale: 'r' }),
  ),
);

const about = fc.integer({ min: 0, max: 40 }).map(idOf);
const acts: fc.Arbitrary<Proposal> = fc.oneof(
  about.map((event) => proposal('EventRetracted', undefined, { event, reason: 'x' })),
  fc
    .tuple(about, occurredOn, world)
    .map(([event, on, { data }]) =>
      proposal('EventCorrected', undefined, { event, occurredOn: on, data, reason: 'x' }),
    ),
  about.map((event) =>
    proposal('EvidenceAdded', undefined, {
      event,
      evidence: [{ url: 'https://example.com/more', publisher: 'M', grade: 'confirmed' }],
    }),
  ),
);

/** Proposals over a few markets, targets and sites, so that many are accepted and many refused. The automaker is registered first. */
export const randomHistory: fc.Arbitrary<Proposal[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: world }, { weight: 1, arbitrary: acts }), { maxLength: 45 })
  .map((proposals) => [registered, ...proposals]);

/** How many histories a property is tried on; PROPERTY_RUNS raises it. */
export const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);
