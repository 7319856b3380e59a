import { fallingCounts } from '../measures/falling-counts.js';
import { valueInWords } from '../words/values.js';
import type { Automaker } from '../state/automaker.js';
import { isFinite, jsonBounds, middle, shownOf, type Bounds } from '../measures/bounds.js';
import { solidFigures } from '../measures/comparability.js';
import { DEFAULT_RULE, type ChoosingRule } from '../measures/flows.js';
import { MEASURES, type Perimeter, type Unit } from '../measures/measures.js';
import { calendarYears, type Reading, type ReadingInput } from '../measures/readings.js';
import { shareSplit, type ShareSplit } from '../measures/share.js';
import { daysOf, type Day } from '../ledger/edtf.js';
import type { GoalKind, TargetRecord, TargetTerms } from '../state/records.js';
import type { AmountProgress } from './amount-progress.js';
import { wantedOf, type Finding, type Pace } from './finding.js';
import { dateInWords, dayInWords, periodInWords } from './goal-days.js';
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

/** What was logged event by event by the day of the value, beside a reported level and never merged with it. */
export interface Logged extends LoggedCount {
  /** Reported minus logged, of one day: what the ledger does not know one by one. Absent where that is not known. */
  readonly notLogged?: number;
}

/** A number with its proof: the bounds, the formula, the inputs and the events that they rest on. */
export interface ProvenValue {
  /** The middle of the bounds; the one that is known where only one is. */
  readonly value: number;
  readonly lo?: number;
  readonly hi?: number;
  readonly unit: Unit;
  readonly first: Day;
  readonly last: Day;
  readonly formula: string;
  readonly inputs: readonly ReadingInput[];
  readonly perimeter: Perimeter;
  readonly conflicts: readonly string[];
  /** It counts something else than the goal does: shown, and not compared. */
  readonly isProxy?: true;
}

/** The pace of a rate, a share or a level. */
export interface PaceProgress {
  readonly observed?: ObservedPace & {
    /** What the value a year earlier rests on. */
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

/** A goal that is read the other way: what the figures come to then. */
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
  /** The day by which it was last said or changed. */
  readonly saidOn: Day;
  /** The days that an amount or a share is of. */
  readonly period?: { readonly first: Day; readonly last: Day };
  /** The day of the newest figure or event that bears on the goal: what the status is as of. */
  readonly statusAsOf?: Day;
  /** The status in sentences that can be published as they stand. */
  readonly summary: string;
  readonly value?: ProvenValue;
  /** Where nothing bears on the goal: the newest that is known of what it counts, of another time. */
  readonly latest?: ProvenValue;
  readonly logged?: Logged;
  /** Threshold minus value, in the unit (percentage points of a share); negative beyond the threshold. */
  readonly gap?: { readonly value: number; readonly lo?: number; readonly hi?: number };
  readonly deadline?: { readonly words: string; readonly early: Day; readonly late: Day };
  /** Of a status between bands: the lowest and the highest. */
  readonly bands?: BandRange;
  readonly amount?: AmountProgress;
  readonly pace?: PaceProgress;
  readonly reachedOn?: Day;
  readonly heldAtDeadline?: boolean;
  readonly late?: { readonly on: string; readonly event: string };
  readonly other?: OtherReading;
  /** Of each version with other terms, how it ended or stands; absent where the terms never changed. */
  readonly outcomes?: readonly Outcome[];
  readonly slip?: Slip;
  /** Why the share moved: how much from selling more abroad, how much from selling less at home. */
  readonly split?: ShareSplit;
  /** Of a flow or share: the calendar years that the figures cover in full, oldest first. */
  readonly calendarYears?: readonly ProvenValue[];
  /** How old the status is; absent where no figure bears on the goal, or where it has ended. */
  readonly staleness?: Staleness;
  /** What keeps the answer from saying more, in sentences. */
  readonly missing: readonly string[];
  /** How it was chosen between figures that contradict each other. */
  readonly rule: ChoosingRule;
  /** Of the formulas: it goes up when one of them changes. */
  readonly version: number;
}

/** Goes up with every change that gives another number for the same events. */
export const NUMBERS_VERSION = 6;

/**
 * How far an automaker is on a target: as of the newest figure or event that bears on it. The day of asking, `on`, only
 * says how old that is. What was recorded and happened by then is in the records.
 */
export function progressOf(
  automaker: Automaker,
  record: TargetRecord,
  on: Day,
  rule: ChoosingRule = DEFAULT_RULE,
  /** `standing` leaves out what became of former versions and of the years before, which take as long as all the rest. */
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
  // What comes after the deadline is no part of the promise.
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
  const { bounds, first, last, formula, inputs, perimeter, conflicts } = reading;
  const { unit } = MEASURES[terms.measure];
  return {
    value: shownOf(bounds, unit),
    ...jsonBounds(bounds),
    unit,
    first,
    last,
    formula,
    inputs,
    perimeter,
    conflicts,
    ...(isProxy === true && { isProxy }),
  };
}

/** That a multiple is not what the words made of it, since its base is known to be another number. */
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

/** What the ledger knows one by one of what a level counts, of the goal's entity, on the day of the value. */
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
  if (isOver(terms, on) && !isFinal && asOf !== undefined && !isProxy)
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

/** Counts that fall, of which one is used for the value or was left out of it. */
function fallsIn(figures: Automaker['figures'], { inputs, conflicts }: Reading): string[] {
  const bearing = new Set([...conflicts, ...inputs.flatMap(({ events }) => events)]);
  return fallingCounts(figures).flatMap(({ earlier, later, words }) =>
    bearing.has(earlier.event) || bearing.has(later.event) ? [words] : [],
  );
}
