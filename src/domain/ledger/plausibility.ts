import type { Doubt } from './doubts.js';
import { dayNumber, type Day } from './edtf.js';
import {
  doubtsOfCounts,
  doubtsOfDeadline,
  doubtsOfMoney,
  doubtsOfPart,
  doubtsOfPercentages,
  isFarFrom,
} from './implausible-amounts.js';
import type { NewEvent } from './event.js';
import { ownerOf } from './streams.js';
import { identityOf } from './text.js';
import { isPlainObject } from '../events/fields.js';
import { figureKey, type FigureReported } from '../events/figure-reported.js';
import type { TargetSet } from '../events/target-set.js';
import { brandsIn } from '../measures/brands-together.js';
import { figureDays, MEASURES } from '../measures/measures.js';
import { figuresAround, figuresNear, lengthOf, type CountedSpan } from '../state/figure-spans.js';
import { standingEvidence } from '../state/standing-evidence.js';
import { knownNameLike } from '../state/known-names.js';
import type { StreamState } from '../state/stream-state.js';

/** Counts below this go up and down by ten times of themselves. */
const FEW = 100;
/** A figure has neighbours up to so many days before and after it. */
const NEAR_DAYS = 800;
/** What is unlikely about an event given what is recorded: each has to be confirmed by its code. */
export function doubtsInContext(
  state: StreamState,
  event: Pick<NewEvent, 'type' | 'data' | 'evidence' | 'occurredOn'>,
): Doubt[] {
  const { type, evidence, occurredOn } = event;
  const data: unknown = event.data;
  if (!isPlainObject(data)) return [];
  return [
    ...(type === 'FigureReported' ? doubtsOfFigure(state, data as unknown as FigureReported) : []),
    ...(type === 'TargetSet' || type === 'TargetRevised'
      ? [...doubtsOfTerms(data as unknown as TargetSet), ...doubtsOfDeadline(data, occurredOn)]
      : []),
    ...doubtsOfPercentages(data),
    ...doubtsOfCounts(state, data),
    ...doubtsOfNames(state, type, data),
    ...doubtsOfSite(state, type, data),
    ...doubtsOfMoney(data),
    ...doubtsOfEvidence(state, type, data, evidence),
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

function doubtsOfFigure(state: StreamState, data: FigureReported): Doubt[] {
  const { measure, value, from, to, plusMinus } = data;
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
    ...(value === undefined || isShare || !Number.isInteger(value)
      ? []
      : doubtsBesideOthers(state, data, value)),
  ];
}

/** Held against the figures of the same measure and perimeter: those around it, and the periods that it is a part of. */
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
  const total = wholeBeside(state, data, value);
  if (total) return [total];
  const near = neighboursOf(state, figure);
  const isFar =
    near.length >= (data.asOf === undefined ? 2 : 1) && near.every((other) => isFarFrom(value, other.value));
  return isFar
    ? [
        {
          code: 'far-off',
          field: 'data.value',
          message: `is ${value}, more than ten times off ${near.map((other) => `${other.value} (to ${other.last})`).join(', ')}`,
        },
      ]
    : [];
}

/** Vehicles sold abroad in a period are some of all that were sold in it, of one perimeter. */
function wholeBeside(state: StreamState, data: FigureReported, value: number): Doubt | undefined {
  const { measure, plusMinus = 0 } = data;
  const other =
    measure === 'overseas-units' ? 'total-units' : measure === 'total-units' ? 'overseas-units' : undefined;
  const told = other && toldBy(state, figureKey({ ...data, measure: other }));
  if (!told) return undefined;
  const isPart = measure === 'overseas-units';
  const [part, whole] = isPart ? [value, told.value] : [told.value, value];
  if (part - plusMinus <= whole) return undefined;
  const message = isPart
    ? `is ${value}, more than the ${told.value} that were sold in all in the same time`
    : `is ${value}, less than the ${told.value} that were sold abroad in the same time`;
  return { code: 'more-than-whole', field: 'data.value', message };
}

interface Told {
  readonly first: Day;
  readonly last: Day;
  readonly value: number;
}

/** What the newest report of a figure says; undefined where none stands. */
function toldBy(state: StreamState, figure: string): Told | undefined {
  const record = state.record('figure', figure);
  const report = record?.reports.last;
  return record && report && { first: record.first, last: record.last, value: report.value };
}

/** Of the longer periods that a figure is a part of and exceeds, the shortest. */
function exceededWhole(state: StreamState, figure: CountedSpan, value: number): Told | undefined {
  let shortest: Told | undefined;
  for (const key of figuresAround(state.subjects.figure, figure)) {
    const told = toldBy(state, key);
    if (!told || lengthOf(told) === lengthOf(figure) || value <= told.value) continue;
    if (!shortest || lengthOf(told) < lengthOf(shortest)) shortest = told;
  }
  return shortest;
}

/** How far, in days, neighbours are looked for, one after the other until there are enough. */
const REACHES = [40, 200, NEAR_DAYS];
const NEIGHBOURS = 4;

/** The nearest figures of about as many days. */
function neighboursOf(state: StreamState, figure: CountedSpan): Told[] {
  const distance = ({ last }: Told): number => Math.abs(dayNumber(last) - dayNumber(figure.last));
  let near: Told[] = [];
  for (const days of REACHES) {
    const keys = figuresNear(state.subjects.figure, figure, { days, tolerance: 3 });
    near = [...keys].flatMap((key) => toldBy(state, key) ?? []).filter((told) => told.value >= FEW);
    if (near.length >= NEIGHBOURS) break;
  }
  return near.sort((a, b) => distance(a) - distance(b)).slice(0, NEIGHBOURS);
}

/** Brands and partners that are nearly the name of a known one. */
function doubtsOfNames(state: StreamState, type: string, data: Readonly<Record<string, unknown>>): Doubt[] {
  const { entity, partner } = data;
  const doubts: Doubt[] = [];
  const itself = (told: unknown): told is string => typeof told === 'string' && isItself(state, told);
  const brands = typeof entity === 'string' ? brandsIn(entity) : [];
  for (const brand of brands.filter(itself))
    doubts.push({
      code: 'unknown-entity',
      field: 'data.entity',
      message: `is ${brand}, the automaker itself: leave it out`,
    });
  if (itself(partner))
    doubts.push({
      code: 'partner-resembles',
      field: 'data.partner',
      message: `is ${partner}, the automaker itself: leave it out where it needs no partner`,
    });
  for (const brand of brands) {
    const like = knownNameLike(state, 'entity', brand);
    if (like !== undefined)
      doubts.push({
        code: 'unknown-entity',
        field: 'data.entity',
        message: `is ${brand}, and ${like} is known`,
      });
  }
  if (typeof partner === 'string' && type !== 'PartnershipEnded') {
    const like = knownNameLike(state, 'partner', partner);
    if (like !== undefined)
      doubts.push({
        code: 'partner-resembles',
        field: 'data.partner',
        message: `is ${partner}, and ${like} is known: is it the same?`,
      });
  }
  return doubts;
}

/** Whether a name is that of the automaker whose stream it is. */
function isItself({ stream, automaker }: StreamState, name: string): boolean {
  const owner = ownerOf(stream);
  if (owner?.owner !== 'automaker') return false;
  return [owner.automaker, automaker?.name ?? ''].some((own) => identityOf(own) === identityOf(name));
}

function doubtsOfSite(state: StreamState, type: string, data: Readonly<Record<string, unknown>>): Doubt[] {
  const { site, market } = data;
  if (typeof site !== 'string') return [];
  const known = state.record('site', site);
  if (known)
    return typeof market === 'string' && market !== known.market
      ? [
          {
            code: 'other-market',
            field: 'data.market',
            message: `is ${market}, and ${site} is in ${known.market}`,
          },
        ]
      : [];
  if (type === 'ProductionEnded' || type === 'ProductionPlanRevised') return [];
  const like = knownNameLike(state, 'site', site);
  return like === undefined
    ? []
    : [{ code: 'unknown-site', field: 'data.site', message: `is ${site}, and ${like} is known` }];
}

/** What makes two pieces of evidence the same: another paper, or other words, at one address are another. */
const pieceOf = ({ url, publisher, quote = '' }: NewEvent['evidence'][number]): string =>
  [url, identityOf(publisher), quote].join('\n');

/** The same piece of evidence of one event twice. */
function doubtsOfEvidence(
  state: StreamState,
  type: string,
  data: Readonly<Record<string, unknown>>,
  evidence: NewEvent['evidence'],
): Doubt[] {
  const isAdded = type === 'EvidenceAdded';
  const given =
    isAdded && Array.isArray(data['evidence']) ? (data['evidence'] as NewEvent['evidence']) : evidence;
  const entry = isAdded && typeof data['event'] === 'string' ? state.logged(data['event']) : undefined;
  const told = new Set(entry ? standingEvidence(entry).map(pieceOf) : []);
  const doubts: Doubt[] = [];
  for (const [index, item] of given.entries()) {
    if (told.has(pieceOf(item)))
      doubts.push({
        code: 'same-evidence',
        field: `${isAdded ? 'data.' : ''}evidence[${index}].url`,
        message: `is ${item.url}, which is evidence of this event already`,
      });
    told.add(pieceOf(item));
  }
  return doubts;
}
