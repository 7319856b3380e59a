/** A case that was watched for some days: what is waited for happened at their end, or it had not happened by then. */
export interface WatchedCase {
  readonly days: number;
  readonly happened: boolean;
}

/** The part of the cases for which it had not happened after so many days. */
export interface SurvivalStep {
  readonly days: number;
  readonly atRisk: number;
  readonly happened: number;
  readonly survival: number;
}

/**
 * The product-limit estimate Ŝ(t) = Π over times up to t of (1 − d/n): d cases happened at a time, n were still watched
 * just before it. Open cases leave the watch at their last day and count until then. O(n log n).
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

/** The first time at which half of the cases, or more, have happened; undefined where the estimate stays above half. */
export const medianDays = (steps: readonly SurvivalStep[]): number | undefined =>
  // A product of fractions can miss a half by the last bit.
  steps.find(({ survival }) => survival <= 0.5 + 1e-12)?.days;
