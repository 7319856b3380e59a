import { fallingCounts } from '../measures/falling-counts.js';
import { valueInWords } from '../words/values.js';
import type { Automaker } from '../state/automaker.js';
import { isFinite, jsonBounds, middle, shownOf, type Bounds } from '../measures/bounds.js';
import { solidFigures } from '../measures/comparability.js';
import { DEFAULT_RULE, type ChoosingRule } from '../measures/flows.js';
import { MEASURES, type Perimeter, type Unit } from '../measures/measures.js';
import { calendarYears, type Reading, type ReadingInput } from '../measures/readings.js';
import { shareSplit, type ShareSplit } from '../measures/share.js';
import { daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { GoalKind, TargetRecord, TargetTerms } from '../state/records.js';
import type { AmountProgress } from './amount-progress.js';
import { wantedOf, type Finding, type Pace } from './finding.js';
import { periodInWords } from './goal-days.js';
import { dateInWords, dayInWords } from '../words/dates.js';
import type { GrowthRatio } from './growth.js';
import { judge, newestOf, saidFirst } from './judge.js';
import type { KindKnown } from './kinds.js';
import { loggedCount, type LoggedCount } from '../measures/logged-count.js';
import { promised } from './one-promise.js';
import { outcomesOf, slipOf, type Outcome, type Slip } from './outcomes.js';
import type { ObservedPace, PaceRatio, RequiredPace } from './pace.js';
import { stalenessOf, type Staleness } from './staleness.js';
import type { BandRange, Status } from './status.js';
import { isInsideRounding, isOver, summaryOf, whereThresholdLies } from './summary.js';
import { termsByBase } from './threshold.js';

/** What was individually logged by the day of the value. Shown beside a reported level, never merged. */
export interface Logged extends LoggedCount {
  /** Reported minus logged on the same day: the number not logged individually. Absent if unknown. */
  readonly notLogged?: number;
}

/** A number with its proof: bounds, formula, inputs and their events. */
export interface ProvenValue {
  /** The midpoint of the bounds; the known one if there is only one. */
  readonly value: number;
  readonly lo?: number;
  readonly hi?: number;
  readonly unit: Unit;
  readonly first: Day;
  readonly last: Day;
  /**
   * The date of a level, if it is known less precisely than to the day: "2022-09", or "../2025-12-31" for what
   * was counted by then.
   */
  readonly told?: EdtfDate;
  readonly formula: string;
  readonly inputs: readonly ReadingInput[];
  readonly perimeter: Perimeter;
  readonly conflicts: readonly string[];
  /** It counts something other than the goal does: it is shown but not compared. */
  readonly isProxy?: true;
}

/** The pace of a rate, a share or a level. */
export interface PaceProgress {
  readonly observed?: ObservedPace & {
    /** How the value a year earlier was calculated. */
    readonly formula: string;
    readonly inputs: readonly ReadingInput[];
  };
  readonly toEarlyEnd?: RequiredPace & { readonly ratio?: PaceRatio };
  readonly toLateEnd?: RequiredPace & { readonly ratio?: PaceRatio };
  readonly lastYear?: GrowthRatio;
  readonly sinceSet?: GrowthRatio;
  readonly lastYearToEarlyEnd?: GrowthRatio;
  readonly sinceSetToEarlyEnd?: GrowthRatio;
}

/** The result if the goal is read the other way. */
export interface OtherReading {
  readonly kind: GoalKind;
  readonly status: Status;
  readonly asOf?: Day;
  readonly value?: ProvenValue;
  readonly summary: string;
}

export interface Progress {
  readonly automaker: string;
  readonly target: string;
  readonly status: Status;
  readonly terms: TargetTerms;
  readonly on: Day;
  readonly kind: GoalKind;
  readonly kindKnown: KindKnown;
  /** The day by which it was last stated or changed. */
  readonly saidOn: Day;
  /** The period of an amount or a share. */
  readonly period?: { readonly first: Day; readonly last: Day };
  /** The day of the newest figure or event relevant to the goal. The status is as of this day. */
  readonly statusAsOf?: Day;
  /** The status in sentences that can be published as they are. */
  readonly summary: string;
  readonly value?: ProvenValue;
  /** If nothing is relevant to the goal: the newest known value of its measure, for another period. */
  readonly latest?: ProvenValue;
  readonly logged?: Logged;
  /** Threshold minus value in the unit (percentage points for a share); negative beyond the threshold. */
  readonly gap?: { readonly value: number; readonly lo?: number; readonly hi?: number };
  readonly deadline?: { readonly words: string; readonly early: Day; readonly late: Day };
  /** For a status between bands: the lowest and the highest band. */
  readonly bands?: BandRange;
  readonly amount?: AmountProgress;
  readonly pace?: PaceProgress;
  readonly reachedOn?: Day;
  readonly heldAtDeadline?: boolean;
  readonly late?: { readonly on: string; readonly event: string };
  readonly other?: OtherReading;
  /** For each version with other terms, how it ended or stands; absent if the terms never changed. */
  readonly outcomes?: readonly Outcome[];
  readonly slip?: Slip;
  /** Why the share changed: how much is due to selling more abroad, and how much to selling less at home. */
  readonly split?: ShareSplit;
  /** For a flow or share: the calendar years that the figures cover completely, oldest first. */
  readonly calendarYears?: readonly ProvenValue[];
  /** How old the status is; absent if no figure is relevant to the goal, or if it has ended. */
  readonly staleness?: Staleness;
  /** What keeps the answer from saying more, in sentences. */
  readonly missing: readonly string[];
  /** The rule for choosing between contradictory figures. */
  readonly rule: ChoosingRule;
  /** Version of the formulas. Increased when one of them changes. */
  readonly version: number;
}

/** Increased with every change that gives different numbers for the same events. */
export const NUMBERS_VERSION = 8;

/**
 * An automaker's progress on a target, as of the newest relevant figure or event. The day of the question,
 * `on`, only determines how old that is: the records already contain just what was recorded and had happened
 * by then.
 */
export function progressOf(
  automaker: Automaker,
  record: TargetRecord,
  on: Day,
  rule: ChoosingRule = DEFAULT_RULE,
  /** `standing` leaves out former versions and previous years, which take as long as all the rest. */
  extent: 'whole' | 'standing' = 'whole',
): Progress {
  const isWhole = extent === 'whole';
  const terms = record.versions.at(-1)?.terms;
  if (!terms) throw new Error(`target ${record.target} has no version`);
  const { known, finding, other } = judge(automaker, terms, saidFirst(record.versions), rule);
  const { reading, asOf, isFinal, pace } = finding;
  const by = promised(automaker, terms);
  const figures = solidFigures(by.automaker.figures);
  const latest = reading ? undefined : newestOf({ ...by, figures, rule });
  const staleness =
    asOf === undefined || isFinal
      ? undefined
      : stalenessOf(by.automaker.figures, terms.measure, by.terms, asOf, on);
  const years = (
    reading && isWhole ? calendarYears(by.automaker, terms.measure, reading.perimeter, on, rule) : []
  ).map((year) => provenValue(year, terms));
  const deadline = terms.deadline === undefined ? undefined : daysOf(terms.deadline);
  // What happens after the deadline is not part of the promise.
  const countedOn = deadline !== undefined && deadline.last < on ? deadline.last : on;
  const logged = loggedOf(by.automaker, by.terms, reading, asOf ?? countedOn);
  const outcomes = isWhole ? outcomesOf(automaker, record.versions, rule) : [];
  const slip = slipOf(record.versions);
  const before = pace?.observed?.reading;
  const split = reading?.parts && before?.parts && shareSplit(before.parts, reading.parts);
  const status = record.withdrawn ? 'withdrawn' : finding.status;
  const asItStands = reading ? termsByBase(terms, figures, reading.perimeter, rule) : terms;
  return {
    automaker: automaker.id,
    target: record.target,
    status,
    terms,
    on,
    kind: finding.kind,
    kindKnown: known,
    saidOn: daysOf(record.versions.at(-1)?.occurredOn ?? on).last,
    ...(finding.period && { period: finding.period }),
    ...(asOf !== undefined && { statusAsOf: asOf }),
    summary: summaryOf(asItStands, { ...finding, status }, staleness?.age, isOver(terms, on)),
    ...(reading && { value: provenValue(reading, terms, finding.isProxy) }),
    ...(reading && !finding.isProxy && { gap: gapOf(reading.bounds, asItStands) }),
    ...(latest && { latest: provenValue(latest, terms) }),
    ...(logged && { logged }),
    ...(deadline && {
      deadline: { words: terms.deadline ?? '', early: deadline.first, late: deadline.last },
    }),
    ...(finding.bands && finding.bands.lowest !== finding.bands.highest && { bands: finding.bands }),
    ...(finding.amount && { amount: finding.amount }),
    ...(pace && { pace: shownPace(pace) }),
    ...(finding.reachedOn !== undefined && { reachedOn: finding.reachedOn }),
    ...(finding.heldAtDeadline !== undefined && { heldAtDeadline: finding.heldAtDeadline }),
    ...(finding.late && { late: finding.late }),
    ...(other && { other: otherReading(terms, other) }),
    ...(outcomes.length > 0 && { outcomes }),
    ...(slip && { slip }),
    ...(split && { split }),
    ...(years.length > 0 && { calendarYears: years }),
    ...(staleness && { staleness }),
    missing: [
      ...(asItStands === terms ? [] : [movedThreshold(terms, asItStands)]),
      ...missingFor(
        terms,
        { ...finding, ...(logged && { logged }) },
        latest,
        other,
        on,
        by.automaker.figures,
      ),
    ],
    rule,
    version: NUMBERS_VERSION,
  };
}

function provenValue(reading: Reading, terms: TargetTerms, isProxy?: boolean): ProvenValue {
  const { bounds, first, last, told, formula, inputs, perimeter, conflicts } = reading;
  const { unit } = MEASURES[terms.measure];
  return {
    value: shownOf(bounds, unit),
    ...jsonBounds(bounds),
    unit,
    first,
    last,
    ...(told !== undefined && { told }),
    formula,
    inputs,
    perimeter,
    conflicts,
    ...(isProxy === true && { isProxy }),
  };
}

/** The note that a multiple differs from the stated number, because the base is now known better. */
const movedThreshold = (said: TargetTerms, now: TargetTerms): string =>
  `The words said ${said.threshold.toLocaleString('en')}; by what ${said.relativeTo ? dateInWords(said.relativeTo.period) : 'its base'} comes to now it is ${now.threshold.toLocaleString('en')}.`;

function gapOf(bounds: Bounds, { threshold, measure }: TargetTerms): NonNullable<Progress['gap']> {
  return {
    value: threshold - shownOf(bounds, MEASURES[measure].unit),
    ...jsonBounds({ lo: threshold - bounds.hi, hi: threshold - bounds.lo }),
  };
}

function shownPace({ observed, ...rest }: Pace): PaceProgress {
  if (!observed) return rest;
  const { reading, ...seen } = observed;
  return { observed: { ...seen, formula: reading.formula, inputs: reading.inputs }, ...rest };
}

function otherReading(terms: TargetTerms, finding: Finding): OtherReading {
  const { kind, status, asOf, reading } = finding;
  return {
    kind,
    status,
    ...(asOf !== undefined && { asOf }),
    ...(reading && { value: provenValue(reading, terms) }),
    summary: summaryOf(terms, finding, undefined, false),
  };
}

/** The individually logged items of a level for the goal's entity, on the day of the value. */
function loggedOf(
  automaker: Automaker,
  terms: TargetTerms,
  reading: Reading | undefined,
  on: Day,
): Logged | undefined {
  const found = loggedCount(automaker, { measure: terms.measure, ...wantedOf(terms) }, on);
  if (!found || (found.events.length === 0 && terms.entity !== undefined)) return undefined;
  const rest = reading && isFinite(reading.bounds) ? middle(reading.bounds) - found.count : -1;
  return { ...found, ...(rest >= 0 && { notLogged: rest }) };
}

function missingFor(
  terms: TargetTerms,
  finding: Finding & { readonly logged?: Logged },
  latest: Reading | undefined,
  other: Finding | undefined,
  on: Day,
  figures: Automaker['figures'],
): string[] {
  const { reading, asOf, isFinal, isProxy, pace, notes, logged } = finding;
  const missing: string[] = [...notes];
  if (terms.deadline === undefined && terms.period === undefined)
    missing.push('No deadline was announced: no pace is required, and nothing can be missed.');
  if (!reading && latest)
    missing.push(`The newest figure of what it counts is for ${periodInWords(latest)}.`);
  if (isOver(terms, on) && !isFinal && asOf !== undefined && !isProxy && finding.kind !== 'presence')
    missing.push(`The deadline is over, and the newest figure that bears on it is of ${dayInWords(asOf)}.`);
  if (isInsideRounding(terms, finding)) missing.push(`${whereThresholdLies(terms, finding)}.`);
  if (finding.status === 'not-enough-evidence' && other?.reading)
    missing.push(`Read as a ${other.kind}: ${summaryOf(terms, other, undefined, false)}`);
  if (
    terms.basis !== undefined &&
    reading &&
    reading.perimeter.basis === undefined &&
    finding.kind !== 'presence'
  )
    missing.push(
      `The goal counts ${valueInWords(terms.basis)}; the sources do not state what the figures count.`,
    );
  if (reading && pace && terms.deadline !== undefined && !pace.observed && !pace.sinceSet)
    missing.push(
      'No figure of the same perimeter covers the time a year earlier, so no pace can be observed.',
    );
  if (reading && pace?.observed && reading.parts && !pace.observed.reading.parts)
    missing.push(
      'The share a year earlier is as a source printed it; its parts are not known, so the change cannot be split.',
    );
  if (reading && reading.conflicts.length > 0)
    missing.push('Sources disagree: some figures are left out, or the bounds span what they say.');
  else if (pace?.observed && pace.observed.reading.conflicts.length > 0)
    missing.push('Sources disagree on the value a year earlier: the pace spans what they say.');
  if (reading && logged && logged.count > reading.bounds.hi)
    missing.push(
      `${logged.count.toLocaleString('en')} were logged one by one by then, more than the figure says.`,
    );
  if (reading) missing.push(...fallsIn(figures, reading));
  return missing;
}

/** Falling counts of which one figure was used for the value or left out of it. */
function fallsIn(figures: Automaker['figures'], { inputs, conflicts }: Reading): string[] {
  const bearing = new Set([...conflicts, ...inputs.flatMap(({ events }) => events)]);
  return fallingCounts(figures).flatMap(({ earlier, later, words }) =>
    bearing.has(earlier.event) || bearing.has(later.event) ? [words] : [],
  );
}
