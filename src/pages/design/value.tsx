import type { VNode } from 'preact';
import type { Unit } from '../../domain/measures/measures.js';
import { roundedNumber } from '../../domain/words/amounts.js';
import { usePageContext } from '../page-context.js';
import { amountInWords, numberInWords } from './words.js';

interface ValueProps {
  readonly value: number;
  /** Where the API's answer holds it: a JSON pointer (RFC 6901). */
  readonly at: string;
  /** The path of that answer, where it is not the one of the page. */
  readonly from?: string;
  readonly unit?: Unit;
  /** Show it as a percentage of one: 0.12 as "12 %". */
  readonly isRatio?: boolean;
  /** Show it without its sign, where the words beside it tell the direction. */
  readonly isUnsigned?: boolean;
}

/** A number of an answer of the API, for people and, with its source, for programs: a test follows every one of them. */
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

/** A number with its honest bounds: "10.5 %", "28,500 to 29,499 units", "at least 72 points". */
export function Bounded({ value: { value, lo, hi }, at, ...rest }: BoundedProps): VNode {
  if (lo !== undefined && hi !== undefined && lo === hi)
    return <Value value={value} at={`${at}/value`} {...rest} />;
  const { unit, ...plain } = rest;
  // No share is more than all: that end says nothing.
  if (unit === 'percent' && lo !== undefined && lo > 0 && hi === 100)
    return (
      <>
        at least <Value value={lo} at={`${at}/lo`} {...rest} />
      </>
    );
  // Bounds so close that they read the same are one number to a reader; the table and the proof have both.
  if (lo !== undefined && hi !== undefined && numberInWords(lo) === numberInWords(hi))
    return <Value value={lo} at={`${at}/lo`} {...rest} />;
  // What a source rounded is told as it was, not by the ends that its rounding leaves open.
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
