/** A case observed for some days. Either the event happened at their end, or it had not happened by then. */
export interface WatchedCase {
  readonly days: number;
  readonly happened: boolean;
}

/** The fraction of cases in which the event had not happened after this many days. */
export interface SurvivalStep {
  readonly days: number;
  readonly atRisk: number;
  readonly happened: number;
  readonly survival: number;
}

/**
 * The product-limit estimate Ŝ(t) = Π over times up to t of (1 − d/n), where the event happened in d cases at
 * a time, and n cases were still observed just before it. Open cases count until their last day. O(n log n).
 *
 * Source: Kaplan & Meier 1958.
 */
export function kaplanMeier(cases: readonly WatchedCase[]): SurvivalStep[] {
  const inOrder = [...cases].sort((a, b) => a.days - b.days);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  for (let start = 0; start < inOrder.length;) {
    const days = inOrder[start]?.days ?? 0;
    let [end, happened] = [start, 0];
    for (; inOrder[end]?.days === days; end++) if (inOrder[end]?.happened === true) happened += 1;
    const atRisk = inOrder.length - start;
    if (happened > 0) {
      survival *= 1 - happened / atRisk;
      steps.push({ days, atRisk, happened, survival });
    }
    start = end;
  }
  return steps;
}

/** The first time by which at least half of the cases have happened; undefined if there is none. */
export const medianDays = (steps: readonly SurvivalStep[]): number | undefined =>
  // Rounding errors may move a product of fractions slightly above one half.
  steps.find(({ survival }) => survival <= 0.5 + 1e-12)?.days;
