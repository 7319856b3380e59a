/** Ordered days, each with a possible value of the cumulative count of units. */
export interface Counts {
  readonly days: readonly number[];
  readonly units: Float64Array;
  /** The index of each day, if it was computed before. */
  readonly places?: ReadonlyMap<number, number>;
}

/** A period as day numbers (its first day, and the day after its last), with the least units in it. */
interface LeastUnits {
  readonly from: number;
  readonly to: number;
  readonly lo: number;
}

/** The days on which periods begin, and the days after they end, in order. */
export function daysOf(claims: readonly LeastUnits[]): readonly number[] {
  const ends = new Float64Array(2 * claims.length);
  for (const [index, { from, to }] of claims.entries()) {
    ends[2 * index] = from;
    ends[2 * index + 1] = to;
  }
  ends.sort();
  return Array.from(ends.filter((day, index) => day !== ends[index - 1]));
}

/** The least counts that satisfy all lower bounds. If the reports agree, they are close to a solution. */
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

/** Extends counts to some additional days. */
export function countsAlsoOn(more: readonly number[], known: Counts): Counts {
  const days = more.reduce((all: readonly number[], day) => {
    const place = firstAtOrAfter(all, day);
    return all[place] === day ? all : all.toSpliced(place, 0, day);
  }, known.days);
  return countsOn(days, known);
}

/** Counts on other days: each like the nearest earlier known day, or else the first known day. */
export function countsOn(days: readonly number[], known: Counts): Counts {
  const units = days.map((day) => known.units[Math.max(0, lastAtOrBefore(known.days, day))] ?? 0);
  return { days, units: Float64Array.from(units) };
}

/** The index of the first ordered day that is `day` or later; the number of days if there is none. */
export function firstAtOrAfter(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? day) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the last ordered day that is `day` or earlier; −1 if there is none. */
export function lastAtOrBefore(days: readonly number[], day: number): number {
  return firstAtOrAfter(days, day + 1) - 1;
}
