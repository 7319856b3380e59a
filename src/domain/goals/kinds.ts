import { MEASURES } from '../measures/measures.js';
import { daysOf, type Day } from '../ledger/edtf.js';
import type { GoalKind, TargetTerms } from '../state/records.js';

/** One way to read a goal: its kind, and its days. */
export interface GoalReading {
  readonly kind: GoalKind;
  /** For an amount, a cumulative amount, or the share of one period. Both ends included. */
  readonly period?: { readonly first: Day; readonly last: Day };
  /** The possible days of the deadline; absent if there is none. */
  readonly deadline?: { readonly first: Day; readonly last: Day };
}

/** How the kind of a goal is known: stated with it, derived from its wording, or not known. */
export type KindKnown = 'stated' | 'from its words' | 'not stated';

export interface GoalReadings {
  readonly known: KindKnown;
  /** One reading or, if ambiguous, two: the amount of the deadline's year, then the rate by then. */
  readonly readings: readonly [GoalReading, ...GoalReading[]];
}

/**
 * The possible kinds of a goal. A flow goal whose deadline is a year, "40,000 units, 2026", is an amount in
 * that year or a yearly rate by then; if neither its terms nor its wording decide, it has both readings.
 * `saidOn` is the first day on which it may have been stated: a cumulative amount without a period starts
 * with that month.
 */
export function readingsOfGoal(terms: TargetTerms, saidOn: Day): GoalReadings {
  const deadline = terms.deadline === undefined ? undefined : daysOf(terms.deadline);
  const by = deadline && { deadline: { first: deadline.first, last: deadline.last } };
  const { nature } = MEASURES[terms.measure];
  if (nature === 'level') {
    const kind = terms.measure === 'market-presence' ? 'presence' : 'level';
    return { known: 'stated', readings: [{ kind, ...by }] };
  }
  const period = terms.period === undefined ? undefined : daysOf(terms.period);
  if (nature === 'share')
    return {
      known: 'stated',
      readings: [{ kind: 'share', ...(period && { period: daysIn(period) }), ...by }],
    };
  const kind = terms.kind ?? (period ? 'amount' : kindInWords(terms));
  const known = (terms.kind ?? period) ? 'stated' : 'from its words';
  if (kind === 'rate' || (!deadline && !period))
    return { known: kind === undefined ? 'not stated' : known, readings: [{ kind: 'rate', ...by }] };
  if (kind === 'cumulative')
    return {
      known,
      readings: [
        {
          kind,
          period: daysIn(period ?? { first: `${saidOn.slice(0, 7)}-01`, last: deadline?.last ?? saidOn }),
          ...by,
        },
      ],
    };
  const year = period ?? yearOf(deadline);
  if (kind === 'amount' && year) return { known, readings: [{ kind, period: daysIn(year), ...by }] };
  const rate: GoalReading = { kind: 'rate', ...by };
  return year
    ? { known: 'not stated', readings: [{ kind: 'amount', period: daysIn(year), ...by }, rate] }
    : { known: 'not stated', readings: [rate] };
}

const daysIn = ({ first, last }: { first: Day; last: Day }) => ({ first, last });

/** The calendar year that a deadline names, or of which it is the last day. */
function yearOf(deadline: { readonly first: Day; readonly last: Day } | undefined) {
  if (!deadline?.last.endsWith('-12-31')) return undefined;
  const first = `${deadline.last.slice(0, 4)}-01-01`;
  return deadline.first === first || deadline.first === deadline.last
    ? { first, last: deadline.last }
    : undefined;
}

const YEARLY = /\b(?:a|per|each|every) year\b|\bannual(?:ly)?\b|\byearly\b|\/\s?year/i;
const OVER_YEARS =
  /\bover (?:the next )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten) years\b|\bcumulative/i;

/** The kind that the wording of a flow goal implies; undefined if it implies none. */
function kindInWords({ wording, deadline }: TargetTerms): GoalKind | undefined {
  if (YEARLY.test(wording)) return 'rate';
  if (OVER_YEARS.test(wording)) return 'cumulative';
  const year = deadline === undefined ? undefined : daysOf(deadline).last.slice(0, 4);
  if (year === undefined) return undefined;
  const isIn = new RegExp(`\\b(?:in|for|during) (?:the year )?${year}\\b`, 'i').test(wording);
  const isBy = new RegExp(`\\b(?:by|before|until) (?:the end of |about |around )?${year}\\b`, 'i').test(
    wording,
  );
  if (isIn === isBy) return undefined;
  return isIn ? 'amount' : 'rate';
}
