import { problemsOfProposal } from '../../src/domain/ledger/proposal.js';
import { given, givenIn, idOf, proposal, registered } from './given-when-then.js';
import {
  centerClosed,
  centerOpened,
  correct,
  entered,
  retract,
  storeClosed,
  storeOpened,
  tariff,
  unitsOf2025,
} from './sample-events.js';

const tooMany = 'more-closed-than-opened';

describe.each([
  ['service centers', centerOpened, centerClosed],
  ['stores', storeOpened, storeClosed],
])('not more %s are closed than opened', (_, open, close) => {
  it('refuses one too many, and names the last one of that market', () => {
    given(registered).when(close('2022-01-01')).refused(tooMany);
    given(registered, open('2021-01-01', 2)).when(close('2022-01-01', 3)).refused(tooMany, 1);
    given(registered, open('2021-01-01')).when(close('2022-01-01'), close('2023-01-01')).refused(tooMany, 2);
    given(registered, open('2021-01-01', 1, 'SE'))
      .when(close('2022-01-01'))
      .refused(tooMany);
  });
  it('refuses a closing before the opening', () => {
    given(registered, open('2022-01-01')).when(close('2021-01-01')).refused(tooMany, 1);
  });
  it('refuses a closing that leaves too few for a recorded one', () => {
    given(registered, open('2020-01-01', 2), close('2022-01-01', 2))
      .when(close('2021-01-01'))
      .refused(tooMany, 2);
  });
  it('refuses to retract, to move, or to lessen the opening of one that closed', () => {
    const history = given(registered, open('2021-01-01', 2), close('2022-01-01', 2));
    history.when(retract(1)).refused(tooMany, 2);
    history.when(correct(1, '2023-01-01', { market: 'NO', count: 2 })).refused(tooMany, 2);
    history.when(correct(1, '2021-01-01', { market: 'NO' })).refused(tooMany, 2);
    history.when(correct(1, '2021-01-01', { market: 'SE', count: 2 })).refused(tooMany, 2);
  });
  it('refuses to correct a closing to more than are open', () => {
    given(registered, open('2021-01-01', 2), close('2022-01-01'))
      .when(correct(2, '2022-01-01', { market: 'NO', count: 3 }))
      .refused(tooMany, 1);
  });
  it('accepts to close all of them, and to open others', () => {
    const state = given(registered, open('2020-01-01', 2), close('2021-01-01'))
      .when(close('2022-01-01'), open('2023-01-01'), close('2024-01-01'))
      .accepted();
    expect([...state.entries('outlets')].map(([, record]) => record)).toMatchObject([
      { market: 'NO', opened: 3, closed: 3 },
    ]);
  });
});

describe('outlets', () => {
  it('are counted by kind: a closed store is no closed service center', () => {
    given(registered, storeOpened('2020-01-01')).when(centerClosed('2021-01-01')).refused(tooMany);
  });
  it('warn where the market was never entered, and do not where it was; at home they are asked about', () => {
    const warningsOf = (...history: Parameters<typeof given>) => {
      const { decision } = given(registered, ...history).when(centerOpened('2021-01-01'));
      return decision.kind === 'accepted' ? (decision.events[0]?.warnings ?? []) : [];
    };
    expect(warningsOf()).toMatchObject([{ code: 'market-not-entered' }]);
    expect(warningsOf(entered('2020-01-01'))).toEqual([]);
    const atHome = centerOpened('2021-01-01', 1, 'CN');
    expect(given(registered).when(atHome).decision).toMatchObject({
      kind: 'unconfirmed',
      doubts: [{ code: 'home-market' }],
    });
    given(registered)
      .when({ ...atHome, confirm: ['home-market'] })
      .accepted();
  });
});

describe('figures', () => {
  const figure = (data: object) => proposal('FigureReported', '2026-01-05', data);
  const wrongIn = (data: object) => problemsOfProposal(figure(data)).map(({ field }) => field);

  it('have exactly one of period and day, the one that goes with their measure', () => {
    const units = { measure: 'overseas-units', value: 1 };
    const markets = { measure: 'overseas-markets', value: 1 };
    expect(wrongIn(units)).toEqual(['data.period']);
    expect(wrongIn(markets)).toEqual(['data.asOf']);
    expect(wrongIn({ ...units, period: '2025', asOf: '2025' })).toEqual(['data.period']);
    expect(wrongIn({ ...units, asOf: '2025' })).toEqual(['data.asOf']);
    expect(wrongIn({ ...markets, period: '2025' })).toEqual(['data.period']);
    expect(wrongIn({ ...units, period: '2025' })).toEqual([]);
    expect(wrongIn({ ...markets, asOf: '2025' })).toEqual([]);
  });
  it('of a share are at most 100, and of a market name it', () => {
    const share = { measure: 'overseas-sales-share', period: '2025' };
    expect(wrongIn({ ...share, value: 100.5 })).toEqual(['data.value']);
    expect(wrongIn({ ...share, value: 100 })).toEqual([]);
    expect(wrongIn({ measure: 'market-units', value: 1, period: '2025' })).toEqual(['data.market']);
  });
  it('that disagree are both kept, with a warning that names the other', () => {
    const { decision } = given(registered, unitsOf2025(45_008)).when(unitsOf2025(45_000));
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [{ warnings: [{ code: 'figures-differ', events: [idOf(1)] }] }],
    });
  });
  it('dated before their period ends, or published before they were said, carry a warning', () => {
    const source = [
      { url: 'https://example.com/a', publisher: 'A', publishedOn: '2024', grade: 'reported' as const },
    ];
    const { decision } = given(registered).when({ ...unitsOf2025(1, '2025-06'), evidence: source });
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [{ warnings: [{ code: 'published-before' }, { code: 'figure-before-its-end' }] }],
    });
  });
});

describe('terms of a target', () => {
  const terms = {
    target: 't',
    measure: 'overseas-sales-share',
    threshold: 50,
    unit: 'percent',
    wording: 'w',
  };
  const wrongIn = (data: object) =>
    problemsOfProposal(proposal('TargetSet', '2025', { ...terms, ...data })).map(({ field }) => field);

  it('fit each other: unit and measure, a share and 100, a market where the measure is about one', () => {
    expect(wrongIn({})).toEqual([]);
    expect(wrongIn({ unit: 'units' })).toEqual(['data.unit']);
    expect(wrongIn({ threshold: 101 })).toEqual(['data.threshold']);
    expect(wrongIn({ measure: 'market-units', unit: 'units', threshold: 101 })).toEqual(['data.market']);
    expect(wrongIn({ measure: 'overseas-units', unit: 'units', threshold: 101 })).toEqual([]);
  });
});

describe('conditions of a market', () => {
  it('change as often as they do, one after the other', () => {
    const state = givenIn('market-EU', tariff('2025-01-01', { rate: 10 }))
      .when(tariff('2024-01-01', { rate: 20 }), tariff('2026-01-01'))
      .accepted();
    const [record] = [...state.entries('condition')].map(([, record]) => record);
    expect(record?.changes.map(({ rate }) => rate)).toEqual([20, 10, undefined]);
  });
});
