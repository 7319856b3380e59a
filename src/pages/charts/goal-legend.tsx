import type { ComponentChildren, VNode } from 'preact';
import type { SeriesPoint } from '../../domain/measures/series.js';
import type { GoalChartProps } from './goal-chart-props.js';
import { formerGoals } from './goal-marks.js';
import { markOf } from './point-mark.js';
import { lineOf } from './series-line.js';

/** Explains the marks of a goal's chart, but only those that occur in it. */
export function Legend({ progress, versions, points, events }: GoalChartProps): VNode {
  const { unit } = progress.terms;
  const inLine = lineOf(points, unit);
  return (
    <ul class="legend">
      <Item words="what figures say">
        <path class="series-line" d="M0 12 16 4" />
        <circle class="series-dot" cx="8" cy="8" r="3.5" />
      </Item>
      {points.some((point) => markOf(point, unit).kind === 'dot' && !inLine.includes(point)) && (
        <Item words="counted in another way, or over another time">
          <circle class="series-dot other" cx="8" cy="8" r="4" />
        </Item>
      )}
      {points.some((point) => markOf(point, unit).kind === 'at-least') && (
        <Item words="so many or more">
          <path class="series-open" d="M8 11V2M4.5 6 8 2 11.5 6" />
          <circle class="series-dot other" cx="8" cy="12" r="3" />
        </Item>
      )}
      {points.some((point) => markOf(point, unit).kind === 'at-most') && (
        <Item words="so many or less">
          <path class="series-open" d="M8 5V14M4.5 10 8 14 11.5 10" />
          <circle class="series-dot other" cx="8" cy="4" r="3" />
        </Item>
      )}
      {points.some(({ alternatives }) => alternatives) && (
        <Item words="what other reports say of the same time">
          <path class="rival-link" d="M8 4V12" />
          <circle class="rival" cx="8" cy="4" r="3" />
          <circle class="rival" cx="8" cy="12" r="3" />
        </Item>
      )}
      {points.some((point) => markOf(point, unit).kind === 'dot' && hasBand(point)) && (
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

/** Whether bounds are visible: those closer than a hundredth of the value are not. */
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
