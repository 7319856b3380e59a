import { FlowModel, type ChoosingRule, type FlowReport } from '../../../src/domain/measures/flows.js';

const annual = (event: string, value: number, rest: Partial<FlowReport> = {}): FlowReport => ({
  event,
  value,
  approximate: false,
  first: '2024-01-01',
  last: '2024-12-31',
  grade: 'reported',
  position: 0,
  ...rest,
});

const chosen = (rule: ChoosingRule, ...reports: FlowReport[]) => FlowModel.of(reports, rule).used;

describe('choosing rules', () => {
  const filing = annual('filing', 190_068, { grade: 'confirmed', publishedOn: '2025-01-02', position: 1 });
  const garbled = annual('garbled', 287_001, { publishedOn: '2025-03-01', position: 2 });
  const rumour = annual('rumour', 150_001, { grade: 'rumoured', publishedOn: '2024-12-20', position: 3 });

  it('best-evidence-first goes by grade', () => {
    expect(chosen('best-evidence-first', garbled, rumour, filing)).toEqual(['filing']);
  });

  it('best-evidence-first goes by publication within a grade, and by recording within a day', () => {
    const restated = annual('restated', 190_069, {
      ...filing,
      event: 'restated',
      value: 190_069,
      publishedOn: '2025-02-01',
    });
    expect(chosen('best-evidence-first', filing, restated)).toEqual(['restated']);
    const again = annual('again', 190_070, { ...restated, event: 'again', value: 190_070, position: 9 });
    expect(chosen('best-evidence-first', again, restated)).toEqual(['again']);
    const undated = annual('undated', 190_071, { grade: 'confirmed', position: 10 });
    expect(chosen('best-evidence-first', undated, filing)).toEqual(['filing']);
  });

  it('latest-first goes by publication, whatever the grade', () => {
    expect(chosen('latest-first', filing, garbled, rumour)).toEqual(['garbled']);
  });

  it('most-conservative goes by the fewest units a day', () => {
    expect(chosen('most-conservative', filing, garbled, rumour)).toEqual(['rumour']);
    const quarter = annual('quarter', 60_001, { last: '2024-03-31' });
    const lowYear = annual('low-year', 50_001);
    expect(chosen('most-conservative', quarter, lowYear)).toEqual(['low-year']);
  });

  it('takes a used report back where a better one contradicts it, and reinstates what that one kept out', () => {
    const weak = annual('weak', 100, { grade: 'rumoured', plusMinus: 0, position: 1 });
    const half = annual('half', 150, { grade: 'rumoured', plusMinus: 0, last: '2024-06-30', position: 0 });
    const before = FlowModel.of([weak, half], 'best-evidence-first');
    expect(before.used).toEqual(['weak']);
    expect(before.conflicts.map(({ event }) => event)).toEqual(['half']);

    const after = before.add(annual('strong', 300, { grade: 'confirmed', plusMinus: 0, position: 2 }));
    expect(after.used).toEqual(['strong', 'half']);
    expect(after.conflicts).toMatchObject([
      { event: 'weak', cycle: ['weak', 'strong'], against: 'lo', proven: 300 },
    ]);
    expect(before.used).toEqual(['weak']);
  });

  it('uses reports that agree within their rounding, the narrower bounds winning', () => {
    const model = FlowModel.of([annual('exact', 141_601), annual('rounded', 141_600)]);
    expect(model.conflicts).toEqual([]);
    expect(model.bounds('2024-01-01', '2024-12-31')).toMatchObject({ lo: 141_601, hi: 141_601 });
  });
});
