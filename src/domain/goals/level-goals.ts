import { measureInWords } from '../words/goals.js';
import { byLast } from '../measures/by-last.js';
import { perimetersWith } from '../measures/comparability.js';
import { levelSteps } from '../measures/levels.js';
import { readingOfLevel, type Reading } from '../measures/readings.js';
import { dayNumber, type Day } from '../ledger/edtf.js';
import { wantedOf, type Finding, type GoalContext } from './finding.js';
import { dayInWords } from '../words/dates.js';
import type { GoalReading } from './kinds.js';
import { lateBy, perhapsInTime } from './late-levels.js';
import { atLeast, loggedIn, loggedReading, mostBy } from './logged-levels.js';
import { bandsOfPace, NONE_NEWER, isNewerThanGoal, paceOf } from './paces.js';
import { statusOfBands } from './status.js';
import { fallsShort, reaches, thresholdOf, type Threshold } from './threshold.js';

/** A level reported within this many days after a deadline that falls short missed it. */
const DAYS_AFTER = 92;

/**
 * The finding for a level: the newest report by the deadline or, if that says more, the count of what was
 * individually logged by then. Reaching the threshold later is late.
 */
export function levelFinding(context: GoalContext, goal: GoalReading): Finding {
  const { kind, deadline } = goal;
  const { terms, figures, rule } = context;
  const wanted = wantedOf(terms);
  const steps = perimetersWith(figures, [terms.measure], wanted)
    .filter(({ comparability }) => comparability !== 'other')
    .flatMap(({ perimeter }) =>
      levelSteps(figures, terms.measure, perimeter, rule).map((step) =>
        readingOfLevel(step, terms.measure, perimeter),
      ),
    )
    .sort(byLast);
  const threshold = thresholdOf(terms, figures, wanted, rule);
  const end = deadline?.last;
  const told = steps.filter(({ last }) => end === undefined || last <= end);
  const { reached: reachedByLog, newest: newestLogged, left } = loggedBy(context, end, threshold);
  const { newest, notes } = besideLog(context, told.at(-1), newestLogged);
  const about = { kind, notes };
  if (newest) {
    const found = { ...about, asOf: newest.last, reading: newest };
    const first = told.find(({ bounds, last }) => last >= context.said.first && reaches(bounds, threshold));
    if (reaches(newest.bounds, threshold))
      return newest.last < context.said.first
        ? { ...found, status: 'met-when-set', isFinal: false, reachedOn: newest.last }
        : { ...found, status: 'achieved', isFinal: true, reachedOn: first?.last ?? newest.last };
  }
  const isHeldByLog = left !== undefined && reaches(atLeast(left.count), threshold);
  if (reachedByLog && isHeldByLog) {
    const isOlder = reachedByLog.last < context.said.first;
    if (isOlder && terms.measure === 'production-sites' && threshold.least.hi === 1)
      return anotherPlant(context, goal);
    return {
      kind,
      notes: [],
      asOf: reachedByLog.last,
      reading: reachedByLog,
      status: isOlder ? 'met-when-set' : 'achieved',
      isFinal: true,
      reachedOn: reachedByLog.last,
    };
  }
  const after = end === undefined ? undefined : steps.find(({ last }) => last > end);
  if (end !== undefined && after && dayNumber(after.last) - dayNumber(end) <= DAYS_AFTER) {
    const found = { ...about, asOf: after.last, reading: after, isFinal: true };
    if (fallsShort(after.bounds, threshold) && !threshold.isCeiling) return { ...found, status: 'missed' };
    if (reaches(after.bounds, threshold))
      return {
        ...found,
        status: 'not-enough-evidence',
        notes: [
          `It is told for ${dayInWords(after.last)}, after the deadline; whether it was reached by then is not.`,
        ],
      };
  }
  const late = lateBy(context, end, threshold);
  if (late) return late;
  const vague = newest ? undefined : perhapsInTime(context, end, threshold);
  if (vague) return vague;
  if (newest && newest.last === end) {
    const isMissed = fallsShort(newest.bounds, threshold) && !threshold.isCeiling;
    const before = told.find(({ bounds, last }) => last >= context.said.first && reaches(bounds, threshold));
    return {
      ...about,
      asOf: newest.last,
      reading: newest,
      status: isMissed ? 'missed' : 'not-enough-evidence',
      isFinal: true,
      notes: [
        ...notes,
        ...(isMissed && before
          ? [`It was reached by ${dayInWords(before.last)} and not held until the deadline.`]
          : []),
        ...(Number.isFinite(newest.bounds.hi)
          ? []
          : ['Only the least is told; whether there were more is not.']),
      ],
    };
  }
  const now = paced(context, steps, newest, newestLogged, threshold, goal);
  const lost = reachedByLog && left ? [lostInWords(reachedByLog, left)] : [];
  return { ...now, notes: [...notes, ...lost, ...now.notes] };
}

/**
 * Combines the newest reported level with the individually logged items, which are a lower bound. If by the
 * day of the report more than reported were certainly logged, the two disagree, and the level is anything
 * between them. If more may have been logged by then, the log's newer count is used. What was logged only for
 * later days does not change the report.
 */
function besideLog(
  context: GoalContext,
  told: Reading | undefined,
  logged: Reading | undefined,
): { readonly newest?: Reading; readonly notes: readonly string[] } {
  if (!told) return { notes: [] };
  const changes = loggedIn(context);
  const surely = changes.filter(({ day }) => day <= told.last);
  const count = surely.reduce((sum, change) => sum + change.count, 0);
  if (count > told.bounds.hi) {
    const events = surely.map(({ event }) => event);
    return {
      newest: {
        ...told,
        bounds: { lo: told.bounds.lo, hi: count },
        formula: `${told.formula}, up to what is logged one by one by then`,
        inputs: [...told.inputs, { name: 'logged', bounds: { lo: count }, events }],
        conflicts: [...told.conflicts, ...events],
      },
      notes: [`${count.toLocaleString('en')} were logged one by one by then, more than the figure says.`],
    };
  }
  if (!logged || logged.last <= told.last || logged.bounds.lo <= told.bounds.hi)
    return { newest: told, notes: [] };
  if (mostBy(changes, told.last) > told.bounds.hi) return { newest: logged, notes: [] };
  const later = `${logged.bounds.lo.toLocaleString('en')} are logged one by one by ${dayInWords(logged.last)}, more than was told last.`;
  return { newest: told, notes: [later] };
}

const lostInWords = ({ last }: Reading, { count, day }: NonNullable<LoggedLevels['left']>): string =>
  `It was reached by ${dayInWords(last)}, by what is logged one by one, and not held: ${count.toLocaleString('en')} ${count === 1 ? 'is' : 'are'} logged on ${dayInWords(day)}.`;

/** If a plant ran already when one was promised, only one that starts later fulfils the promise. */
function anotherPlant(context: GoalContext, { kind, deadline }: GoalReading): Finding {
  const { terms, said } = context;
  const started = loggedIn(context).find(
    ({ count, day }) => count > 0 && day >= said.first && (deadline === undefined || day <= deadline.last),
  );
  if (!started)
    return {
      kind,
      status: 'not-enough-evidence',
      isFinal: false,
      notes: ['A plant ran there before the goal was set, and none that started since is logged.'],
    };
  return {
    kind,
    asOf: started.day,
    reading: loggedReading(terms.measure, terms, 1, started, [started.event]),
    status: 'achieved',
    isFinal: true,
    reachedOn: started.day,
    notes: [],
  };
}

function paced(
  context: GoalContext,
  steps: readonly Reading[],
  newest: Reading | undefined,
  logged: Reading | undefined,
  threshold: Threshold,
  { kind, deadline }: GoalReading,
): Finding {
  if (!newest) {
    if (logged)
      return {
        kind,
        asOf: logged.last,
        reading: logged,
        status: 'not-enough-evidence',
        isFinal: false,
        notes: [
          `No source reports ${measureInWords(context.terms.measure, context.terms.market)}; what is logged one by one is the least that it can be.`,
        ],
      };
    return { kind, status: 'not-enough-evidence', isFinal: false, notes: [noneTold(context, steps)] };
  }
  const pace = deadline && paceOf(context, steps, newest, threshold, deadline);
  const bands = pace && bandsOfPace(pace);
  return {
    kind,
    asOf: newest.last,
    reading: newest,
    status: bands ? statusOfBands(bands) : 'not-enough-evidence',
    isFinal: false,
    ...(bands && { bands }),
    ...(pace && { pace }),
    notes: deadline && !isNewerThanGoal(context, newest) ? [NONE_NEWER] : [],
  };
}

function noneTold({ terms }: GoalContext, steps: readonly Reading[]): string {
  const [first] = steps;
  return first
    ? `No figure of ${measureInWords(terms.measure, terms.market)} is recorded for a day by the deadline; the first is of ${dayInWords(first.last)}.`
    : `No recorded figure of ${measureInWords(terms.measure, terms.market)} counts what the goal counts.`;
}

interface LoggedLevels {
  /** The first level that reaches the threshold. */
  readonly reached?: Reading;
  readonly newest?: Reading;
  /** The count after the last change. */
  readonly left?: { readonly count: number; readonly day: Day };
}

/** The levels that the logged changes add up to. Event lists are long, so only results get one. */
function loggedBy(context: GoalContext, end: Day | undefined, threshold: Threshold): LoggedLevels {
  const { terms } = context;
  const changes = loggedIn(context);
  let count = 0;
  let reached: Reading | undefined;
  let newest: (() => Reading) | undefined;
  let left: LoggedLevels['left'];
  for (const [index, change] of changes.entries()) {
    if (end !== undefined && change.day > end) break;
    count += change.count;
    left = { count: Math.max(0, count), day: change.day };
    if (count <= 0) continue;
    const so = count;
    newest = () => {
      const events = changes.slice(0, index + 1).map(({ event }) => event);
      return loggedReading(terms.measure, terms, so, change, events);
    };
    if (!reached && reaches(atLeast(count), threshold)) reached = newest();
  }
  return { ...(reached && { reached }), ...(newest && { newest: newest() }), ...(left && { left }) };
}
