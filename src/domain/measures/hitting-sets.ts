/** One that can be left out, and what leaving it out costs. */
export interface Weighed {
  readonly weight: number;
}

/** Elements of one group of cycles for which all sets are looked for: so many fit the bits of a whole number. */
export const LARGEST_GROUP = 31;
/** Steps of that search. */
const MOST_STEPS = 20_000;
/** Sets that are told apart. */
const MOST_SETS = 64;

/**
 * All inclusion-minimal sets of elements that have one in common with each cycle and weigh at most `slack` more than the
 * lightest (Reiter 1987: the least repairs are the minimal hitting sets of the conflicts). Branch and bound: the smallest
 * cycle that is not hit yet has one element in the set; those tried before it are not. `elements` are those of the cycles
 * in their order; the answer depends on them alone. Undefined where there are too many elements, steps or sets.
 */
export function minimalHittingSets<T extends Weighed>(
  elements: readonly T[],
  cycles: readonly ReadonlySet<T>[],
  slack: number,
): readonly (readonly T[])[] | undefined {
  if (elements.length > LARGEST_GROUP) return undefined;
  const weights = elements.map(({ weight }) => weight);
  const masks = minimalMasks(
    cycles.map((cycle) =>
      elements.reduce((mask, element, bit) => (cycle.has(element) ? mask | (1 << bit) : mask), 0),
    ),
  );
  const weightOf = (mask: number): number =>
    weights.reduce((sum, weight, bit) => (mask & (1 << bit) ? sum + weight : sum), 0);
  const lightestOf = (mask: number): number =>
    weights.reduce(
      (least, weight, bit) => (mask & (1 << bit) ? Math.min(least, weight) : least),
      Number.POSITIVE_INFINITY,
    );
  let [lightest, steps] = [Number.POSITIVE_INFINITY, 0];
  const found = new Map<number, number>();
  const visit = (chosen: number, weight: number, excluded: number): boolean => {
    steps += 1;
    if (steps > MOST_STEPS) return false;
    let [open, fewest, rest, taken] = [0, 32, 0, 0];
    for (const mask of masks) {
      if (mask & chosen) continue;
      const free = mask & ~excluded;
      if (free === 0) return true;
      const count = bitsOf(free);
      if (count < fewest) [open, fewest] = [free, count];
      if (free & taken) continue;
      taken |= free;
      rest += lightestOf(free);
    }
    if (weight + rest > lightest + slack) return true;
    if (open === 0) {
      found.set(chosen, weight);
      lightest = Math.min(lightest, weight);
      return true;
    }
    let without = excluded;
    for (let bit = 0; bit < elements.length; bit += 1) {
      if (!(open & (1 << bit))) continue;
      if (!visit(chosen | (1 << bit), weight + (weights[bit] ?? 0), without)) return false;
      without |= 1 << bit;
    }
    return true;
  };
  if (!visit(0, 0, 0)) return undefined;
  const sets = [...found.keys()]
    .filter((mask) => weightOf(mask) <= lightest + slack && isMinimal(mask, masks))
    .sort((a, b) => weightOf(a) - weightOf(b) || lowestFirst(a, b));
  if (sets.length > MOST_SETS) return undefined;
  return sets.map((mask) => elements.filter((_, bit) => mask & (1 << bit)));
}

/** The cycles that hold no other cycle: what hits those hits all. */
function minimalMasks(masks: readonly number[]): readonly number[] {
  const distinct = [...new Set(masks)];
  return distinct
    .filter((mask) => !distinct.some((other) => other !== mask && (other & mask) === other))
    .sort((a, b) => bitsOf(a) - bitsOf(b) || lowestFirst(a, b));
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** By the first element in which two sets differ. */
function lowestFirst(a: number, b: number): number {
  const difference = a ^ b;
  return difference === 0 ? 0 : a & (difference & -difference) ? -1 : 1;
}

const isMinimal = (set: number, masks: readonly number[]): boolean => {
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    const without = set & ~(rest & -rest);
    if (masks.every((mask) => mask & without)) return false;
  }
  return true;
};
