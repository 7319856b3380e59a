/** An element that can be left out, and the cost of that. */
export interface Weighed {
  readonly weight: number;
}

/** Upper bound on a group's elements for the full search: they must fit the bits of an integer. */
export const LARGEST_GROUP = 31;
/** Upper bound on the steps of the search. */
const MOST_STEPS = 20_000;
/** Upper bound on the sets found. */
const MOST_SETS = 64;

/**
 * All inclusion-minimal sets of elements that intersect every cycle and weigh at most `slack` more than the
 * lightest (Reiter 1987: the least repairs are the minimal hitting sets of the conflicts). Branch and bound:
 * the smallest cycle not hit yet contributes one element; elements tried before it are excluded. `elements`
 * are the elements of the cycles, in order; the result depends on them alone. Undefined if there are too many
 * elements, steps or sets.
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

/** The cycles that contain no other cycle: a set that hits these hits all. */
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

/** Orders sets by the first element in which they differ. */
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
