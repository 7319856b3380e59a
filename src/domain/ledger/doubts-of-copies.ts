import type { Doubt } from './doubts.js';
import { LARGE } from './doubts-beside-figures.js';
import type { NewEvent } from './event.js';
import { marketInWords } from './peoples-words.js';
import { figureKey, type FigureReported } from '../events/figure-reported.js';
import { figureDays } from '../measures/measures.js';
import { figuresAround, figuresOfOtherMarkets, lengthOf } from '../state/figure-spans.js';
import { standingEvidence } from '../state/standing-evidence.js';
import type { StreamState } from '../state/stream-state.js';
import type { SubjectStates } from '../state/subject-state.js';

type FigureRecord = SubjectStates['figure'];

/** Doubts a number that is recorded, to the vehicle, of a longer period, of another market or of another measure. */
export function doubtsOfCopies(
  state: StreamState,
  data: FigureReported,
  evidence: NewEvent['evidence'],
): Doubt[] {
  const { value, period } = data;
  if (value === undefined || period === undefined || value < LARGE || !Number.isInteger(value)) return [];
  const where = whereElse(state, { ...data, value, period }, evidence);
  return where === undefined
    ? []
    : [
        {
          code: 'repeated-value',
          field: 'data.value',
          message: `is ${value}, to the vehicle ${where}`,
        },
      ];
}

function whereElse(
  state: StreamState,
  data: FigureReported & { readonly value: number; readonly period: string },
  evidence: NewEvent['evidence'],
): string | undefined {
  const toldAs = (key: string): FigureRecord | undefined => {
    const record = state.record('figure', key);
    return record?.reports.last?.value === data.value ? record : undefined;
  };
  const other = otherOf(data.measure);
  if (other && toldAs(figureKey({ ...data, measure: other.measure })))
    return `that of ${other.words} in the same time: is it of this measure?`;
  // Round numbers are equal by chance.
  if (data.value % 100 === 0) return undefined;
  const figure = { ...data, ...figureDays(data) };
  for (const key of figuresAround(state.subjects.figure, figure)) {
    const whole = toldAs(key);
    if (whole && lengthOf(whole) > lengthOf(figure))
      return `that of ${whole.first} to ${whole.last}, which it is a part of: is it of this period?`;
  }
  for (const key of figuresOfOtherMarkets(state.subjects.figure, figure)) {
    const beside = toldAs(key);
    if (beside?.market !== undefined && isFromSame(state, beside, evidence))
      return `that of ${marketInWords(beside.market)} in the same time, from the same source: is it of this market?`;
  }
  return undefined;
}

/** The measure whose amounts are never those of another one, unless nothing is sold at home. */
function otherOf(
  measure: FigureReported['measure'],
): { readonly measure: 'overseas-units' | 'total-units'; readonly words: string } | undefined {
  if (measure === 'overseas-units') return { measure: 'total-units', words: 'all that were sold' };
  return measure === 'total-units'
    ? { measure: 'overseas-units', words: 'those that were sold abroad' }
    : undefined;
}

/** Whether the newest report of a figure rests on one of the same pages. */
function isFromSame(state: StreamState, { reports }: FigureRecord, evidence: NewEvent['evidence']): boolean {
  const event = reports.last?.event;
  const entry = event === undefined ? undefined : state.logged(event);
  const pages = new Set(entry ? standingEvidence(entry).map(({ url }) => url) : []);
  return evidence.some(({ url }) => pages.has(url));
}
