/** At least `lo`, at most `hi` whole units. */
export interface WholeBounds {
  readonly lo: number;
  readonly hi: number;
}

/** A figure as a source printed it. */
export interface PrintedFigure {
  readonly value: number;
  /** Half-width of the rounding, where the source states it; it goes before what the digits suggest. */
  readonly plusMinus?: number;
  /** The source hedged: "about", "some", "nearly". */
  readonly approximate: boolean;
}

/** The largest value and half-width: sums of 4,500 such bounds are still exact in a double. */
export const LARGEST_FIGURE = 1_000_000_000_000;

/**
 * The whole units that a printed figure can stand for: `value ± h`, both ends included.
 *
 * | figure | h |
 * | --- | --- |
 * | with `plusMinus` | `plusMinus` |
 * | no or one trailing zero: 45,008, 429,445, 13,340 | 0: one count in ten ends in a zero by chance |
 * | z ≥ 2 trailing zeros: 30,100, 29,000, 60,000 | half of the last significant place, 10^z / 2: 50, 500, 5,000 |
 * | zero | 0 |
 * | approximate | half of one place more, 10^(z+1) / 2, but never past the leading digit: "about 29,000" ± 5,000, "about 45,008" ± 5, "about 0.5m" ± 50,000 |
 *
 * Trailing zeros cannot tell whether 60,000 was rounded to thousands or to ten thousands, nor whether 1,000 was
 * counted; the widest reading is taken, since bounds that are too wide stay true and bounds that are too narrow make
 * contradictions of good figures. The upper end is included (29,500 for "29,000"), so that the bounds hold for every
 * way to round ties. A source that knows better is logged with `plusMinus`.
 *
 * A value with decimals counts the whole numbers within `value ± h`, and always its two neighbours.
 * Constant time. Throws RangeError for a value or half-width below zero, above 10^12 or not a number.
 */
export function roundingBounds({ value, plusMinus, approximate }: PrintedFigure): WholeBounds {
  const halfWidth = plusMinus ?? impliedHalfWidth(value, approximate);
  for (const number of [value, halfWidth]) {
    if (!(number >= 0 && number <= LARGEST_FIGURE))
      throw new RangeError(`${number} is no figure between 0 and 10^12`);
  }
  return {
    lo: Math.max(0, Math.min(Math.ceil(value - halfWidth), Math.floor(value))),
    hi: Math.max(Math.floor(value + halfWidth), Math.ceil(value)),
  };
}

const FEWEST_ZEROS = 2;

/** The half-width that the digits of a figure suggest, in whole units. */
export function impliedHalfWidth(value: number, approximate: boolean): number {
  const digits = String(Math.trunc(value)).length;
  const zeros = trailingZeros(value);
  if (approximate) return Math.floor(10 ** Math.min(zeros + 1, digits - 1) / 2);
  return zeros >= FEWEST_ZEROS ? 10 ** zeros / 2 : 0;
}

function trailingZeros(value: number): number {
  let zeros = 0;
  for (let rest = value; rest > 0 && rest % 10 === 0; rest /= 10) zeros += 1;
  return zeros;
}
