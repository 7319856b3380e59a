import { automakerOf } from '../../../src/domain/state/automaker.js';
import { figureVintages, periodsOf, toldBy, undatedFigures } from '../../../src/domain/measures/vintages.js';
import { source, vintagesOf } from './told-vintages.js';
import { given, idOf, proposal, registered } from '../given-when-then.js';

const units = (value: number, period: string, publishedOn: string | undefined, over: object = {}) =>
  proposal(
    'FigureReported',
    publishedOn ?? '2026-11-20',
    { measure: 'overseas-units', value, period, ...over },
    source(publishedOn),
  );

describe('given a year that was told, put right, and told again as it was put right', () => {
  const { state } = given(
    registered,
    units(45_008, '2025', '2026-01-05'),
    units(46_101, '2025', '2026-03-20', { restates: [idOf(1)] }),
    units(46_101, '2025', '2026-04-01'),
    units(60_001, '2024', undefined),
  );
  const vintages = vintagesOf(state);
  const periods = periodsOf(vintages);

  it('has a vintage for each day on which it became another series', () => {
    expect(vintages.map(({ publicOn, points }) => [publicOn, points.map(({ value }) => value)])).toEqual([
      ['2026-01-05', [45_008]],
      ['2026-03-20', [46_101]],
      ['2026-04-01', [46_101]],
    ]);
  });

  it('tells the year as it was first told and as it was put since, each with its day', () => {
    expect(periods).toMatchObject([
      {
        first: '2025-01-01',
        last: '2025-12-31',
        tellings: [
          { publicOn: '2026-01-05', value: 45_008 },
          { publicOn: '2026-03-20', value: 46_101 },
        ],
      },
    ]);
    const [year] = periods;
    expect(year && toldBy(year, '2026-01-04')).toBeUndefined();
    expect(year && toldBy(year, '2026-03-19')?.value).toBe(45_008);
    expect(year && toldBy(year, '2026-03-20')?.value).toBe(46_101);
  });

  it('tells of each report whether it puts an earlier one right, in the order of publication', () => {
    const automaker = automakerOf('xpeng', state);
    const figures = figureVintages(automaker?.figures ?? [], state, 'overseas-units', {});
    expect(figures.map(({ period, tellings }) => [period, tellings.map((each) => each.as)])).toEqual([
      ['2025', ['first', 'restated', 'again']],
    ]);
  });

  it('counts what nobody dated, which is in no vintage', () => {
    expect(undatedFigures(state, 'overseas-units', {})).toBe(1);
  });
});

describe('given a figure that another source puts otherwise', () => {
  it('is told otherwise, and nobody says that the first was wrong', () => {
    const { state } = given(
      registered,
      units(45_008, '2025', '2026-01-05'),
      units(47_001, '2025', '2026-01-08'),
    );
    const [figure] = figureVintages(automakerOf('xpeng', state)?.figures ?? [], state, 'overseas-units', {});
    expect(figure?.tellings.map((each) => each.as)).toEqual(['first', 'otherwise']);
  });
});

describe('given a month that was told before it was over', () => {
  it('begins a vintage on its last day', () => {
    const { state } = given(registered, units(45_008, '2025', '2025-12-20'));
    expect(vintagesOf(state).map(({ publicOn }) => publicOn)).toEqual(['2025-12-31']);
  });
});

describe('given a year that later figures make impossible to tell', () => {
  it('is no longer given from that day on', () => {
    const { state } = given(
      registered,
      units(45_008, '2025', '2026-01-05'),
      proposal(
        'EventCorrected',
        undefined,
        {
          event: idOf(1),
          occurredOn: '2026-11-20',
          data: { measure: 'overseas-units', value: 45_008, period: '2025' },
          reason: 'The same once more.',
        },
        source('2026-02-01'),
      ),
    );
    // A correction only improves the copy of what was published, so it starts no new vintage.
    expect(periodsOf(vintagesOf(state))).toHaveLength(1);
    expect(periodsOf(vintagesOf(state))[0]?.tellings).toHaveLength(1);
    const [first] = vintagesOf(state);
    const gone = periodsOf([...(first ? [first] : []), { publicOn: '2026-05-01', points: [] }]);
    expect(gone[0]?.tellings.at(-1)).toEqual({ publicOn: '2026-05-01', events: [] });
  });
});
