import { jest } from '@jest/globals';
import type { Automaker } from '../../../src/domain/state/automaker.js';
import { FlowModel } from '../../../src/domain/measures/flows.js';
import type { Measure } from '../../../src/domain/measures/measures.js';
import { addDays, addYears } from '../../../src/domain/ledger/edtf.js';
import type { FigureRecord } from '../../../src/domain/state/records.js';
import { MOST_POINTS, seriesOf } from '../../../src/domain/measures/series.js';

const TODAY = '2060-01-01';

describe('a series of many figures of one measure', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each<Measure>(['overseas-service-centers', 'overseas-sales-share', 'overseas-units'])(
    'of %s reads each figure a few times, however many there are',
    (measure) => {
      const few = readsOf(measure, 100);
      const many = readsOf(measure, 400);
      expect(many).toBeLessThanOrEqual(4.1 * few);
    },
  );

  it('works out the bounds of each twelve months once', () => {
    const bounds = jest.spyOn(FlowModel.prototype, 'bounds');
    const year = { first: '2024-01-01', last: '2024-12-31' };
    const days = Array.from({ length: 300 }, (_, index) => ({
      first: addDays('2025-01-01', index),
      last: addDays('2025-01-01', index + 1),
    }));
    const figures = [year, ...days].map(({ first, last }, index) =>
      figure('overseas-units', first, last, index),
    );
    const points = seriesOf(automaker(figures), 'overseas-units', {}, TODAY);
    expect(bounds.mock.calls.length).toBe(points.length);
  });

  it('finds the twelve months of both parts of a share without trying each of them', () => {
    const bounds = jest.spyOn(FlowModel.prototype, 'bounds');
    const figures = Array.from({ length: 200 }, (_, index) => {
      const last = addDays('2025-01-01', index);
      const measure = index % 2 === 0 ? 'overseas-units' : 'total-units';
      return figure(measure, addDays(addYears(last, -1), 1), last, index);
    });
    expect(seriesOf(automaker(figures), 'overseas-sales-share', {}, TODAY)).toEqual([]);
    expect(bounds).not.toHaveBeenCalled();
  });

  it(`gives the newest ${MOST_POINTS} points where there are more`, () => {
    const figures = Array.from({ length: MOST_POINTS + 100 }, (_, index) => {
      const day = addDays('2020-01-01', index);
      return figure('overseas-service-centers', day, day, index);
    });
    const points = seriesOf(automaker(figures), 'overseas-service-centers', {}, TODAY);
    expect(points).toHaveLength(MOST_POINTS);
    expect(points.at(0)?.last).toBe(addDays('2020-01-01', 100));
    expect(points.at(-1)?.last).toBe(addDays('2020-01-01', MOST_POINTS + 99));
  });
});

/** Counts how often the measure of the figures is read while a series of them is computed. */
function readsOf(measure: Measure, count: number): number {
  let reads = 0;
  const figures = Array.from({ length: count }, (_, index) => {
    const last = addDays('2025-01-01', index);
    const first = measure === 'overseas-service-centers' ? last : addDays(addYears(last, -1), 1);
    return Object.defineProperty({ ...figure(measure, first, last, index) }, 'measure', {
      get: () => {
        reads += 1;
        return measure;
      },
    });
  });
  const points = seriesOf(automaker(figures), measure, {}, TODAY);
  // No twelve months end on 29 February.
  expect(points.length).toBeGreaterThanOrEqual(count - 1);
  return reads;
}

const figure = (measure: Measure, first: string, last: string, index: number): FigureRecord => ({
  measure,
  first,
  last,
  ...(first === last ? { asOf: last } : { period: `${first}/${last}` }),
  reports: [
    {
      event: `event-${index}`,
      occurredOn: last,
      value: 100 + (index % 7),
      plusMinus: 50,
      grade: 'reported',
      publishedOn: last,
      revision: index,
    },
  ],
});

const automaker = (figures: readonly FigureRecord[]): Automaker => ({
  id: 'acme',
  profile: { name: 'Acme', homeMarket: 'CN', registered: { event: 'registered', occurredOn: '2001' } },
  strategy: undefined,
  targets: [],
  markets: [],
  partnerships: [],
  outlets: [],
  sites: [],
  figures,
});
