import { FlowModel, type FlowReport } from '../../../src/domain/measures/flows.js';

const report = (
  event: string,
  first: string,
  last: string,
  value: number,
  rest: Partial<FlowReport> = {},
): FlowReport => ({
  event,
  value,
  plusMinus: 0,
  approximate: false,
  first,
  last,
  grade: 'reported',
  position: 0,
  ...rest,
});

describe('flows at the edges', () => {
  it('know nothing without reports', () => {
    const model = FlowModel.of([]);
    expect(model.bounds('2025-01-01', '2025-12-31')).toEqual({
      lo: 0,
      hi: Infinity,
      proof: { lo: [], hi: [] },
    });
    expect(model.used).toEqual([]);
    expect(model.conflicts).toEqual([]);
    expect(model.covers('2025-01-01', '2025-12-31')).toBe(false);
    expect(model.trailingTwelveMonths()).toBeUndefined();
    expect(model.completeYears()).toEqual([]);
    expect(
      model.add(report('a', '2025-01-01', '2025-01-01', 5)).bounds('2025-01-01', '2025-01-01'),
    ).toMatchObject({ lo: 5, hi: 5 });
  });

  it('take periods of one day', () => {
    const model = FlowModel.of([
      report('month', '2025-01-01', '2025-01-31', 10),
      report('day', '2025-01-31', '2025-01-31', 4),
    ]);
    expect(model.bounds('2025-01-31', '2025-01-31')).toMatchObject({ lo: 4, hi: 4 });
    expect(model.bounds('2025-01-01', '2025-01-30')).toMatchObject({ lo: 6, hi: 6 });
    expect(model.bounds('2025-01-15', '2025-01-15')).toMatchObject({ lo: 0, hi: 6 });
  });

  it('take zero for what it is, everywhere within', () => {
    const model = FlowModel.of([report('none', '2025-01-01', '2025-12-31', 0)]);
    expect(model.bounds('2025-03-01', '2025-04-30')).toMatchObject({ lo: 0, hi: 0 });
    expect(Object.is(model.bounds('2025-01-01', '2025-12-31').lo, 0)).toBe(true);
  });

  it('go by the nearest reported days outside for hi and inside for lo', () => {
    const model = FlowModel.of([
      report('q1', '2025-01-01', '2025-03-31', 90),
      report('q2', '2025-04-01', '2025-06-30', 80),
    ]);
    const { lo, hi, proof } = model.bounds('2024-12-15', '2025-03-31');
    expect({ lo, hi, proof }).toMatchObject({ lo: 90, hi: Infinity, proof: { hi: [] } });
    expect(model.bounds('2025-02-01', '2025-06-30')).toMatchObject({ lo: 80, hi: 170 });
    expect(model.bounds('2025-02-01', '2025-04-15')).toMatchObject({ lo: 0, hi: 170 });
    expect(model.bounds('2030-01-01', '2030-12-31')).toMatchObject({ lo: 0, hi: Infinity });
  });

  it('take the same report many times over, and prove with the fewest', () => {
    const model = FlowModel.of(
      Array.from({ length: 50 }, (_, i) => report(`same-${i}`, '2025-01-01', '2025-12-31', 7)),
    );
    expect(model.conflicts).toEqual([]);
    const { lo, hi, proof } = model.bounds('2025-01-01', '2025-12-31');
    expect([lo, hi, proof.lo.length, proof.hi.length]).toEqual([7, 7, 1, 1]);
  });

  it('keep a thousand reports that contradict one, each with its reason', () => {
    const best = report('best', '2025-01-01', '2025-12-31', 1, { grade: 'confirmed' });
    const wrong = Array.from({ length: 1000 }, (_, i) =>
      report(`wrong-${i}`, '2025-01-01', '2025-12-31', i + 2, { position: i }),
    );
    const { used, conflicts } = FlowModel.of([best, ...wrong]);
    expect(used).toEqual(['best']);
    expect(conflicts).toHaveLength(1000);
    for (const { excess, cycle, proven } of conflicts) {
      expect([excess > 0, cycle.length, proven]).toEqual([true, 2, 1]);
    }
  });

  it('stay exact with the largest figures', () => {
    const months = Array.from({ length: 2000 }, (_, i) => {
      const day = new Date(Date.UTC(2015, 0, 1 + i)).toISOString().slice(0, 10);
      return report(`day-${i}`, day, day, 1e12, { position: i });
    });
    expect(FlowModel.of(months).bounds('2015-01-01', '2020-06-22')).toMatchObject({ lo: 2e15, hi: 2e15 });
  });

  it('find twelve months that end within a year, across years, by sum and difference', () => {
    const model = FlowModel.of([
      report('2024', '2024-01-01', '2024-12-31', 100),
      report('nine-2024', '2024-01-01', '2024-09-30', 70),
      report('nine-2025', '2025-01-01', '2025-09-30', 90),
    ]);
    expect(model.trailingTwelveMonths()).toMatchObject({
      first: '2024-10-01',
      last: '2025-09-30',
      lo: 120,
      hi: 120,
    });
    expect(model.trailingTwelveMonths('2025-09-29')).toMatchObject({
      first: '2024-01-01',
      last: '2024-12-31',
      lo: 100,
    });
    expect(model.completeYears()).toEqual([2024]);
  });

  it('end twelve months on the last of February in leap years too', () => {
    const model = FlowModel.of([report('a', '2023-03-01', '2024-02-29', 12)]);
    expect(model.trailingTwelveMonths()).toMatchObject({ first: '2023-03-01', last: '2024-02-29' });
  });

  it('refuse what is no period, no figure, or the same event twice', () => {
    const one = report('a', '2025-01-01', '2025-01-31', 1);
    const model = FlowModel.of([one]);
    expect(() => model.bounds('2025-01-02', '2025-01-01')).toThrow(RangeError);
    expect(() => model.bounds('soon', '2025-01-01')).toThrow(RangeError);
    expect(() => model.add(one)).toThrow(RangeError);
    expect(() => FlowModel.of([one, one])).toThrow(RangeError);
    expect(() => FlowModel.of([report('b', '2025-02-01', '2025-01-01', 1)])).toThrow(RangeError);
    expect(() => FlowModel.of([report('b', '2025-01-01', '2025-02-01', -1)])).toThrow(RangeError);
  });
});
