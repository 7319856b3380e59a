/** At least `lo`, at most `hi` whole units. */
export interface WholeBounds {
  readonly lo: number;
  readonly hi: number;
}

export const FIGURE_QUALIFIERS = ['exact', 'about', 'more-than', 'less-than', 'between'] as const;
/** The precision that a source gave for a figure. */
export type FigureQualifier = (typeof FIGURE_QUALIFIERS)[number];

/** A figure as a source printed it. */
export interface PrintedFigure {
  readonly value: number;
  /** Half-width of the rounding as stated by the source. Takes precedence over the digits. */
  readonly plusMinus?: number;
  /** The source hedged: "about", "some", "nearly". */
  readonly approximate: boolean;
  /** Defaults to exact, or to about if `approximate` is true. */
  readonly qualifier?: FigureQualifier;
  /** The ends of "between". */
  readonly from?: number;
  readonly to?: number;
}

/** The largest value and half-width: sums of 4,500 such bounds are still exact in a double. */
export const LARGEST_FIGURE = 1_000_000_000_000;

/**
 * The whole units that a printed figure can stand for, both ends included: what it claims.
 *
 * | figure | bounds |
 * | --- | --- |
 * | with `plusMinus` | value ± `plusMinus` |
 * | no or one trailing zero: 45,008, 13,340 | exact: one count in ten ends in a zero by chance |
 * | two or more: 30,100, 29,000, 60,000 | ± half of the last digit that is not a padding zero, and never more than half of the last of two significant digits: 50, 500, 500; 1,000,000 ± 50,000 |
 * | about | twice that; of a count without padding zeros one of its last place: "about 45,008" ± 1 |
 * | more than v, less than v | v + 1 and more without end; nothing to v − 1 |
 * | between a and b | a to b |
 *
 * The upper end is included (29,500 for "29,000"), so that the bounds hold for every way to round ties. A value with
 * decimals counts the whole numbers within `value ± h`, and always its two neighbours.
 * Constant time. Throws RangeError for a value or half-width below zero, above 10^12 or not a number.
 */
export function roundingBounds(figure: PrintedFigure): WholeBounds {
  const { value, plusMinus, approximate, qualifier = approximate ? 'about' : 'exact' } = figure;
  const halfWidth = plusMinus ?? impliedHalfWidth(value, qualifier === 'about');
  for (const number of [value, halfWidth, figure.from ?? 0, figure.to ?? 0]) {
    if (!(number >= 0 && number <= LARGEST_FIGURE))
      throw new RangeError(`${number} is no figure between 0 and 10^12`);
  }
  switch (qualifier) {
    case 'more-than':
      return { lo: Math.floor(value) + 1, hi: Number.POSITIVE_INFINITY };
    case 'less-than':
      return { lo: 0, hi: Math.max(0, Math.ceil(value) - 1) };
    case 'between':
      return { lo: Math.ceil(figure.from ?? value), hi: Math.floor(figure.to ?? value) };
    case 'exact':
    case 'about':
      return {
        lo: Math.max(0, Math.min(Math.ceil(value - halfWidth), Math.floor(value))),
        hi: Math.max(Math.floor(value + halfWidth), Math.ceil(value)),
      };
  }
}

const FEWEST_ZEROS = 2;

/** The half-width that the digits of a figure suggest, in whole units. */
export function impliedHalfWidth(value: number, approximate: boolean): number {
  const digits = String(Math.trunc(value)).length;
  const zeros = trailingZeros(value);
  const place = 10 ** Math.min(zeros, Math.max(0, digits - 2));
  if (approximate) return value === 0 ? 0 : place;
  return zeros >= FEWEST_ZEROS ? place / 2 : 0;
}

function trailingZeros(value: number): number {
  let zeros = 0;
  for (let rest = value; rest > 0 && rest % 10 === 0; rest /= 10) zeros += 1;
  return zeros;
}
