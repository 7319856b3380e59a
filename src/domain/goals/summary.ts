import { daysOf } from '../ledger/edtf.js';
import type { TargetTerms } from '../state/records.js';
import { MEASURES } from '../measures/measures.js';
import { unitInWords } from '../words/goals.js';
import type { Finding } from './finding.js';
import {
  boundsInWords,
  dateInWords,
  dayInWords,
  numberInWords,
  periodInWords,
  withinPeriod,
} from './goal-days.js';
import type { PaceBand } from './status.js';
import type { Age } from './staleness.js';

const BAND_WORDS: Readonly<Record<PaceBand, string>> = {
  'on-track': 'on track',
  'acceleration-needed': 'acceleration needed',
  limited: 'limited',
  deteriorating: 'deteriorating',
};

/** A verdict in sentences that can be published as they stand: what is known, as of when, against which goal. */
export function summaryOf(terms: TargetTerms, finding: Finding, age: Age | undefined): string {
  const sentences = [standing(terms, finding), verdict(terms, finding), ageing(finding, age)];
  return sentences
    .filter((sentence) => sentence !== '')
    .map(capital)
    .join(' ');
}

function goalInWords(terms: TargetTerms): string {
  const { threshold, thresholdTo, qualifier } = terms;
  const amount =
    thresholdTo === undefined
      ? numberInWords(threshold)
      : `${numberInWords(threshold)} to ${numberInWords(thresholdTo)}`;
  const how = qualifier === undefined || qualifier === 'between' ? '' : `${qualifier.replace('-', ' ')} `;
  return `${how}${amount} ${unitInWords(MEASURES[terms.measure].unit, thresholdTo ?? threshold)}`;
}

function standing(
  terms: TargetTerms,
  { kind, period, reading, amount, asOf, isProxy, isRumour }: Finding,
): string {
  const goal = goalInWords(terms);
  if (kind === 'presence') return reading ? '' : 'No entry is logged.';
  if (!reading) {
    const of = period
      ? ` ${withinPeriod(period)}`
      : terms.deadline === undefined
        ? ''
        : ` by ${dateInWords(terms.deadline)}`;
    return `No figure bears on ${goal}${of}.`;
  }
  const { unit } = MEASURES[terms.measure];
  const value = boundsInWords(reading.bounds, unit);
  if (isProxy)
    return `Counted another way, it was ${value} ${unitInWords(unit)} for ${periodInWords(reading)}.`;
  if (amount)
    return `${value} of ${goal} by ${dayInWords(amount.last)}: ${boundsInWords(amount.percent)} % after ${numberInWords(amount.timeGone)} % of the time.`;
  const when =
    reading.first === reading.last ? `on ${dayInWords(reading.last)}` : `for ${periodInWords(reading)}`;
  const by = isRumour === true ? 'By rumour alone, ' : '';
  return `${by}${value} of ${goal} ${asOf === undefined ? '' : when}.`;
}

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
      const then = terms.measure === 'market-presence' ? 'entered' : 'started';
      return late ? `Missed: ${then} late, ${dateInWords(late.on)}.` : 'Missed.';
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
          ? 'An entry is logged; whether it was in time is not known.'
          : '';
    case 'withdrawn':
      return 'Withdrawn.';
    case 'not-comparable':
      return 'It is not compared with the goal.';
  }
}

/** Figures that are so far apart, in portions of the threshold, are no rounding of one number. */
const ROUNDING = 0.1;

/** Where the threshold lies, of a figure that neither reaches it nor falls short. */
export function whereThresholdLies({ threshold }: TargetTerms, { reading }: Finding): string {
  const { lo = 0, hi = 0 } = reading?.bounds ?? {};
  const isRounding = hi - lo <= ROUNDING * threshold && reading?.conflicts.length === 0;
  return `The threshold lies ${isRounding ? 'inside the rounding of the figure' : 'within what the figures allow'}`;
}

/** Whether all of a period is known and the threshold lies within its bounds. */
export function isInsideRounding({ threshold }: TargetTerms, { reading, isFinal }: Finding): boolean {
  return (
    isFinal &&
    reading !== undefined &&
    reading.bounds.lo < threshold &&
    threshold <= reading.bounds.hi &&
    Number.isFinite(reading.bounds.hi)
  );
}

function ageing({ asOf, isFinal }: Finding, age: Age | undefined): string {
  if (asOf === undefined || isFinal || age === undefined || age === 'current') return '';
  return age === 'newer-figures-due'
    ? `As of ${dayInWords(asOf)}; newer figures are due.`
    : `There is no current evidence: this is as of ${dayInWords(asOf)}.`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The last day that a deadline can mean is over. */
export const isOver = (terms: TargetTerms, on: string): boolean =>
  terms.deadline !== undefined && daysOf(terms.deadline).last < on;
