import { FlowModel, type FlowReport, type ProofTerm } from '../../src/domain/flows.js';
import { addDays } from '../../src/domain/occurred-on.js';

const REPORTS = 2_000;
const DAYS = 15 * 365;
const ADDED = 60;

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

const ofReports = (terms: readonly ProofTerm[]): number =>
  terms.reduce((sum, { sign, units }) => sum + sign * units, 0);

describe('flows of 2,000 reports over 15 years', () => {
  it('are the same whether the last reports came one by one or all at once, and are recomputed from their proofs', () => {
    const reports = manyReports();
    let grown = FlowModel.of(reports.slice(0, -ADDED));
    for (const report of reports.slice(-ADDED)) grown = grown.add(report);
    const whole = FlowModel.of(reports);

    expect(grown.used).toEqual(whole.used);
    expect(grown.conflicts).toEqual(whole.conflicts);
    expect(whole.conflicts.length).toBeGreaterThan(100);
    for (let i = 0; i < ADDED; i += 1) {
      const first = addDays('2010-02-01', 70 * i);
      const bounds = grown.bounds(first, addDays(first, 365));
      expect(bounds).toEqual(whole.bounds(first, addDays(first, 365)));
      expect([ofReports(bounds.proof.lo), ofReports(bounds.proof.hi)]).toEqual([bounds.lo, bounds.hi]);
    }
  });
});
