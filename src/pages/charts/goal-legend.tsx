import type { ComponentChildren, VNode } from 'preact';
import type { SeriesPoint } from '../../domain/measures/series.js';
import type { GoalChartProps } from './goal-chart-props.js';
import { formerGoals } from './goal-marks.js';
import { lineOf } from './series-line.js';

/** What the marks of a chart of a goal mean: only those that are in it. */
export function Legend({ progress, versions, points, events }: GoalChartProps): VNode {
  return (
    <ul class="legend">
      <Item words="what figures say">
        <path class="series-line" d="M0 12 16 4" />
        <circle class="series-dot" cx="8" cy="8" r="3.5" />
      </Item>
      {points.length > lineOf(points).length && (
        <Item words="counted in another way">
          <circle class="series-dot other" cx="8" cy="8" r="4" />
        </Item>
      )}
      {points.some(hasBand) && (
        <Item words="between its bounds">
          <path class="series-band" d="M8 1V15" />
        </Item>
      )}
      <Item words="the goal and its deadline">
        <rect class="goal-window" width="16" height="16" />
        <path class="goal-line" d="M0 5H16" />
      </Item>
      {formerGoals(versions).length > 0 && (
        <Item words="former goals, from the day they were said to their deadline">
          <path class="ghost-line" d="M0 8H16" />
          <path class="ghost-mark" d="M8 3.5 12.5 8 8 12.5 3.5 8Z" />
        </Item>
      )}
      {progress.pace?.toLateEnd !== undefined && (
        <Item words="pace needed from the newest figure on">
          <path class="needed" d="M0 14 16 2" />
        </Item>
      )}
      {events.length > 0 && (
        <Item words="market entered or left, partner signed, plant or strategy announced">
          <path class="event-tick" d="M3 16V7M8 16V7M11 16V7" />
        </Item>
      )}
    </ul>
  );
}

/** Bounds of less than a hundredth of the value are too near to be seen. */
const hasBand = ({ value, lo, hi }: SeriesPoint): boolean =>
  lo !== undefined && hi !== undefined && hi - lo > value / 100;

function Item({ words, children }: { words: string; children: ComponentChildren }): VNode {
  return (
    <li>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {children}
      </svg>
      {words}
    </li>
  );
}
