import { dayNumber, type Day } from '../ledger/edtf.js';
import { permutationTest, type SignificanceTest } from './significance.js';
import type { ThesisCase } from './thesis.js';

/** An automaker with two numbers that a thesis says go together, or against each other. */
export interface PairedNumbers {
  readonly automaker: string;
  readonly first: { readonly lo: number; readonly hi: number };
  readonly second: { readonly lo: number; readonly hi: number };
  /** The last day of what the second number is of, where it is of a time: numbers of other years are not set beside each other. */
  readonly secondOn?: Day;
  readonly events: readonly string[];
}

type Order = 'more' | 'less' | 'unknown';

const order = (a: PairedNumbers['first'], b: PairedNumbers['first']): Order =>
  a.lo > b.hi ? 'more' : a.hi < b.lo ? 'less' : 'unknown';

/** Numbers that are of days further apart than this say nothing of each other. */
const MOST_DAYS_APART = 366;

function orderOfSecond(a: PairedNumbers, b: PairedNumbers): Order {
  const { secondOn: one } = a;
  const { secondOn: other } = b;
  const isFar =
    one !== undefined && other !== undefined && Math.abs(dayNumber(one) - dayNumber(other)) > MOST_DAYS_APART;
  return isFar ? 'unknown' : order(a.second, b.second);
}

/** Each pair of automakers as a case: it supports where more of the first goes with more (or, if so said, less) of the second. */
export function pairedCases(
  numbers: readonly PairedNumbers[],
  goes: 'together' | 'against',
  words: (each: PairedNumbers) => string,
): ThesisCase[] {
  return numbers.flatMap((a, index) =>
    numbers.slice(index + 1).map((b): ThesisCase => {
      const [first, second] = [order(a.first, b.first), orderOfSecond(a, b)];
      const isTold = first !== 'unknown' && second !== 'unknown';
      return {
        name: `${a.automaker} and ${b.automaker}`,
        finding: !isTold
          ? 'undecided'
          : (first === second) === (goes === 'together')
            ? 'supports'
            : 'contradicts',
        shows: `${words(a)}; ${words(b)}.`,
        events: [...a.events, ...b.events],
      };
    }),
  );
}

/**
 * Whether the numbers go together, or against each other, more than by chance. Pairs share their automakers, so they are no
 * independent cases: the second number is dealt out to the automakers anew instead.
 */
export function pairedTest(
  numbers: readonly PairedNumbers[],
  goes: 'together' | 'against',
): SignificanceTest {
  const signs = { more: 1, less: -1, unknown: 0 } as const;
  const signOf = (which: 'first' | 'second', a: number, b: number): number => {
    const [one, other] = [numbers[a], numbers[b]];
    if (!one || !other) return 0;
    return signs[which === 'first' ? order(one.first, other.first) : orderOfSecond(one, other)];
  };
  return permutationTest(numbers.length, (dealt) => {
    let sum = 0;
    for (let a = 0; a < numbers.length; a++)
      for (let b = a + 1; b < numbers.length; b++)
        sum += signOf('first', a, b) * signOf('second', dealt[a] ?? a, dealt[b] ?? b);
    return goes === 'together' ? sum : -sum;
  });
}
