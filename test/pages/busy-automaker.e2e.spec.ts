import { answerTo, startServer, type TestServer } from '../e2e/server.js';
import { sentencesOf } from './visible-text.js';

const MANY = 250;

/** A name that resembles no other one. */
const nameOf = (kind: string, index: number): string =>
  Array.from(
    { length: 10 },
    (_, at) => ((index + 7) * (at + 3) * 7919 + kind.length * 31).toString(36)[1],
  ).join('') + String(index);

const source = (kind: string, index: number) => [
  { url: `https://news.example.com/${kind}/${index}`, publisher: 'Example', grade: 'reported' },
];

function busyLedger(): string {
  const of = (kind: string, type: string, dataOf: (index: number) => object) =>
    Array.from({ length: MANY }, (_, index) => ({
      stream: 'automaker-busy',
      type,
      occurredOn: `20${String(10 + (index % 15))}-0${String(1 + (index % 9))}-11`,
      data: dataOf(index),
      evidence: source(kind, index),
    }));
  return [
    {
      stream: 'automaker-busy',
      type: 'AutomakerRegistered',
      occurredOn: '2001',
      data: { name: 'Busy', homeMarket: 'CN' },
    },
    ...of('site', 'ProductionAnnounced', (index) => ({
      site: nameOf('site', index),
      name: nameOf('site', index),
      market: 'TH',
      mode: 'ckd',
    })),
    ...of('partner', 'PartnerSigned', (index) => ({
      partnership: nameOf('partner', index),
      partner: nameOf('partner', index),
      roles: ['importer'],
      markets: ['NO'],
    })),
    ...of('goal', 'TargetSet', (index) => ({
      target: `goal-${index}`,
      measure: 'overseas-units',
      threshold: 1000 + index,
      unit: 'units',
      deadline: String(2030 + (index % 5)),
      wording: `we want ${1000 + index} a year abroad`,
    })),
    ...of('strategy', 'StrategyRevised', (index) => ({
      approach: 'blended',
      elements: [`element ${index}`],
      rationale: `a blend of its own kind, the ${index}th`,
    })),
  ]
    .map((line) => JSON.stringify(line))
    .join('\n');
}

describe('the page of an automaker of which very much is recorded', () => {
  let server: TestServer;
  let html: string;
  beforeAll(async () => {
    server = await startServer();
    await answerTo(
      fetch(`${server.url}/api/imports`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${server.keys.analyst}` },
        body: busyLedger(),
      }),
    );
    const { body } = await server.get('/api/automakers/busy?minPosition=700');
    expect(body.sites.length).toBeGreaterThan(200);
    expect(body.partnerships.length).toBeGreaterThan(200);
    expect(body.progress.length).toBeGreaterThan(200);
    html = (await server.get('/automakers/busy')).text;
  });
  afterAll(() => server.stop());

  it('shows the first two hundred of each list, and says how many there are', () => {
    const said = sentencesOf(html).filter((text) => /The first 200 of \d+\./.test(text));
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(html.split('<tr>').length).toBeLessThan(800);
  });

  it('leads to all of them', async () => {
    const links = [...html.matchAll(/The first 200 of (\d+)\. <a href="([^"]+)"/g)];
    expect(links.length).toBeGreaterThanOrEqual(3);
    for (const [, count = '', address = ''] of links) {
      const { status, text } = await server.get(address.replaceAll('&amp;', '&'));
      expect({ address, status }).toEqual({ address, status: 200 });
      if (address.includes('csv=')) expect(text.trim().split('\n')).toHaveLength(Number(count) + 1);
    }
  });
});
