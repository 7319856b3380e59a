/** Days in order, each with a value that a count of units could have on it. */
export interface Counts {
  readonly days: readonly number[];
  readonly units: Float64Array;
  /** The places of the days among them, where somebody looked them up. */
  readonly places?: ReadonlyMap<number, number>;
}

/** A period by the day that it begins on and the one after its last, as numbers, and the least units in it. */
interface LeastUnits {
  readonly from: number;
  readonly to: number;
  readonly lo: number;
}

/** The days that periods begin on, and those after which they end, in order. */
export function daysOf(claims: readonly LeastUnits[]): readonly number[] {
  const ends = new Float64Array(2 * claims.length);
  for (const [index, { from, to }] of claims.entries()) {
    ends[2 * index] = from;
    ends[2 * index + 1] = to;
  }
  ends.sort();
  return Array.from(ends.filter((day, index) => day !== ends[index - 1]));
}

/** The least counts that meet the lower bounds of all claims: near a solution where the reports agree. */
export function leastCounts(claims: readonly LeastUnits[]): Counts {
  const days = daysOf(claims);
  const ending = new Map<number, LeastUnits[]>();
  for (const claim of claims) {
    const others = ending.get(claim.to);
    if (others) others.push(claim);
    else ending.set(claim.to, [claim]);
  }
  const least = new Map<number, number>();
  let units = 0;
  for (const day of days) {
    for (const { from, lo } of ending.get(day) ?? []) units = Math.max(units, (least.get(from) ?? 0) + lo);
    least.set(day, units);
  }
  return { days, units: Float64Array.from(least.values()) };
}

/** Counts on some days more. */
export function countsAlsoOn(more: readonly number[], known: Counts): Counts {
  const days = more.reduce((all: readonly number[], day) => {
    const place = firstAtOrAfter(all, day);
    return all[place] === day ? all : all.toSpliced(place, 0, day);
  }, known.days);
  return countsOn(days, known);
}

/** Counts on other days: each like the nearest earlier known day, the first ones like the first known day. */
export function countsOn(days: readonly number[], known: Counts): Counts {
  const units = days.map((day) => known.units[Math.max(0, lastAtOrBefore(known.days, day))] ?? 0);
  return { days, units: Float64Array.from(units) };
}

/** The index of the first of some ordered days that is `day` or later; their number where there is none. */
export function firstAtOrAfter(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? day) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the last of some ordered days that is `day` or earlier; −1 where there is none. */
export function lastAtOrBefore(days: readonly number[], day: number): number {
  return firstAtOrAfter(days, day + 1) - 1;
}
