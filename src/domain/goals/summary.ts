import { daysOf } from '../ledger/edtf.js';
import type { TargetTerms } from '../state/records.js';
import type { Bounds } from '../measures/bounds.js';
import { MEASURES } from '../measures/measures.js';
import { unitInWords } from '../words/goals.js';
import type { Finding } from './finding.js';
import { boundsInWords, numberInWords, timeOfValue, withinPeriod } from './goal-days.js';
import { dayInWords, deadlineInWords, whenInWords } from '../words/dates.js';
import type { PaceBand } from './status.js';
import type { Age } from './staleness.js';

const BAND_WORDS: Readonly<Record<PaceBand, string>> = {
  'on-track': 'on track',
  'acceleration-needed': 'acceleration needed',
  limited: 'limited',
  deteriorating: 'deteriorating',
};

/**
 * A verdict in sentences that can be published as they are: what is known, as of when, against which goal.
 * `age` is the age, on the day of the question, of a verdict that newer figures can change; `isOver` says
 * whether the deadline was before that day.
 */
export function summaryOf(
  terms: TargetTerms,
  finding: Finding,
  age: Age | undefined,
  isOver: boolean,
): string {
  const sentences = [standing(terms, finding), verdict(terms, finding), ageing(finding, age, isOver)];
  return sentences
    .filter((sentence) => sentence !== '')
    .map(capital)
    .join(' ');
}

const unitOf = ({ measure }: TargetTerms, amount?: number): string =>
  unitInWords(MEASURES[measure].unit, amount);

/** The threshold in words: "at least 90,000", "80,000 to 100,000". */
function thresholdWords({ threshold, thresholdTo, qualifier }: TargetTerms): string {
  if (thresholdTo !== undefined) return `${numberInWords(threshold)} to ${numberInWords(thresholdTo)}`;
  const how = qualifier === undefined || qualifier === 'between' ? '' : `${qualifier.replace('-', ' ')} `;
  return `${how}${numberInWords(threshold)}`;
}

const goalInWords = (terms: TargetTerms): string =>
  `${thresholdWords(terms)} ${unitOf(terms, terms.thresholdTo ?? terms.threshold)}`;

function standing(terms: TargetTerms, finding: Finding): string {
  const { kind, period, reading, amount, isProxy, isRumour, late } = finding;
  if (kind === 'presence') return reading ? '' : 'No entry is logged.';
  // The verdict itself says what was late, and when.
  if (late) return '';
  if (!reading) {
    const of = period
      ? ` ${withinPeriod(period)}`
      : terms.deadline === undefined
        ? ''
        : ` ${deadlineInWords(terms.deadline)}`;
    return `No figure bears on the goal of ${goalInWords(terms)}${kind === 'rate' ? ' a year' : ''}${of}.`;
  }
  const { unit } = MEASURES[terms.measure];
  const { bounds, last } = reading;
  const value = boundsInWords(bounds, unit);
  const when = timeOfValue(reading);
  if (isProxy) return `Counted another way, it was ${value} ${unitOf(terms)} ${when}.`;
  const by = isRumour === true ? 'By rumour alone, ' : '';
  if (amount) {
    const percent = `${boundsInWords(amount.percent, 'percent')} %${ofWhat(terms)}`;
    return last === amount.last && period?.last === last
      ? `${by}${partOf(terms, bounds)} ${when}: ${percent}.`
      : `${by}${partOf(terms, bounds)} by ${dayInWords(amount.last)}: ${percent} after ${numberInWords(amount.timeGone)} % of the time.`;
  }
  return isPart(terms, bounds)
    ? `${by}${partOf(terms, bounds)} ${when}.`
    : `${by}${value} ${unitOf(terms, bounds.lo)} ${when}, against a goal of ${
        unit === 'percent' ? goalInWords(terms) : thresholdWords(terms)
      }${kind === 'rate' ? ' a year' : ''}.`;
}

/** Of an interval, a percentage is of its lower end, which reaches the goal. */
const ofWhat = ({ threshold, thresholdTo }: TargetTerms): string =>
  thresholdTo === undefined ? '' : ` of ${numberInWords(threshold)}`;

/** Whether a value is worded as "x of y". Not for a share, or for more than was promised. */
const isPart = ({ measure, threshold }: TargetTerms, { lo, hi }: Bounds): boolean =>
  MEASURES[measure].nature !== 'share' && lo < threshold && (hi < threshold || !Number.isFinite(hi));

/** A value as a part of the goal: "60,001 of 90,000 vehicles". */
const partOf = (terms: TargetTerms, bounds: Bounds): string =>
  `${boundsInWords(bounds, MEASURES[terms.measure].unit)} of ${goalInWords(terms)}`;

function verdict(terms: TargetTerms, finding: Finding): string {
  const { status, bands, reachedOn, late, amount, heldAtDeadline } = finding;
  switch (status) {
    case 'achieved': {
      const held = heldAtDeadline === false ? '; it was not held until the deadline' : '';
      return `Achieved${reachedOn === undefined ? '' : ` by ${dayInWords(reachedOn)}`}${held}.`;
    }
    case 'met-when-set':
      return 'It was met already when it was set.';
    case 'missed': {
      if (!late) return 'Missed.';
      const what =
        terms.measure === 'market-presence'
          ? 'entered'
          : terms.threshold > 1
            ? 'the last that was needed started'
            : 'started';
      return `Missed: ${what} late, ${whenInWords(late.on)}.`;
    }
    case 'between-bands':
      return bands ? `Between ${BAND_WORDS[bands.lowest]} and ${BAND_WORDS[bands.highest]}.` : '';
    case 'on-track':
    case 'acceleration-needed':
    case 'limited':
    case 'deteriorating':
      return `${capital(BAND_WORDS[status])}${amount?.pace?.method === 'straight-line' ? ', by a straight line that ignores the season' : ''}.`;
    case 'not-enough-evidence':
      return isInsideRounding(terms, finding)
        ? `${whereThresholdLies(terms, finding)}: whether it was reached cannot be said.`
        : finding.kind === 'presence' && finding.reading
          ? finding.isRumour
            ? 'An entry is logged by rumour alone.'
            : 'An entry is logged; whether it was in time is not known.'
          : terms.qualifier === 'up-to' && finding.isFinal
            ? 'A goal of “up to” so many is not missed by fewer.'
            : '';
    case 'withdrawn':
      return 'Withdrawn.';
    case 'not-comparable':
      return 'It is not compared with the goal.';
  }
}

/** Bounds further apart than this fraction of the threshold are more than the rounding of one number. */
const ROUNDING = 0.1;

/** Where the threshold lies, for a figure that neither reaches it nor falls short of it. */
export function whereThresholdLies({ threshold }: TargetTerms, { reading, isRange }: Finding): string {
  const { lo = 0, hi = 0 } = reading?.bounds ?? {};
  const isRounding = isRange !== true && hi - lo <= ROUNDING * threshold && reading?.conflicts.length === 0;
  return `The threshold lies ${isRounding ? 'inside the rounding of the figure' : 'within what the figures allow'}`;
}

/** Whether the whole period is known and the threshold lies within its bounds. */
export function isInsideRounding({ threshold }: TargetTerms, { reading, isFinal, status }: Finding): boolean {
  return (
    isFinal &&
    status === 'not-enough-evidence' &&
    reading !== undefined &&
    reading.bounds.lo < threshold &&
    threshold <= reading.bounds.hi &&
    Number.isFinite(reading.bounds.hi)
  );
}

function ageing({ asOf, isFinal, status }: Finding, age: Age | undefined, isOver: boolean): string {
  if (asOf === undefined || isFinal || age === undefined) return '';
  if (status === 'withdrawn' || status === 'not-comparable') return '';
  if (isOver) return 'No later figure says how it ended.';
  switch (age) {
    case 'current':
      return '';
    case 'newer-figures-due':
      return `As of ${dayInWords(asOf)}; newer figures are due.`;
    case 'no-current-evidence':
      return `There is no current evidence: this is as of ${dayInWords(asOf)}.`;
  }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Whether the last possible day of the deadline has passed. */
export const isOver = (terms: TargetTerms, on: string): boolean =>
  terms.deadline !== undefined && daysOf(terms.deadline).last < on;
