import { marketFinding, type InMarket } from '../../../src/domain/footprint/market-finding.js';

const one = (name: string, on: string | undefined, over: Partial<InMarket> = {}): InMarket => ({
  name,
  present: on !== undefined,
  stays: on === undefined ? [] : [{ entered: { event: name, occurredOn: on } }],
  sites: [],
  ...over,
});

describe('the finding of a market', () => {
  it.each<[string, InMarket[], string]>([
    ['nobody', [], 'Nobody is logged as selling or building here.'],
    [
      'one',
      [one('XPeng', '2021-05')],
      'One automaker sells here, by what is logged; others may, too. XPeng came in May 2021.',
    ],
    [
      'some, in order',
      [
        one('XPeng', '2021-05'),
        one('NIO', '2021-09-30'),
        one('SAIC', '2019', { sites: [{ status: 'running' }] }),
      ],
      '3 automakers sell here, and 1 of the ledger builds here, by what is logged; others may, too. The first logged entry is that of SAIC, in 2019; the last that of NIO, on 30 Sept 2021.',
    ],
    [
      'dates that do not tell',
      [one('XPeng', '2021'), one('NIO', '2021-09-30')],
      '2 automakers sell here, by what is logged; others may, too. The first entry that is logged is of 30 Sept 2021; who came first the dates do not tell.',
    ],
    [
      'a last one that the dates do not tell',
      [one('XPeng', '2025-02-12'), one('Geely', '2025-10-23'), one('Changan', '2025-09/2025-12')],
      '3 automakers sell here, by what is logged; others may, too. The first logged entry is that of XPeng, on 12 Feb 2025.',
    ],
    [
      'builders alone',
      [one('GWM', undefined, { sites: [{ status: 'running' }] })],
      'One automaker builds here, by what is logged; nobody is logged as selling here.',
    ],
    [
      'plans alone',
      [one('GWM', undefined, { planned: [{ event: 'x', occurredOn: '2025' }] })],
      'Nobody is logged as selling here; one automaker announced an entry.',
    ],
  ])('%s', (_, automakers, finding) => {
    expect(marketFinding(automakers)).toBe(finding);
  });

  it('counts nobody by rumour, and says who is there by rumour alone', () => {
    const rumoured = one('Seres', '2020', {
      stays: [{ entered: { event: 'x', occurredOn: '2020', isRumour: true } }],
    });
    expect(marketFinding([rumoured, one('NIO', '2022-10-07')])).toBe(
      'One automaker sells here, by what is logged; others may, too. By rumour alone, Seres sells here. NIO came on 7 Oct 2022.',
    );
    expect(marketFinding([rumoured])).toBe(
      'Nobody is logged as selling or building here. By rumour alone, Seres sells here.',
    );
  });

  it('names who sells there by figures alone', () => {
    expect(marketFinding([one('XPeng', '2021-05')], ['Geely', 'SAIC'])).toBe(
      'One automaker sells here, by what is logged; others may, too. Figures tell of sales here of Geely and SAIC, too, whose entries are not logged. XPeng came in May 2021.',
    );
    expect(marketFinding([], ['SAIC'])).toContain('of SAIC, whose entry is not logged.');
  });
});
