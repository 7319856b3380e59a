import type { Witness } from './flow-claims.js';
import { leastCounts } from './flow-counts.js';
import { KnownCycles, learnGreedily, type Cycle } from './negative-cycles.js';

/** The contradictions among the reports that lie within some days, worked out of those reports alone. */
interface Window {
  readonly witnesses: readonly Witness[];
  readonly cycles: readonly Cycle[];
  /** Without these the others are consistent. */
  readonly suspects: ReadonlySet<Witness>;
}

/** By number of the window, in the order of time. A value: whoever repairs with one more report hands it on. */
export type Windows = ReadonlyMap<number, Window>;

export const NO_WINDOWS: Windows = new Map();

/** Fewer reports are looked through at once. */
const FEWEST = 256;
/** A window begins each year and lasts for two, so that what lies within a year lies within one. */
const DAYS = 365;
const STEPS = 2;

/**
 * The contradictions of many reports, window by window of their days. Nearly all contradictions lie within two years, so
 * that few are left for a look at all reports at once. A window is a function of its reports: those of `before` that hold
 * the same reports are taken over as they are, and one more report costs its own windows only.
 */
export function cyclesByWindow(witnesses: readonly Witness[], before: Windows): Windows {
  if (witnesses.length < FEWEST) return NO_WINDOWS;
  const within = new Map<number, Witness[]>();
  for (const witness of witnesses) {
    for (const number of windowsAround(witness)) {
      const others = within.get(number);
      if (others) others.push(witness);
      else within.set(number, [witness]);
    }
  }
  return new Map(
    [...within]
      .sort(([a], [b]) => a - b)
      .map(([number, members]): [number, Window] => {
        const known = before.get(number);
        return [number, known && isSame(known.witnesses, members) ? known : windowOf(members)];
      }),
  );
}

/** The windows that hold a whole report. */
function windowsAround({ from, to }: Witness): readonly number[] {
  const last = Math.floor(from / DAYS);
  return Array.from({ length: STEPS }, (_, index) => last - index).filter(
    (number) => to <= (number + STEPS) * DAYS,
  );
}

function windowOf(witnesses: readonly Witness[]): Window {
  const known = new KnownCycles(witnesses);
  learnGreedily(known, witnesses, leastCounts(witnesses));
  return { witnesses, cycles: known.cycles, suspects: known.greedySet };
}

const isSame = (a: readonly Witness[], b: readonly Witness[]): boolean =>
  a.length === b.length && a.every((witness, index) => witness === b[index]);
