import { bandRange, type Bands } from './growth.js';
import type { Check } from './progress.js';

/** Recomputes the progress of an amount from the sums in the answer, without any code of the tracker. */

interface Full {
  readonly lo: number;
  readonly hi: number;
}
interface Term {
  readonly sign: number;
  readonly units: number;
}
interface Days {
  readonly first: string;
  readonly last: string;
  readonly bounds: Full;
  readonly proof: { readonly lo: readonly Term[]; readonly hi: readonly Term[] };
}
export interface AmountJson {
  readonly first: string;
  readonly last: string;
  readonly percent: Full;
  readonly timeGone: number;
  readonly toGo: Full;
  readonly monthsLeft: number;
  readonly neededAMonth?: Full;
  readonly lastThreeMonths?: Days & { readonly aMonth: Full };
  readonly pace?: Full & {
    readonly middle: number;
    readonly bands?: Bands;
    readonly method: string;
    readonly before?: { readonly same: Days; readonly rest: Days };
  };
}

const DAY = 86_400_000;
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;
const total = (terms: readonly Term[]): number =>
  terms.reduce((sum, { sign, units }) => sum + sign * units, 0);

export function recomputedAmount(amount: AmountJson, now: Full, threshold: number): Check[] {
  const checks: Check[] = [];
  const ends = (what: string, told: Full, again: Full) => {
    checks.push({ what: `${what}.lo`, told: told.lo, recomputed: again.lo });
    checks.push({ what: `${what}.hi`, told: told.hi, recomputed: again.hi });
  };
  const proven = (what: string, { bounds, proof }: Days): Full => {
    const again = { lo: total(proof.lo), hi: total(proof.hi) };
    ends(what, bounds, again);
    return again;
  };
  const toGo = { lo: threshold - now.hi, hi: threshold - now.lo };
  ends('percent of the amount', amount.percent, {
    lo: (100 * now.lo) / threshold,
    hi: (100 * now.hi) / threshold,
  });
  ends('units to go', amount.toGo, toGo);
  if (amount.neededAMonth)
    ends('needed a month', amount.neededAMonth, {
      lo: toGo.lo / amount.monthsLeft,
      hi: toGo.hi / amount.monthsLeft,
    });
  // The length of the whole period is the days gone plus the months left.
  const gone = days(amount.first, amount.last) + 1;
  const whole = gone + (amount.monthsLeft * 365.25) / 12;
  checks.push({ what: 'time gone', told: amount.timeGone, recomputed: (100 * gone) / whole });
  if (amount.lastThreeMonths) {
    const three = proven('last three months', amount.lastThreeMonths);
    ends('last three months a month', amount.lastThreeMonths.aMonth, { lo: three.lo / 3, hi: three.hi / 3 });
  }
  const { pace } = amount;
  if (!pace) return checks;
  if (pace.before) {
    const [same, rest] = [
      proven('same days', pace.before.same),
      proven('rest of the year', pace.before.rest),
    ];
    ends('season-adjusted', pace, {
      lo: (now.lo * rest.lo) / (same.hi * (threshold - now.lo)),
      hi: (now.hi * rest.hi) / (same.lo * (threshold - now.hi)),
    });
  } else {
    const per = threshold * (amount.timeGone / 100);
    ends('straight line', pace, { lo: now.lo / per, hi: now.hi / per });
  }
  if (pace.bands) {
    const bands = bandRange(pace);
    checks.push({ what: 'lowest band of the amount', told: pace.bands.lowest, recomputed: bands.lowest });
    checks.push({ what: 'highest band of the amount', told: pace.bands.highest, recomputed: bands.highest });
  }
  return checks;
}
