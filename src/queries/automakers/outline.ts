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
 * What lists and maps of all automakers take from each: its row in them, how its goals stand, and what makes that age. It follows
 * from the records alone, whatever the day of asking, and is kept in a row until something is recorded of the automaker or a
 * relative. Lists of all its goals have a few dozen bytes for each.
 */
export interface Outline {
  readonly summary: AutomakerSummary;
  /** The goals that stand for it on one day or another: with their verdicts, which do not age, and their deadlines, which pass. */
  readonly headlines: readonly HeadlineGoal[];
  /** How its goals stand, counted. */
  readonly goals: GoalTally;
  readonly statuses: Readonly<Partial<Record<Status, number>>>;
  /** From when to when its goals are quiet, unless more is said. */
  readonly silences: readonly Silence[];
  /** What it is in each market abroad. */
  readonly presence: readonly (readonly [market: string, readonly Presence[]])[];
  /** Every market of which anything is recorded, its own too. */
  readonly markets: readonly string[];
  /** Whose events its verdicts follow from as well. */
  readonly relatives: readonly string[];
  /** Its goals that can be added to those of others. */
  readonly promised: readonly PromisedGoal[];
  /** What of it can be set beside others. */
  readonly told: ToldMeasures;
  /** How much is recorded of it: figures, targets, stays, partners and sites. */
  readonly records: number;
}

/**
 * What outlines look like, and which formulas their verdicts come from: others are worked out anew. Raise it with their shape, and
 * with the words of what is found by its name.
 */
export const OUTLINE_VERSION = 1000 * NUMBERS_VERSION + 2;

/** The outline of an automaker, from its records and the progress on each of its targets, of whichever day. */
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

/** An outline that was worked out, with the progress that a list shows of it. */
export interface WorkedOut {
  readonly outline: Outline;
  /** Undefined where it has no target. */
  readonly shown: Progress | undefined;
  /** The day of that progress. */
  readonly on: Day;
  /** What is found of it by a name. */
  readonly names: readonly NameToFind[];
}

/** The outline of an automaker with what is shown of it on a day, from the progress on each of its targets on that day and its names. */
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

/** How much is recorded of an automaker. */
export const recordsOf = ({ targets, markets, partnerships, sites, figures }: Automaker): number =>
  [targets, markets, partnerships, sites, figures].reduce((sum, { length }) => sum + length, 0);
