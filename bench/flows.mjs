import { FlowModel } from '../dist/domain/measures/flows.js';
import { addDays } from '../dist/domain/ledger/edtf.js';
import { median } from './processes.mjs';
import { randomReports } from './random-reports.mjs';

const REPORTS = 2_000;
/** Number of reports added one by one to a model of consistent reports. */
const ADDED = 200;
const REPAIRS = 9;
/** Number of reports added one by one to a model of reports of which some are wrong. */
const ADDED_TO_WRONG = 40;

function timed(work) {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Median, 95th percentile and maximum of durations in milliseconds. */
function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: median(times), p95: sorted[Math.floor(sorted.length * 0.95)], most: sorted.at(-1) };
}

/**
 * Durations in milliseconds, for a model of 2,000 reports over fifteen years. If the reports are consistent:
 * adding a report, the first bounds of a year after that (which build the graph), and later bounds. If one
 * report in twenty is wrong: the repair, and adding one more report after it.
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
