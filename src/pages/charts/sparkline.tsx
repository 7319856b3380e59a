import type { VNode } from 'preact';
import type { ProvenValue } from '../../domain/goals/progress.js';
import { amountInWords } from '../design/words.js';
import { round } from './plot.js';

const [WIDTH, HEIGHT] = [84, 24];

/** The calendar years of a measure as a line of a word's size. */
export function Sparkline({ years }: { years: readonly ProvenValue[] }): VNode | null {
  const [first, last] = [years[0], years.at(-1)];
  if (!first || !last || years.length < 2) return null;
  const highest = Math.max(...years.map(({ value }) => value));
  const at = years.map(({ value }, index) => ({
    x: round(3 + (index * (WIDTH - 6)) / (years.length - 1)),
    y: round(HEIGHT - 3 - ((HEIGHT - 6) * value) / (highest || 1)),
  }));
  const end = at.at(-1);
  const words = `${amountInWords(first.value, first.unit)} in ${first.last.slice(0, 4)}, ${amountInWords(last.value, last.unit)} in ${last.last.slice(0, 4)}`;
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      <title>{words}</title>
      <path class="series-line" d={`M${at.map(({ x, y }) => `${x} ${y}`).join('L')}`} />
      {end && <circle class="series-dot" cx={end.x} cy={end.y} r="2.6" />}
    </svg>
  );
}
