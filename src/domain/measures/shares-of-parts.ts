import { addDays, addYears, type Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import type { Bounds } from './bounds.js';
import { perimetersWith } from './comparability.js';
import { coveredPeriod, flowModelOf, type FlowReading } from './flow-readings.js';
import type { ChoosingRule } from './flows.js';
import { perimeterKey, type Perimeter } from './measures.js';
import { fromFlow, type Reading } from './readings.js';

/** Upper bound on the parts of twelve months. */
const MOST_PARTS = 12;

/**
 * Twelve-month shares composed of shares printed for shorter periods, such as four quarters or two halves. A
 * year's share lies between the least and greatest share of its parts. If the vehicles of each part are
 * known, it is the mean weighted by them. Each of `parts` must cover less than twelve months.
 */
export function sharesOfParts(
  parts: readonly Reading[],
  figures: readonly FigureRecord[],
  wanted: Perimeter,
  rule?: ChoosingRule,
): readonly Reading[] {
  const ofPerimeter = new Map<string, Reading[]>();
  for (const part of parts) {
    const key = perimeterKey(part.perimeter);
    ofPerimeter.set(key, [...(ofPerimeter.get(key) ?? []), part]);
  }
  return [...ofPerimeter.values()].flatMap((alike) => {
    const starts = [...new Set(alike.map(({ first }) => first))].sort();
    return starts.flatMap((first) => {
      const last = addDays(addYears(first, 1), -1);
      const year = madeUpOf(alike, first, last, MOST_PARTS);
      return year ? [shareOfYear(year, { first, last }, figures, wanted, rule)] : [];
    });
  });
}

/** Consecutive parts from one day to another without a gap, shorter ones first; undefined if none. */
function madeUpOf(
  parts: readonly Reading[],
  first: Day,
  last: Day,
  most: number,
): readonly Reading[] | undefined {
  if (most === 0) return undefined;
  const next = parts
    .filter((part) => part.first === first && part.last <= last)
    .sort((a, b) => (a.last < b.last ? -1 : 1));
  for (const part of next) {
    if (part.last === last) return [part];
    const rest = madeUpOf(parts, addDays(part.last, 1), last, most - 1);
    if (rest) return [part, ...rest];
  }
  return undefined;
}

function shareOfYear(
  parts: readonly Reading[],
  days: { readonly first: Day; readonly last: Day },
  figures: readonly FigureRecord[],
  wanted: Perimeter,
  rule: ChoosingRule | undefined,
): Reading {
  const [{ perimeter } = { perimeter: wanted }] = parts;
  const units = perimeter.basis === 'revenue' ? undefined : unitsOf(parts, figures, perimeter, rule);
  const bounds = units
    ? weightedMean(parts.map(({ bounds: share }, index) => ({ share, weight: units[index]?.bounds })))
    : {
        lo: Math.min(...parts.map(({ bounds: { lo } }) => lo)),
        hi: Math.max(...parts.map(({ bounds: { hi } }) => hi)),
      };
  return {
    bounds,
    ...days,
    formula: units
      ? 'the mean of overseas-sales-share of its parts, weighted with total-units'
      : 'between the least and the greatest overseas-sales-share of its parts',
    inputs: [
      ...parts.flatMap(({ inputs }) => inputs),
      ...(units ?? []).flatMap((each) => fromFlow('total-units', each).inputs),
    ],
    perimeter,
    conflicts: [...new Set([...parts, ...(units ?? [])].flatMap(({ conflicts }) => conflicts))],
  };
}

/** The vehicles of each part, in the first perimeter that gives all of them. */
function unitsOf(
  parts: readonly Reading[],
  figures: readonly FigureRecord[],
  perimeter: Perimeter,
  rule: ChoosingRule | undefined,
): readonly FlowReading[] | undefined {
  for (const found of perimetersWith(figures, ['total-units'], perimeter)) {
    if (found.comparability === 'other') continue;
    const model = flowModelOf(figures, 'total-units', found.perimeter, rule);
    const units = parts.flatMap(({ first, last }) => coveredPeriod(model, first, last) ?? []);
    if (units.length === parts.length && units.every(({ bounds }) => bounds.lo > 0)) return units;
  }
  return undefined;
}

/** The range of Σ share × weight / Σ weight. The least mean puts the highest weights on the lowest shares. */
function weightedMean(
  parts: readonly { readonly share: Bounds; readonly weight: Bounds | undefined }[],
): Bounds {
  const ends = (end: 'lo' | 'hi'): number => {
    const sorted = parts
      .map(({ share, weight = { lo: 1, hi: 1 } }) => ({ share: share[end], weight }))
      .sort((a, b) => (end === 'lo' ? a.share - b.share : b.share - a.share));
    const means = sorted.map((_, heavy) => {
      const weights = sorted.map(({ weight }, index) => (index <= heavy ? weight.hi : weight.lo));
      const sum = weights.reduce((all, weight) => all + weight, 0);
      return sorted.reduce((all, { share }, index) => all + share * (weights[index] ?? 0), 0) / sum;
    });
    return end === 'lo' ? Math.min(...means) : Math.max(...means);
  };
  return { lo: ends('lo'), hi: ends('hi') };
}
