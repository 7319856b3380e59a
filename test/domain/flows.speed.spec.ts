import { FlowModel, type FlowReport } from '../../src/domain/flows.js';
import { addDays } from '../../src/domain/occurred-on.js';

const REPORTS = 2_000;
const DAYS = 15 * 365;

/** Two thousand reports over fifteen years, of one day to a year each, half of them rounded and a tenth wrong. */
function manyReports(): FlowReport[] {
  let seed = 7;
  const random = (): number => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const below = (limit: number): number => Math.floor(random() * limit);
  const counts = [0];
  for (let i = 0; i < DAYS; i += 1) counts.push((counts[i] ?? 0) + below(2000));
  return Array.from({ length: REPORTS }, (_, position): FlowReport => {
    const from = below(DAYS - 1);
    const to = Math.min(DAYS, from + 1 + below([7, 31, 92, 366][below(4)] ?? 7));
    const exact = (counts[to] ?? 0) - (counts[from] ?? 0);
    const place = random() < 0.5 ? 1000 : 1;
    return {
      event: `event-${position}`,
      value: Math.round((random() < 0.1 ? exact * (0.5 + random()) : exact) / place) * place,
      plusMinus: place === 1 ? 0 : place / 2,
      approximate: false,
      first: addDays('2010-01-01', from),
      last: addDays('2010-01-01', to - 1),
      grade: (['confirmed', 'reported', 'rumoured'] as const)[below(3)] ?? 'reported',
      position,
    };
  });
}

const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN;

describe('flows of 2,000 reports over 15 years', () => {
  const reports = manyReports();

  it('take one more report within 20 ms and answer for a period within 5 ms', () => {
    let model = FlowModel.of(reports.slice(0, -60));
    const additions: number[] = [];
    const answers: number[] = [];
    for (const [i, report] of reports.slice(-60).entries()) {
      additions.push(timed(() => (model = model.add(report))));
      const first = addDays('2010-02-01', 70 * i);
      // The first answer after an addition sets up the graph; the second is that of a standing model.
      model.bounds(first, first);
      answers.push(timed(() => model.bounds(first, addDays(first, 365))));
    }
    expect(median(additions)).toBeLessThan(20);
    expect(median(answers)).toBeLessThan(5);
    expect(model.conflicts.length).toBeGreaterThan(100);
  });
});
