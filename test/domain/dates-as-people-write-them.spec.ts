import { dateFromWords } from '../../src/domain/ledger/dates-in-words.js';
import { problemsOfProposal } from '../../src/domain/ledger/proposal.js';
import { proposal } from './given-when-then.js';

const THIRD_QUARTER = '2025-07/2025-09';
const FIRST_HALF = '2025-01/2025-06';

describe('a date as people write it', () => {
  it.each([
    ['12. November 2025', '2025-11-12'],
    ['12-Nov-2025', '2025-11-12'],
    ['Wednesday, 12 November 2025', '2025-11-12'],
    ['Wed, 12 Nov 2025', '2025-11-12'],
    ['the 12th of November, 2025', '2025-11-12'],
    ['12.Nov.2025', '2025-11-12'],
    ['20251112', '2025-11-12'],
    ['2025年11月12号', '2025-11-12'],
    ['２０２５年１１月', '2025-11'],
    ['2025 年 11 月', '2025-11'],
    ['13-11-2025', '2025-11-13'],
    ['11/2025', '2025-11'],
    ['11.2025', '2025-11'],
    ['11-2025', '2025-11'],
    ['2025/11', '2025-11'],
    ['2025.11', '2025-11'],
    ['2025-9', '2025-09'],
    ['Nov. 2025', '2025-11'],
    ['November-2025', '2025-11'],
    ["Nov '25", '2025-11'],
    ['12. Dezember 2025', '2025-12-12'],
    ['März 2025', '2025-03'],
    ['Jänner 2025', '2025-01'],
    ['décembre 2025', '2025-12'],
    ['1er août 2025', '2025-08-01'],
    ['juil. 2025', '2025-07'],
    ['12 de noviembre de 2025', '2025-11-12'],
    ['enero 2025', '2025-01'],
    ['septiembre de 2025', '2025-09'],
    ['15 maggio 2025', '2025-05-15'],
    ['3 oktober 2025', '2025-10-03'],
    ['março de 2025', '2025-03'],
    ['Q3/2025', THIRD_QUARTER],
    ['Q3-2025', THIRD_QUARTER],
    ['Q3 25', THIRD_QUARTER],
    ["Q3'25", THIRD_QUARTER],
    ['3Q25', THIRD_QUARTER],
    ['3Q 2025', THIRD_QUARTER],
    ['2025 Q3', THIRD_QUARTER],
    ['2025/Q3', THIRD_QUARTER],
    ['2025 3Q', THIRD_QUARTER],
    ['third quarter of 2025', THIRD_QUARTER],
    ['3rd quarter 2025', THIRD_QUARTER],
    ['3. Quartal 2025', THIRD_QUARTER],
    ['3e trimestre 2025', THIRD_QUARTER],
    ['2025年第三季度', THIRD_QUARTER],
    ['2025年3季度', THIRD_QUARTER],
    ['1H25', FIRST_HALF],
    ['H1/2025', FIRST_HALF],
    ['first half of 2025', FIRST_HALF],
    ['1. Halbjahr 2025', FIRST_HALF],
    ['2025年上半年', FIRST_HALF],
    ['2025年下半年', '2025-07/2025-12'],
    ['1. April 2025 to 30. Juni 2025', '2025-04-01/2025-06-30'],
  ])('%s is %s', (text, date) => {
    expect(dateFromWords(text)).toBe(date);
  });
  it.each([
    ['13/2025'],
    ['03/04/2025'],
    ['3-4-2025'],
    // A financial year of two calendar years.
    ['2010/11'],
    ['2025/26'],
    // June and July.
    ['jui 2025'],
    ['Nov 25'],
    ['5Q25'],
    ['3H 2025'],
    ['fifth quarter of 2025'],
    ['third half of 2025'],
    ['12112025'],
    ['Smarch 2025'],
    [`${'1'.repeat(50_000)} November 2025`],
    [`${' '.repeat(50_000)}x`],
  ])('%.20s is not guessed at', (text) => {
    expect(dateFromWords(text)).toBeUndefined();
  });
});

describe('a date that is refused', () => {
  const saidOn = (occurredOn: string) =>
    problemsOfProposal(proposal('MarketEntered', occurredOn, { market: 'DK' }));

  it.each([
    ['03/04/2025', /^can be 3 April 2025 or 4 March 2025: write 2025-04-03 or 2025-03-04$/],
    ['3-4-2025', /^can be 3 April 2025 or 4 March 2025: write 2025-04-03 or 2025-03-04$/],
    ['2023-02-29', /^names 29 February 2023, and February 2023 has 28 days$/],
    ['2024-02-30', /^names 30 February 2024, and February 2024 has 29 days$/],
    ['31 April 2025', /^names 31 April 2025, and April 2025 has 30 days$/],
    ['31.4.2025', /^names 31 April 2025, and April 2025 has 30 days$/],
    ['2025-04-31~', /^names 31 April 2025, and April 2025 has 30 days$/],
    ['2025-01-01/2025-06-31', /^names 31 June 2025, and June 2025 has 30 days$/],
    ['../2025-06-31', /^names 31 June 2025, and June 2025 has 30 days$/],
    ['by 31 June 2025', /^names 31 June 2025, and June 2025 has 30 days$/],
    ['2025-13', /^names month 13, and a year has 12$/],
    ['2025-13-01', /^names month 13, and a year has 12$/],
    ['2025-06/2025-01', /^ends before it begins$/],
    ['whenever', /^must be an EDTF date/],
  ])('%s says why', (text, message) => {
    expect(saidOn(text)).toEqual([{ field: 'occurredOn', message: expect.stringMatching(message) }]);
  });
  it('says why in data and evidence too', () => {
    const figure = proposal('FigureReported', '2026-01', {
      measure: 'overseas-units',
      period: '2025-06-31',
      value: 9_011,
    });
    const published = (figure.evidence ?? []).map((each) => ({ ...each, publishedOn: '03/04/2025' }));
    expect(problemsOfProposal({ ...figure, evidence: published })).toEqual([
      { field: 'evidence[0].publishedOn', message: expect.stringMatching(/^can be 3 April/) },
      { field: 'data.period', message: 'names 31 June 2025, and June 2025 has 30 days' },
    ]);
  });
});
