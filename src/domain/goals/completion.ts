import type { Automaker } from '../state/automaker.js';
import { dividedBy, isFinite, jsonBounds, middle, scaled, type Bounds } from '../measures/bounds.js';
import type { ChoosingRule } from '../measures/flows.js';
import type { Reading } from '../measures/readings.js';
import type { Day } from '../ledger/edtf.js';
import type { TargetTerms } from '../state/records.js';
import { promised } from './one-promise.js';
import { thresholdOf } from './threshold.js';

/** The value as a percentage of what was promised. Above 100 the promise was exceeded. */
export interface Completion {
  /** The midpoint of the bounds; the lower one if only that is known. */
  readonly percent: number;
  readonly lo?: number;
  readonly hi?: number;
  /** The days of the figures. */
  readonly first: Day;
  readonly last: Day;
}

/**
 * A value as a percentage of the threshold; for "double", of the multiple of the base. Undefined for
 * presence, which is a yes-or-no question, and if the threshold is zero.
 */
export function completionOf(
  automaker: Automaker,
  terms: TargetTerms,
  { bounds, first, last, perimeter }: Pick<Reading, 'bounds' | 'first' | 'last' | 'perimeter'>,
  rule?: ChoosingRule,
): Completion | undefined {
  if (terms.measure === 'market-presence') return undefined;
  const of = terms.relativeTo
    ? thresholdOf(terms, promised(automaker, terms).automaker.figures, perimeter, rule).least
    : { lo: terms.threshold, hi: terms.threshold };
  if (of.lo <= 0) return undefined;
  const percent = scaled(ratioOf(bounds, of), 100);
  return {
    percent: isFinite(percent) ? middle(percent) : percent.lo,
    ...jsonBounds(percent),
    first,
    last,
  };
}

/** An infinite upper end stays infinite. */
function ratioOf(value: Bounds, of: Bounds): Bounds {
  return isFinite(value) ? dividedBy(value, of) : { lo: value.lo / of.hi, hi: value.hi };
}
