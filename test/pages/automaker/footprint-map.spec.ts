import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Occurrence } from '../../../src/domain/state/occurrence.js';
import type { SiteRecord } from '../../../src/domain/state/records.js';
import { FootprintMap } from '../../../src/pages/automaker/footprint-map.js';
import type { AutomakerAnswer } from '../../../src/queries/automakers/get-automaker.js';

const once: Occurrence = { event: 'e1', occurredOn: '2025' };

const plant = (market: string, status: SiteRecord['status']): SiteRecord => ({
  site: `plant-${market.toLowerCase()}`,
  name: 'Plant',
  market,
  status,
});

const acme: AutomakerAnswer = {
  id: 'acme',
  asOf: { trueOn: '2026-01-01', position: 1 },
  profile: { name: 'Acme', homeMarket: 'CN', registered: once },
  progress: [],
  markets: [
    { market: 'NO', present: true, stays: [{ entered: once }] },
    { market: 'RU', present: false, stays: [{ entered: once, exited: { ...once, reason: 'sanctions' } }] },
    { market: 'MX', present: false, stays: [], planned: [once] },
  ],
  partnerships: [
    { partnership: 'p1', partner: 'inchcape', roles: ['importer'], markets: ['CL'], signed: once },
  ],
  outlets: [],
  sites: [plant('BR', 'running'), plant('HU', 'announced'), plant('TH', 'trial'), plant('CN', 'running')],
};

describe('the small map of an automaker', () => {
  const svg = renderToString(h(FootprintMap, { answer: acme }));
  const coloured = (stage: string): number => svg.split(`class="land ${stage}"`).length - 1;

  it.each([
    ['producing', 1],
    ['announced', 2],
    ['present', 1],
    ['planned', 1],
    ['partnered', 1],
    ['left', 1],
    ['home', 1],
  ])('shows what it is in each market as the map of all markets does: %s', (stage, markets) => {
    expect(coloured(stage)).toBe(markets);
  });
});
