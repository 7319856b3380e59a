import type { Doubt } from './doubts.js';
import { doubtOfLength, doubtOfParts, doubtsOfLeap } from './doubts-of-parts.js';
import { doubtsOfCopies } from './doubts-of-copies.js';
import { doubtsOfPlaces } from './doubts-of-places.js';
import {
  doubtsOfGrowth,
  doubtsOfLowGoal,
  doubtsOfPeriod,
  doubtsOfShare,
  LARGE,
  reachedAlready,
  sameElsewhere,
} from './doubts-beside-figures.js';
import { doubtsOfEvidence } from './doubts-of-evidence.js';
import { doubtsOfNames, doubtsOfSite } from './doubts-of-names.js';
import { doubtsOfOrder, doubtsOfPlan } from './doubts-of-order.js';
import { doubtsOfReferences } from './doubts-of-references.js';
import { doubtsOfRepetition } from './doubts-of-repetition.js';
import { dayNumber, daysOf } from './edtf.js';
import {
  doubtsOfCounts,
  doubtsOfDeadline,
  doubtsOfMoney,
  doubtsOfPart,
  doubtsOfPercentages,
  isFarFrom,
} from './implausible-amounts.js';
import type { NewEvent } from './event.js';
import { toldBy, type Told } from './told-figures.js';
import { isPlainObject } from '../events/fields.js';
import type { FigureReported } from '../events/figure-reported.js';
import type { TargetSet } from '../events/target-set.js';
import { figureDays, MEASURES, perimeterOf } from '../measures/measures.js';
import { figuresAround, figuresNear, lengthOf, type CountedSpan } from '../state/figure-spans.js';
import type { StreamState } from '../state/stream-state.js';

/** Smaller counts can easily change tenfold. */
const FEW = 100;
/** The same limit for levels such as markets, stores and plants, of which there are fewer. */
const FEW_OF_A_LEVEL = 10;
/** Figures within this many days before and after are neighbours. */
const NEAR_DAYS = 800;
/** Doubts about an event, given the recorded events. Each must be confirmed by its code. */
export function doubtsInContext(
  state: StreamState,
  event: Pick<NewEvent, 'type' | 'data' | 'evidence' | 'occurredOn' | 'recordedAt'>,
): Doubt[] {
  const { type, occurredOn, recordedAt } = event;
  const data: unknown = event.data;
  if (!isPlainObject(data)) return [];
  return [
    ...(type === 'FigureReported'
      ? doubtsOfFigure(state, data as unknown as FigureReported, recordedAt)
      : []),
    ...(type === 'FigureReported'
      ? doubtsOfCopies(state, data as unknown as FigureReported, event.evidence)
      : []),
    ...(type === 'TargetSet' || type === 'TargetRevised'
      ? [
          ...doubtsOfTerms(data as unknown as TargetSet),
          ...doubtsOfLowGoal(state, data as unknown as TargetSet, occurredOn),
          ...doubtsOfLowLevel(state, data as unknown as TargetSet, occurredOn),
          ...doubtsOfDeadline(data, occurredOn),
        ]
      : []),
    ...doubtsOfPercentages(data),
    ...doubtsOfCounts(state, data),
    ...doubtsOfNames(state, type, data),
    ...doubtsOfSite(state, type, data),
    ...doubtsOfMoney(data),
    ...doubtsOfPlaces(state, type, data),
    ...doubtsOfOrder(state, event),
    ...doubtsOfPlan(data, occurredOn),
    ...doubtsOfRepetition(state, event),
    ...doubtsOfReferences(state, event),
    ...doubtsOfEvidence(state, type, data, event),
  ];
}

function doubtsOfAmount(field: string, value: number | undefined, isShare: boolean): Doubt[] {
  if (value === undefined) return [];
  if (isShare) return doubtsOfPart(field, value);
  const thousands = Math.round(value * 1000);
  return Number.isInteger(value)
    ? []
    : [
        {
          code: 'decimals-in-count',
          field,
          message: `is ${value}, which is no whole number${value < 1000 && Math.abs(thousands - value * 1000) < 1e-6 ? `; if the point separates thousands, write ${thousands}` : ''}`,
        },
      ];
}

const isShareMeasure = (measure: FigureReported['measure']): boolean => MEASURES[measure].unit === 'percent';

function doubtsOfTerms({ measure, threshold, thresholdTo }: TargetSet): Doubt[] {
  return [
    ...doubtsOfAmount('data.threshold', threshold, isShareMeasure(measure)),
    ...doubtsOfAmount('data.thresholdTo', thresholdTo, isShareMeasure(measure)),
  ];
}

/** Doubts a goal below a tenth of the newest recorded level. */
function doubtsOfLowLevel(state: StreamState, terms: TargetSet, occurredOn: string): Doubt[] {
  const { measure, threshold } = terms;
  if (MEASURES[measure].nature !== 'level') return [];
  const day = daysOf(occurredOn).last;
  const near = neighboursOf(state, { measure, ...perimeterOf(terms), first: day, last: day });
  const [reached] = near;
  if (reached && threshold < reached.value && isFarFrom(threshold, reached.value))
    return [
      {
        code: 'far-off',
        field: 'data.threshold',
        message: `is ${threshold}, less than a tenth of the ${reached.value} of ${reached.last}`,
      },
    ];
  const before = near.find(({ last }) => last < daysOf(occurredOn).first);
  return before && threshold <= before.value && terms.qualifier !== 'up-to'
    ? [reachedAlready(threshold, before.value, before.last)]
    : [];
}

function doubtsOfFigure(state: StreamState, data: FigureReported, recordedAt: string): Doubt[] {
  const { measure, value, qualifier, from, to, plusMinus } = data;
  const isShare = isShareMeasure(measure);
  return [
    ...doubtsOfAmount('data.value', value, isShare),
    ...doubtsOfAmount('data.from', from, isShare),
    ...doubtsOfAmount('data.to', to, isShare),
    ...(plusMinus !== undefined && value !== undefined && plusMinus > value
      ? [
          {
            code: 'unlikely-amount' as const,
            field: 'data.plusMinus',
            message: `is ${plusMinus}, more than the figure itself`,
          },
        ]
      : []),
    ...(plusMinus !== undefined && (qualifier === 'more-than' || qualifier === 'less-than')
      ? [
          {
            code: 'unlikely-amount' as const,
            field: 'data.plusMinus',
            message: `is ${plusMinus}, beside "${qualifier}", which tells one end only: leave one of them out`,
          },
        ]
      : []),
    ...(value === undefined || (!isShare && !Number.isInteger(value))
      ? []
      : isShare
        ? doubtsOfLeap(state, data, value)
        : doubtsBesideOthers(state, data, value)),
    ...doubtsOfPeriod(data, recordedAt),
    ...doubtsOfShare(state, data),
    ...doubtsOfGrowth(state, data),
  ];
}

/**
 * Compares a figure with others of the same measure and perimeter: its neighbours, and longer periods that
 * contain it.
 */
function doubtsBesideOthers(state: StreamState, data: FigureReported, value: number): Doubt[] {
  const figure = { ...data, ...figureDays(data) };
  const whole = data.period === undefined ? undefined : exceededWhole(state, figure, value);
  if (whole)
    return [
      {
        code: 'more-than-whole',
        field: 'data.value',
        message: `is ${value}, more than the ${whole.value} of ${whole.first} to ${whole.last}, which it is a part of`,
      },
    ];
  const part = doubtOfParts(state, data, value);
  if (part) return [part];
  const near = neighboursOf(state, figure);
  const same = near.find((other) => other.value === value && other.last !== figure.last);
  if (same && data.period !== undefined && value >= LARGE && value % 100 !== 0)
    return [
      {
        code: 'repeated-value',
        field: 'data.value',
        message: `is ${value}, to the vehicle that of ${same.first} to ${same.last}: is it of this period?`,
      },
    ];
  const elsewhere = sameElsewhere(state, data);
  if (elsewhere !== undefined)
    return [
      {
        code: 'repeated-value',
        field: 'data.value',
        message: `is ${value}, which is recorded of the same time as ${elsewhere}: add the source to that`,
      },
    ];
  const isFar =
    near.length >= (data.asOf === undefined ? 2 : 1) && near.every((other) => isFarFrom(value, other.value));
  if (isFar)
    return [
      {
        code: 'far-off',
        field: 'data.value',
        message: `is ${value}, more than ten times off ${near.map((other) => `${other.value} (to ${other.last})`).join(', ')}`,
      },
    ];
  const length = doubtOfLength(state, data, value);
  return length ? [length] : [];
}

/** The shortest of the longer periods that contain the figure's period but have a smaller value. */
function exceededWhole(state: StreamState, figure: CountedSpan, value: number): Told | undefined {
  let shortest: Told | undefined;
  for (const key of figuresAround(state.subjects.figure, figure)) {
    const told = toldBy(state, key);
    if (!told || lengthOf(told) === lengthOf(figure) || value <= told.value) continue;
    if (!shortest || lengthOf(told) < lengthOf(shortest)) shortest = told;
  }
  return shortest;
}

/** Search radii for neighbours, in days. The search widens until there are enough. */
const REACHES = [40, 200, NEAR_DAYS];
const NEIGHBOURS = 4;

/** The nearest figures for periods of about the same length. */
function neighboursOf(state: StreamState, figure: CountedSpan): Told[] {
  const distance = ({ last }: Told): number => Math.abs(dayNumber(last) - dayNumber(figure.last));
  const few = figure.period === undefined ? FEW_OF_A_LEVEL : FEW;
  let near: Told[] = [];
  for (const days of REACHES) {
    const keys = figuresNear(state.subjects.figure, figure, { days, tolerance: 3 });
    near = [...keys].flatMap((key) => toldBy(state, key) ?? []).filter((told) => told.value >= few);
    if (near.length >= NEIGHBOURS) break;
  }
  return near.sort((a, b) => distance(a) - distance(b)).slice(0, NEIGHBOURS);
}
