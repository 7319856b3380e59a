import { dayNumber, type Day } from '../ledger/edtf.js';
import { permutationTest, type SignificanceTest } from './significance.js';
import type { ThesisCase } from './thesis.js';

/** An automaker with two numbers that a thesis claims to be positively or negatively related. */
export interface PairedNumbers {
  readonly automaker: string;
  readonly first: { readonly lo: number; readonly hi: number };
  readonly second: { readonly lo: number; readonly hi: number };
  /**
   * The last day of the second number's period, if it has one: numbers of different years are not compared.
   */
  readonly secondOn?: Day;
  readonly events: readonly string[];
}

type Order = 'more' | 'less' | 'unknown';

const order = (a: PairedNumbers['first'], b: PairedNumbers['first']): Order =>
  a.lo > b.hi ? 'more' : a.hi < b.lo ? 'less' : 'unknown';

/** Numbers for days further apart than this are not comparable. */
const MOST_DAYS_APART = 366;

function orderOfSecond(a: PairedNumbers, b: PairedNumbers): Order {
  const { secondOn: one } = a;
  const { secondOn: other } = b;
  const isFar =
    one !== undefined && other !== undefined && Math.abs(dayNumber(one) - dayNumber(other)) > MOST_DAYS_APART;
  return isFar ? 'unknown' : order(a.second, b.second);
}

/**
 * Each pair of automakers is a case. It supports the thesis if more of the first number comes with more of
 * the second (or with less, for `against`).
 */
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
 * Tests whether the relation of the numbers is stronger than chance. Pairs share automakers and so are not
 * independent; therefore the second number is permuted among the automakers.
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
