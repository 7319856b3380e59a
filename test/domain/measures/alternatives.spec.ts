import { seriesOf } from '../../../src/domain/measures/series.js';
import type { Measure, Perimeter } from '../../../src/domain/measures/measures.js';
import type { Automaker } from '../../../src/domain/state/automaker.js';
import type { FigureRecord, FigureReport } from '../../../src/domain/state/records.js';

type Told = Partial<FigureReport> & { readonly value: number };

/** Reports of one measure for 2024. */
const of2024 = (measure: Measure, told: readonly Told[], perimeter: Perimeter = {}): FigureRecord => ({
  measure,
  ...perimeter,
  period: '2024',
  first: '2024-01-01',
  last: '2024-12-31',
  reports: told.map((report, index) => ({
    event: `${measure}-${index}`,
    occurredOn: '2024-12-31',
    grade: 'reported',
    revision: index,
    ...report,
  })),
});

const pointsOf = (measure: Measure, figures: readonly FigureRecord[]) => {
  const automaker: Automaker = {
    id: 'acme',
    profile: { name: 'Acme', homeMarket: 'CN', registered: { event: 'registered', occurredOn: '2001' } },
    strategy: undefined,
    targets: [],
    markets: [],
    partnerships: [],
    outlets: [],
    sites: [],
    figures,
  };
  return seriesOf(automaker, measure, {}, '2026-01-01');
};

describe('reports that a point does not agree with', () => {
  it('a report of worse evidence stands beside the one that was chosen', () => {
    const [point] = pointsOf('overseas-units', [
      of2024('overseas-units', [{ value: 22_905, grade: 'confirmed' }, { value: 30_017 }]),
    ]);
    expect(point).toMatchObject({ lo: 22_905, hi: 22_905 });
    expect(point?.alternatives).toEqual([{ lo: 30_017, hi: 30_017, events: ['overseas-units-1'] }]);
  });

  it('reports of equal weight are all alternatives: the point only spans them', () => {
    const [point] = pointsOf('overseas-sales-share', [
      of2024('overseas-sales-share', [{ value: 10 }, { value: 13 }]),
    ]);
    expect(point).toMatchObject({ lo: 9.5, hi: 13.5 });
    expect(point?.alternatives).toEqual([
      { lo: 9.5, hi: 10.5, events: ['overseas-sales-share-0'] },
      { lo: 12.5, hi: 13.5, events: ['overseas-sales-share-1'] },
    ]);
  });

  it('a printed share that does not say how it counts is set beside the quotient of the units', () => {
    const [point] = pointsOf('overseas-sales-share', [
      of2024('overseas-units', [{ value: 12_123 }], { basis: 'deliveries' }),
      of2024('total-units', [{ value: 100_123 }], { basis: 'deliveries' }),
      of2024('overseas-sales-share', [{ value: 13 }, { value: 12.1 }]),
    ]);
    expect(point?.alternatives).toEqual([{ lo: 12.5, hi: 13.5, events: ['overseas-sales-share-0'] }]);
  });

  it('another report of a part of a share is set in the place of that part', () => {
    const [point] = pointsOf('overseas-sales-share', [
      of2024('overseas-units', [{ value: 10_123, grade: 'confirmed' }, { value: 20_246 }]),
      of2024('total-units', [{ value: 101_230, plusMinus: 0 }]),
    ]);
    expect(point).toMatchObject({ lo: 10, hi: 10 });
    expect(point?.alternatives).toEqual([{ lo: 20, hi: 20, events: ['overseas-units-1'] }]);
  });

  it('reports that agree leave nothing beside the point', () => {
    const [point] = pointsOf('overseas-units', [
      of2024('overseas-units', [{ value: 22_905 }, { value: 23_000, qualifier: 'about' }]),
    ]);
    expect(point).not.toHaveProperty('alternatives');
  });
});
