import type { Automaker } from '../automaker.js';
import { isFinite, jsonBounds, middle, type Bounds } from '../measures/bounds.js';
import { MEASURES, perimeterKey, type Perimeter, type Unit } from '../measures/measures.js';
import { addYears, dayNumber, daysOf, type Day } from '../occurred-on.js';
import {
  observedPace,
  paceRatio,
  requiredPace,
  type ObservedPace,
  type PaceRatio,
  type RequiredPace,
  type Status,
} from './pace.js';
import { loggedCount, type LoggedCount } from './logged-count.js';
import { DEFAULT_RULE, type ChoosingRule } from '../measures/flows.js';
import { calendarYears, readingOf, type Reading, type ReadingInput } from '../measures/readings.js';
import type { TargetRecord, TargetTerms } from '../records.js';
import { shareSplit, type ShareSplit } from '../measures/share.js';
import { stalenessOf, type Staleness } from './staleness.js';

/** What was logged event by event, beside a reported level and never merged with it. */
export interface Logged extends LoggedCount {
  /** Reported minus logged: what the ledger does not know one by one. Absent where nothing is reported. */
  readonly notLogged?: number;
}

/** A number with its proof: the bounds, the formula, the inputs and the events that they rest on. */
export interface ProvenValue {
  /** The middle of the bounds; the lower one where only that is known. */
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
}

export interface Progress {
  readonly automaker: string;
  readonly target: string;
  readonly status: Status;
  readonly terms: TargetTerms;
  readonly on: Day;
  readonly value?: ProvenValue;
  readonly logged?: Logged;
  /** Threshold minus value, in the unit (percentage points of a share); negative beyond the threshold. */
  readonly gap?: { readonly value: number; readonly lo?: number; readonly hi?: number };
  readonly deadline?: { readonly words: string; readonly early: Day; readonly late: Day };
  readonly pace?: {
    readonly observed?: ObservedPace & {
      /** What the value a year earlier rests on. */
      readonly formula: string;
      readonly inputs: readonly ReadingInput[];
    };
    readonly toEarlyEnd?: RequiredPace & { readonly ratio?: PaceRatio };
    readonly toLateEnd?: RequiredPace & { readonly ratio?: PaceRatio };
  };
  /** Why the share moved: how much from selling more abroad, how much from selling less at home. */
  readonly split?: ShareSplit;
  /** Of a flow or share: the calendar years that the figures cover in full, oldest first. */
  readonly calendarYears?: readonly ProvenValue[];
  readonly staleness?: Staleness;
  /** What keeps the answer from saying more, in sentences. */
  readonly missing: readonly string[];
  /** How it was chosen between figures that contradict each other. */
  readonly rule: ChoosingRule;
  /** Of the formulas: it goes up when one of them changes. */
  readonly version: number;
}

/** Goes up with every change that gives another number for the same events. */
export const NUMBERS_VERSION = 1;

/** A level that was reported longer before a deadline than this says nothing about the deadline. */
const FRESH_DAYS = 92;

/**
 * How far an automaker is on a target, on a day: from the figures reported by then, with the events logged by then beside
 * them. Achieved and missed follow the figures at the deadline; before it the status follows the pace.
 */
export function progressOf(
  automaker: Automaker,
  record: TargetRecord,
  on: Day,
  rule: ChoosingRule = DEFAULT_RULE,
): Progress {
  const terms = record.versions.at(-1)?.terms;
  if (!terms) throw new Error(`target ${record.target} has no version`);
  const deadline = terms.deadline === undefined ? undefined : daysOf(terms.deadline);
  const reading = readingOf(
    automaker,
    terms.measure,
    terms,
    deadline && deadline.last < on ? deadline.last : on,
    rule,
  );
  const before =
    reading && readingOf(automaker, terms.measure, reading.perimeter, addYears(reading.last, -1), rule);
  const pace = reading && paceOf(terms, reading, before, on);
  const logged = loggedOf(automaker, terms, reading);
  const staleness = stalenessOf(automaker, terms, on);
  const years = (reading ? calendarYears(automaker, terms.measure, reading.perimeter, on, rule) : []).map(
    (year) => provenValue(year, terms),
  );
  const split = reading?.parts && before?.parts && shareSplit(before.parts, reading.parts);
  return {
    automaker: automaker.id,
    target: record.target,
    status: statusOf(record, terms, reading, on, pace),
    terms,
    on,
    ...(reading && { value: provenValue(reading, terms), gap: gapOf(reading.bounds, terms.threshold) }),
    ...(logged && { logged }),
    ...(deadline && {
      deadline: { words: terms.deadline ?? '', early: deadline.first, late: deadline.last },
    }),
    ...(pace && { pace }),
    ...(split && { split }),
    ...(years.length > 0 && { calendarYears: years }),
    ...(staleness && { staleness }),
    missing: missingFor(terms, reading, before, pace, on),
    rule,
    version: NUMBERS_VERSION,
  };
}

function provenValue(reading: Reading, terms: TargetTerms): ProvenValue {
  const { bounds, first, last, formula, inputs, perimeter, conflicts } = reading;
  const unit = MEASURES[terms.measure].unit;
  return {
    value: shownValue(bounds),
    ...jsonBounds(bounds),
    unit,
    first,
    last,
    formula,
    inputs,
    perimeter,
    conflicts,
  };
}

/** The middle of the bounds; the lower one where only that is known. */
function shownValue(bounds: Bounds): number {
  return isFinite(bounds) ? middle(bounds) : bounds.lo;
}

function gapOf(bounds: Bounds, threshold: number): NonNullable<Progress['gap']> {
  return {
    value: threshold - shownValue(bounds),
    ...jsonBounds({ lo: threshold - bounds.hi, hi: threshold - bounds.lo }),
  };
}

type Pace = NonNullable<Progress['pace']>;

/** Observed over the twelve months up to the newest figure; required from the day of the question to both ends of the deadline. */
function paceOf(
  terms: TargetTerms,
  reading: Reading,
  before: Reading | undefined,
  on: Day,
): Pace | undefined {
  if (!isFinite(reading.bounds) || !isPaced(terms)) return undefined;
  const comparable = before && before.last < reading.last && isFinite(before.bounds) ? before : undefined;
  const observed =
    comparable && observedPace(comparable.bounds, comparable.last, reading.bounds, reading.last);
  const isShare = MEASURES[terms.measure].nature === 'share';
  const paceTo = (by: Day) => {
    const required = requiredPace(reading.bounds, on, terms.threshold, by, isShare);
    const ratio = required && observed && paceRatio(observed, required);
    return required && { ...required, ...(ratio && { ratio }) };
  };
  const deadline = terms.deadline === undefined ? undefined : daysOf(terms.deadline);
  const toEarlyEnd = deadline && paceTo(deadline.first);
  const toLateEnd = deadline && paceTo(deadline.last);
  if (!observed && !toEarlyEnd && !toLateEnd) return undefined;
  return {
    ...(comparable &&
      observed && {
        observed: { ...observed, formula: comparable.formula, inputs: comparable.inputs },
      }),
    ...(toEarlyEnd && { toEarlyEnd }),
    ...(toLateEnd && { toLateEnd }),
  };
}

/**
 * Withdrawn if declared. Achieved where the figures reach the threshold by the deadline; missed where the deadline is over
 * and the figures that bear on it do not; before the deadline the band of the pace ratio to its late end.
 */
function statusOf(
  record: TargetRecord,
  terms: TargetTerms,
  reading: Reading | undefined,
  on: Day,
  pace: Pace | undefined,
): Status {
  if (record.withdrawn) return 'withdrawn';
  if (!reading) return 'not-enough-evidence';
  const deadline = terms.deadline === undefined ? undefined : daysOf(terms.deadline);
  const isOfAnotherYear = deadline && isForOnePeriod(terms) && reading.last !== deadline.last;
  if (reading.bounds.lo >= terms.threshold && !isOfAnotherYear) return 'achieved';
  if (deadline && deadline.last < on) {
    const falls = reading.bounds.hi < terms.threshold && bearsOn(deadline.last, reading, terms);
    return falls ? 'missed' : 'not-enough-evidence';
  }
  if (reading.bounds.lo >= terms.threshold) return 'on-track';
  return isPaced(terms) ? (pace?.toLateEnd?.ratio?.band ?? 'not-enough-evidence') : 'not-enough-evidence';
}

/** A flow with one day as its deadline, "40,000 units in 2025", is about the twelve months up to it and no others. */
function isForOnePeriod({ measure, deadline }: TargetTerms): boolean {
  return (
    MEASURES[measure].nature === 'flow' &&
    deadline !== undefined &&
    daysOf(deadline).first === daysOf(deadline).last
  );
}

/** Being in a market is not reached bit by bit. */
function isPaced({ measure }: TargetTerms): boolean {
  return measure !== 'market-presence';
}

/** Whether a reading speaks of a deadline: a flow or share that ends on it, or a level reported shortly before. */
function bearsOn(deadline: Day, reading: Reading, { measure }: TargetTerms): boolean {
  if (MEASURES[measure].nature !== 'level') return reading.last === deadline;
  return dayNumber(deadline) - dayNumber(reading.last) <= FRESH_DAYS;
}

/** What the ledger knows one by one of what a level counts; undefined for flows and shares. */
function loggedOf(
  automaker: Automaker,
  terms: TargetTerms,
  reading: Reading | undefined,
): Logged | undefined {
  const found = loggedCount(automaker, terms.measure, terms.market);
  if (!found) return undefined;
  const reported = reading && isFinite(reading.bounds) && terms.measure !== 'market-presence';
  return { ...found, ...(reading && reported && { notLogged: middle(reading.bounds) - found.count }) };
}

function missingFor(
  terms: TargetTerms,
  reading: Reading | undefined,
  before: Reading | undefined,
  pace: Pace | undefined,
  on: Day,
): string[] {
  const missing: string[] = [];
  const deadline = terms.deadline === undefined ? undefined : daysOf(terms.deadline);
  if (!deadline) missing.push('No deadline was announced: no pace is required, and nothing can be missed.');
  if (!reading) {
    missing.push(`No figure of ${terms.measure} is recorded for what the target counts.`);
    return missing;
  }
  if (deadline && deadline.last < on && !bearsOn(deadline.last, reading, terms)) {
    missing.push(`The deadline is over, and the newest figure that bears on it ends on ${reading.last}.`);
  }
  if (!isFinite(reading.bounds)) {
    missing.push(
      `No source reports ${terms.measure}; what is logged one by one is the least that it can be.`,
    );
  }
  if (terms.basis !== undefined && perimeterKey(reading.perimeter) !== perimeterKey(terms)) {
    missing.push(
      `The target counts ${terms.basis}; the figures count ${reading.perimeter.basis ?? 'something that the sources do not state'}.`,
    );
  }
  if (pace?.observed && reading.parts && !before?.parts) {
    missing.push(
      'The share a year earlier is as a source printed it; its parts are not known, so the change cannot be split.',
    );
  }
  if (terms.measure === 'market-presence') {
    if (reading.bounds.lo !== reading.bounds.hi)
      missing.push('The ledger does not say whether the market was entered.');
  } else if (deadline && deadline.last >= on && !pace?.observed) {
    missing.push('No figure covers the time a year earlier, so no pace can be observed.');
  }
  return missing;
}
