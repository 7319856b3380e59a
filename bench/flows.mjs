import { FlowModel } from '../dist/domain/flows.js';
import { addDays } from '../dist/domain/occurred-on.js';
import { median } from './processes.mjs';

const REPORTS = 2_000;
/** Added one by one to a model of those before. */
const ADDED = 200;
const DAYS = 15 * 365;
const GRADES = ['confirmed', 'reported', 'rumoured'];

/** Reports over fifteen years, of one day to a year each, half of them rounded and a tenth wrong; the same in every run. */
function randomReports() {
  let seed = 7;
  const random = () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const below = (limit) => Math.floor(random() * limit);
  const counts = [0];
  for (let day = 0; day < DAYS; day++) counts.push(counts[day] + below(2000));
  return Array.from({ length: REPORTS }, (_, position) => {
    const from = below(DAYS - 1);
    const to = Math.min(DAYS, from + 1 + below([7, 31, 92, 366][below(4)]));
    const exact = counts[to] - counts[from];
    const place = random() < 0.5 ? 1000 : 1;
    return {
      event: `event-${position}`,
      value: Math.round((random() < 0.1 ? exact * (0.5 + random()) : exact) / place) * place,
      plusMinus: place === 1 ? 0 : place / 2,
      approximate: false,
      first: addDays('2010-01-01', from),
      last: addDays('2010-01-01', to - 1),
      grade: GRADES[below(3)],
      position,
    };
  });
}

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
 * Milliseconds that a new report costs a model of 2,000 reports over fifteen years, that the bounds of a year cost right
 * after it, when the graph has to be set up, and that they cost from then on.
 */
export function flowTimes() {
  const reports = randomReports();
  let model = FlowModel.of(reports.slice(0, -ADDED));
  const [added, firstBounds, bounds] = [[], [], []];
  for (const [index, report] of reports.slice(-ADDED).entries()) {
    added.push(timed(() => (model = model.add(report))));
    const first = addDays('2010-02-01', 25 * index);
    firstBounds.push(timed(() => model.bounds(first, first)));
    bounds.push(timed(() => model.bounds(first, addDays(first, 365))));
  }
  return {
    added: spread(added),
    firstBounds: spread(firstBounds),
    bounds: spread(bounds),
    conflicts: model.conflicts.length,
  };
}
