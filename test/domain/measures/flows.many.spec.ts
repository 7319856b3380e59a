import { randomReports } from '../../../bench/random-reports.mjs';
import { FlowModel, type ProofTerm } from '../../../src/domain/measures/flows.js';
import { addDays } from '../../../src/domain/ledger/edtf.js';

const REPORTS = 2_000;
const ADDED = 60;

const ofReports = (terms: readonly ProofTerm[]): number =>
  terms.reduce((sum, { sign, units }) => sum + sign * units, 0);

describe('flows of 2,000 reports over 15 years', () => {
  it('are the same whether the last reports came one by one or all at once, and are recomputed from their proofs', () => {
    const reports = randomReports(REPORTS);
    let grown = FlowModel.of(reports.slice(0, -ADDED));
    for (const report of reports.slice(-ADDED)) grown = grown.add(report);
    const whole = FlowModel.of(reports);

    expect(grown.used).toEqual(whole.used);
    expect(grown.conflicts).toEqual(whole.conflicts);
    expect(whole.conflicts.length).toBeGreaterThan(50);
    // If reports are taken in the order of their evidence, wrong reports displace many correct ones.
    expect(FlowModel.of(reports, 'best-evidence-first').conflicts.length).toBeGreaterThan(
      2 * whole.conflicts.length,
    );
    for (let i = 0; i < ADDED; i += 1) {
      const first = addDays('2010-02-01', 70 * i);
      const bounds = grown.bounds(first, addDays(first, 365));
      expect(bounds).toEqual(whole.bounds(first, addDays(first, 365)));
      expect([ofReports(bounds.proof.lo), ofReports(bounds.proof.hi)]).toEqual([bounds.lo, bounds.hi]);
    }
  });
});
