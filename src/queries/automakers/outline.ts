import {
  headlineGoalOf,
  headlineOn,
  lastingHeadlines,
  type HeadlineGoal,
} from '../../domain/goals/headline.js';
import { NUMBERS_VERSION, type Progress } from '../../domain/goals/progress.js';
import { silenceOf, type Silence } from '../../domain/goals/quiet.js';
import { promisedBy, type PromisedGoal } from '../../domain/goals/promised-sums.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { Status } from '../../domain/goals/status.js';
import { tallyOf, type GoalTally } from '../../domain/goals/tally.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { marketsOf, presenceOf, type Presence } from '../markets/market-presence.js';
import { relativesWanted } from '../relatives.js';
import type { NameToFind } from '../search/names-to-find.js';
import { toldMeasures, type ToldMeasures } from './told-measures.js';
import { summaryOf, type AutomakerSummary } from './automaker-summary.js';

/**
 * What lists and maps of all automakers need from each one: its row, the standing of its goals, and what
 * makes that age. It depends only on the records, not on the day of the question, and is stored in a row
 * until something is recorded about the automaker or a relative. A list over all goals takes a few dozen
 * bytes for each.
 */
export interface Outline {
  readonly summary: AutomakerSummary;
  /** The goals that are its headline on some day, with verdicts (do not age) and deadlines (pass). */
  readonly headlines: readonly HeadlineGoal[];
  /** Its goals, counted by standing. */
  readonly goals: GoalTally;
  readonly statuses: Readonly<Partial<Record<Status, number>>>;
  /** From when to when its goals are quiet, unless they are stated again. */
  readonly silences: readonly Silence[];
  /** Its kinds of presence in each market abroad. */
  readonly presence: readonly (readonly [market: string, readonly Presence[]])[];
  /** Every market with records, including the home market. */
  readonly markets: readonly string[];
  /** The automakers whose events its verdicts also depend on. */
  readonly relatives: readonly string[];
  /** Its goals that can be added to those of others. */
  readonly promised: readonly PromisedGoal[];
  /** What can be compared with other automakers. */
  readonly told: ToldMeasures;
  /** The number of its records: figures, targets, markets, partnerships and sites. */
  readonly records: number;
}

/**
 * The version of the outlines' format and of the formulas behind their verdicts. Outlines of another version
 * are recomputed. Increase it when the format changes, or the words by which names are found.
 */
export const OUTLINE_VERSION = 1000 * NUMBERS_VERSION + 5;

/** The outline of an automaker, from its records and the progress on each of its targets on any day. */
function outlineOf(automaker: Automaker, progress: readonly Progress[], on: Day): Outline {
  const statuses: Partial<Record<Status, number>> = {};
  for (const { status } of progress) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    summary: summaryOf(automaker),
    headlines: lastingHeadlines(progress.map(headlineGoalOf)),
    goals: tallyOf(progress),
    statuses,
    silences: automaker.targets.flatMap((record) => silenceOf(record) ?? []),
    presence: [...presenceOf(automaker)],
    markets: [...marketsOf(automaker)],
    relatives: relativesWanted(automaker),
    promised: promisedBy(automaker),
    told: toldMeasures(automaker, on),
    records: recordsOf(automaker),
  };
}

/** A computed outline, with the progress that a list shows. */
export interface WorkedOut {
  readonly outline: Outline;
  /** Undefined if it has no target. */
  readonly shown: Progress | undefined;
  /** The day of that progress. */
  readonly on: Day;
  /** What can be found by name. */
  readonly names: readonly NameToFind[];
}

/** The outline and headline progress on a day, from each target's progress on that day, and the names. */
export function workedOut(
  automaker: Automaker,
  progress: readonly Progress[],
  on: Day,
  names: readonly NameToFind[],
): WorkedOut {
  const outline = outlineOf(automaker, progress, on);
  const chosen = headlineOn(outline.headlines, on)?.target;
  const shown = progress.find(({ target }) => target === chosen);
  return { outline, shown, on, names };
}

/** The number of an automaker's records. */
export const recordsOf = ({ targets, markets, partnerships, sites, figures }: Automaker): number =>
  [targets, markets, partnerships, sites, figures].reduce((sum, { length }) => sum + length, 0);
