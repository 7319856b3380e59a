import { FlowModel } from '../dist/domain/measures/flows.js';
import { addDays } from '../dist/domain/ledger/edtf.js';
import { median } from './processes.mjs';
import { randomReports } from './random-reports.mjs';

const REPORTS = 2_000;
/** Added one by one to a model of those before. */
const ADDED = 200;
const REPAIRS = 9;
/** Added one by one to those of which some are wrong. */
const ADDED_TO_WRONG = 40;

function timed(work) {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Median, 95th percentile and most of milliseconds. */
function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: median(times), p95: sorted[Math.floor(sorted.length * 0.95)], most: sorted.at(-1) };
}

/**
 * Milliseconds that a new report costs a model of 2,000 reports over fifteen years that agree, that the bounds of a year
 * cost right after it, when the graph has to be set up, and that they cost from then on; that the repair of as many reports
 * costs of which one in twenty is wrong, and one more report to those.
 */
export function flowTimes() {
  const reports = randomReports(REPORTS, 0);
  let model = FlowModel.of(reports.slice(0, -ADDED));
  const [added, firstBounds, bounds] = [[], [], []];
  for (const [index, report] of reports.slice(-ADDED).entries()) {
    added.push(timed(() => (model = model.add(report))));
    const first = addDays('2010-02-01', 25 * index);
    firstBounds.push(timed(() => model.bounds(first, first)));
    bounds.push(timed(() => model.bounds(first, addDays(first, 365))));
  }
  const wrong = randomReports(REPORTS + ADDED_TO_WRONG, 0.05);
  let repaired = FlowModel.of(wrong.slice(0, REPORTS));
  const repairs = Array.from({ length: REPAIRS }, () => timed(() => FlowModel.of(wrong.slice(0, REPORTS))));
  const addedToWrong = wrong.slice(REPORTS).map((report) => timed(() => (repaired = repaired.add(report))));
  return {
    added: spread(added),
    firstBounds: spread(firstBounds),
    bounds: spread(bounds),
    repairs: spread(repairs),
    addedToWrong: spread(addedToWrong),
    conflicts: repaired.unused.length + repaired.disputed.length,
  };
}
