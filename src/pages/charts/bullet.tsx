import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import { amountInWords } from '../design/words.js';
import { round } from './plot.js';

/** Where a value stands between nothing and its goal, in a line. */
export function Bullet({ progress: { terms, value } }: { progress: Progress }): VNode | null {
  if (!value) return null;
  const { threshold, unit } = terms;
  const most = Math.max(threshold, value.hi ?? value.value) * 1.08;
  const at = (amount: number): number => round((220 * amount) / most);
  const [lo, hi] = [value.lo ?? value.value, value.hi ?? value.value];
  return (
    <svg
      class="bullet"
      viewBox="0 0 220 18"
      role="img"
      aria-label={`${amountInWords(value.value, unit)} of ${amountInWords(threshold, unit)}`}
    >
      <rect class="track" x="0.5" y="3.5" width="219" height="11" rx="1.5" />
      {hi > lo && <rect class="unsure" y="4" width={at(hi)} height="10" />}
      <rect class="reached" y="4" width={Math.max(1.5, at(lo))} height="10" />
      <line class="mark" x1={at(threshold)} x2={at(threshold)} y1="0" y2="18" />
    </svg>
  );
}
