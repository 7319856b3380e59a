import type { VNode } from 'preact';
import { dayNumber, daysOf, type Day } from '../../domain/occurred-on.js';
import type { Progress } from '../../domain/progress.js';
import type { TargetVersion } from '../../domain/records.js';
import { dateInWords } from '../design/dates.js';
import { amountInWords } from '../design/words.js';
import type { Room } from './chart-figure.js';
import { round, type PlotScales } from './plot.js';

/** The versions of a goal with another threshold or deadline than the one in force, oldest first. */
export function formerGoals(versions: readonly TargetVersion[]): readonly TargetVersion[] {
  const current = versions.at(-1)?.terms;
  const seen = new Set([`${current?.threshold} ${current?.deadline}`]);
  return versions.filter(({ terms: { threshold, deadline } }) => {
    const key = `${threshold} ${deadline}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

interface FormerGoalsProps {
  /** Height of the line of the goal in force, which hides equal ones. */
  readonly goal: number;
  readonly scales: PlotScales;
  readonly versions: readonly TargetVersion[];
  readonly on: Day;
  /** Where the first row stands, and how high each is. */
  readonly top: number;
  readonly lane: number;
}

/**
 * Every goal that is no longer the goal, ghosted: its level in the plot, and a row under the axis from the day it was first
 * said to its deadline, so that one sees the goalposts move.
 */
export function FormerGoals({ scales: { x, y }, versions, goal, on, top, lane }: FormerGoalsProps): VNode {
  return (
    <g>
      {versions.map(({ event, occurredOn, terms: { threshold, deadline, unit } }, index) => {
        const from = round(x(dayNumber(daysOf(occurredOn).first)));
        const until = round(x(dayNumber(deadline === undefined ? on : daysOf(deadline).last)));
        const at = top + index * lane;
        return (
          <g key={event}>
            <title>
              {`Said ${dateInWords(occurredOn)}: ${amountInWords(threshold, unit)}${deadline === undefined ? ', no date' : ` by ${dateInWords(deadline)}`}`}
            </title>
            {y(threshold) !== goal && (
              <line
                class="ghost-line"
                x1={from}
                x2={until}
                y1={round(y(threshold))}
                y2={round(y(threshold))}
              />
            )}
            <line class="ghost-lane" x1={from} x2={until} y1={at} y2={at} />
            {deadline !== undefined && <path class="ghost-mark" d={diamond(until, at)} />}
          </g>
        );
      })}
    </g>
  );
}

const diamond = (x: number, y: number): string => `M${x} ${y - 5}l5 5-5 5-5-5Z`;

/** The goal in force: its line, its deadline as a window, and the paths that would still reach it. */
export function GoalNow({
  scales: { x, y, top, bottom },
  progress: { terms, deadline, value, on, status },
  room,
}: {
  scales: PlotScales;
  progress: Progress;
  room: Room;
}): VNode {
  const goal = round(y(terms.threshold));
  const [left = 0, right = 0] = x.range();
  const [early, late] = deadline
    ? [round(x(dayNumber(deadline.early))), round(x(dayNumber(deadline.late)))]
    : [right, right];
  const isOpen = deadline && value && deadline.late > on && status !== 'achieved' && status !== 'withdrawn';
  const from = value && { x: round(x(dayNumber(on))), y: round(y(value.value)) };
  const labelAt = Math.min(late, right);
  return (
    <g>
      {deadline && (
        <rect
          class="goal-window"
          x={early}
          y={top}
          width={Math.max(3, round(late - early))}
          height={bottom - top}
          fill-opacity="0.6"
        />
      )}
      {isOpen && from && (
        <>
          {deadline.early > on && (
            <path class="needed-area" d={`M${from.x} ${from.y}L${early} ${goal}H${late}Z`} />
          )}
          {deadline.early > on && <path class="needed" d={`M${from.x} ${from.y}L${early} ${goal}`} />}
          <path class="needed" d={`M${from.x} ${from.y}L${late} ${goal}`} />
        </>
      )}
      <line class="goal-line" x1={left} x2={late} y1={goal} y2={goal} />
      {deadline && <path class="goal-mark" d={diamond(late, goal)} />}
      <text class="goal-text end" x={labelAt - (room.isNarrow ? 0 : 8)} y={goal - 9}>
        {`Goal: ${amountInWords(terms.threshold, terms.unit)}${deadline && !room.isNarrow ? `, ${dateInWords(deadline.words)}` : ''}`}
      </text>
    </g>
  );
}
