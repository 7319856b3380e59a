import type { Witness } from './flow-claims.js';
import { leastCounts } from './flow-counts.js';
import { KnownCycles, learnGreedily, type Cycle } from './negative-cycles.js';

/** The contradictions among the reports within a range of days, found from those reports alone. */
interface Window {
  readonly witnesses: readonly Witness[];
  readonly cycles: readonly Cycle[];
  /** Without these, the remaining reports are consistent. */
  readonly suspects: ReadonlySet<Witness>;
}

/** The windows by number, in time order. Immutable, so that a repair with one more report can reuse them. */
export type Windows = ReadonlyMap<number, Window>;

export const NO_WINDOWS: Windows = new Map();

/** Below this number of reports, all are examined at once. */
const FEWEST = 256;
/** A window starts each year and lasts two years, so every period within one year lies in some window. */
const DAYS = 365;
const STEPS = 2;

/**
 * Finds the contradictions of many reports, window by window. Nearly all contradictions lie within two years,
 * so few are left for the global search. A window is a function of its reports: windows in `before` with the
 * same reports are reused, so one more report only recomputes its own windows.
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

/** The windows that contain the whole period of a report. */
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
