import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import { amountInWords, boundsInWords, goalAmountInWords } from '../design/words.js';
import { expectedByNow } from './expected.js';
import { round } from './plot.js';

const WIDTH = 180;
/** Position of the goal in every bar. Bars of all goals share one scale: percent of their goal. */
const GOAL_AT = 144;

/** The expected value comes from a line or a curve, so more than two digits would overstate its precision. */
const toTwoDigits = (value: number): number => Number(value.toPrecision(2));

/**
 * A bar that shows a value relative to its goal. A tick marks the value that the goal would need by that day.
 */
export function Bullet({ progress }: { progress: Progress }): VNode | null {
  const { terms, value } = progress;
  if (!value || terms.measure === 'market-presence') return null;
  const { threshold, unit } = terms;
  const at = (amount: number): number => Math.min(WIDTH - 1, round((GOAL_AT * amount) / threshold));
  const [lo, hi] = [value.lo ?? value.value, value.hi ?? value.value];
  const expected = value.isProxy ? undefined : expectedByNow(progress);
  const words = [
    `${boundsInWords(value, unit)} of ${goalAmountInWords(terms)}`,
    ...(expected === undefined
      ? []
      : [`about ${amountInWords(toTwoDigits(expected), unit)} expected by then`]),
  ].join('; ');
  return (
    <svg class="bullet" viewBox={`0 0 ${WIDTH} 20`} role="img" aria-label={words}>
      <title>{words}</title>
      <rect class="track" x="0.5" y="4.5" width={WIDTH - 1} height="11" rx="1.5" />
      {hi > lo && <rect class="unsure" y="5" width={at(hi)} height="10" />}
      <rect class={value.isProxy ? 'unsure' : 'reached'} y="5" width={Math.max(1.5, at(lo))} height="10" />
      <line class="mark" x1={GOAL_AT} x2={GOAL_AT} y1="0" y2="20" />
      {expected !== undefined && (
        <path class="expected" d={`M${at(expected) - 4} 0h8l-4 5v10l4 5h-8l4-5V5Z`} />
      )}
    </svg>
  );
}
