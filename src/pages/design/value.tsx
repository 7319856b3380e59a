import type { VNode } from 'preact';
import type { Unit } from '../../domain/measures/measures.js';
import { roundedNumber } from '../../domain/words/amounts.js';
import { usePageContext } from '../page-context.js';
import { amountInWords, numberInWords } from './words.js';

interface ValueProps {
  readonly value: number;
  /** JSON pointer (RFC 6901) to the value in the API's answer. */
  readonly at: string;
  /** The path of that answer, if it is not the page's. */
  readonly from?: string;
  readonly unit?: Unit;
  /** Shows a ratio as a percentage: 0.12 as "12 %". */
  readonly isRatio?: boolean;
  /** Hides the sign, if the words beside it tell the direction. */
  readonly isUnsigned?: boolean;
}

/**
 * A number from an answer of the API, for people, with its origin for programs. A test checks every one of
 * them.
 */
export function Value({ value, at, from, unit, isRatio = false, isUnsigned = false }: ValueProps): VNode {
  const { api } = usePageContext();
  const shown = isUnsigned ? Math.abs(value) : value;
  const words = isRatio
    ? amountInWords(100 * shown, 'percent')
    : unit === undefined
      ? numberInWords(shown)
      : amountInWords(shown, unit);
  return (
    <data class="value" value={String(value)} data-from={from ?? api} data-at={at}>
      {words}
    </data>
  );
}

interface BoundedProps extends Omit<ValueProps, 'value'> {
  readonly value: { readonly value: number; readonly lo?: number; readonly hi?: number };
}

/** A number with its bounds: "10.5 %", "28,500 to 29,499 units", "at least 72 points". */
export function Bounded({ value: { value, lo, hi }, at, ...rest }: BoundedProps): VNode {
  if (lo !== undefined && hi !== undefined && lo === hi)
    return <Value value={value} at={`${at}/value`} {...rest} />;
  const { unit, ...plain } = rest;
  // A share cannot exceed 100 %, so this upper bound says nothing.
  if (unit === 'percent' && lo !== undefined && lo > 0 && hi === 100)
    return (
      <>
        at least <Value value={lo} at={`${at}/lo`} {...rest} />
      </>
    );
  // If both bounds look the same in words, one number is enough; the table and the proof have both.
  if (lo !== undefined && hi !== undefined && numberInWords(lo) === numberInWords(hi))
    return <Value value={lo} at={`${at}/lo`} {...rest} />;
  // A rounded figure is shown as its source rounded it, not as the range that the rounding allows.
  if (lo !== undefined && hi !== undefined && roundedNumber(lo, hi, unit) === value)
    return (
      <>
        about <Value value={value} at={`${at}/value`} {...rest} />
      </>
    );
  if (lo !== undefined && hi !== undefined) {
    return (
      <>
        <Value value={lo} at={`${at}/lo`} {...plain} /> to <Value value={hi} at={`${at}/hi`} {...rest} />
      </>
    );
  }
  if (lo !== undefined) {
    return (
      <>
        at least <Value value={lo} at={`${at}/lo`} {...rest} />
      </>
    );
  }
  return unit === undefined ? <>unknown</> : <Value value={value} at={`${at}/value`} {...rest} />;
}
