import type { VNode } from 'preact';
import { dayNumber, daysOf, latestDate, type Day } from '../../domain/ledger/edtf.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { TargetTerms, TargetVersion } from '../../domain/state/records.js';
import { dateInWords, deadlineInWords } from '../design/dates.js';
import { goalAmountInWords, numberInWords } from '../design/words.js';
import { freePlaceOf, type PlacedLabel } from './labels.js';
import type { Room } from './chart-figure.js';
import { pathsToGoal } from './paths-to-goal.js';
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

/**
 * The day from which a version of a goal is drawn. If its date has an open start, this is the first day of
 * its end.
 */
export const saidOn = ({ occurredOn }: Pick<TargetVersion, 'occurredOn'>): Day =>
  daysOf(latestDate(occurredOn)).first;

/** The horizontal span of a version, from when it was first said to its deadline, or to today without one. */
export function spanOfGoal(
  { occurredOn, terms: { deadline } }: Pick<TargetVersion, 'occurredOn' | 'terms'>,
  { x }: Pick<PlotScales, 'x'>,
  on: Day,
): { readonly from: number; readonly until: number } {
  return {
    from: round(x(dayNumber(saidOn({ occurredOn })))),
    until: round(x(dayNumber(deadline === undefined ? on : daysOf(deadline).last))),
  };
}

interface FormerGoalsProps {
  /** The threshold in force; its line would hide equal ones. */
  readonly current: number;
  readonly scales: PlotScales;
  readonly versions: readonly TargetVersion[];
  readonly on: Day;
  /** Position of the first row, and height of each row. */
  readonly top: number;
  readonly lane: number;
  readonly room: Room;
}

/**
 * All former goals, faded: the level in the plot, and a row below the axis from the day it was first said to
 * its deadline. This shows how the goalposts moved.
 */
export function FormerGoals({
  scales: { x, y },
  versions,
  current,
  on,
  top,
  lane,
  room,
}: FormerGoalsProps): VNode {
  return (
    <g>
      {versions.map(({ event, occurredOn, terms }, index) => {
        const { threshold, deadline } = terms;
        const { from, until } = spanOfGoal({ occurredOn, terms }, { x }, on);
        const at = top + index * lane;
        return (
          <g key={event}>
            <title>
              {`Said ${dateInWords(occurredOn)}: ${goalAmountInWords(terms)}${deadline === undefined ? ', no date' : ` ${deadlineInWords(deadline)}`}`}
            </title>
            {threshold !== current && (
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
            <LaneLabel
              texts={laneTexts(occurredOn, terms, threshold !== current, room)}
              from={from}
              until={until}
              at={at + 4}
              room={room}
            />
          </g>
        );
      })}
    </g>
  );
}

/**
 * What a former goal said differently from the one in force, such as "Apr 2025: by Apr 2035". Longest text
 * first.
 */
function laneTexts(said: string, terms: TargetTerms, hasOtherLevel: boolean, room: Room): string[] {
  const { threshold, deadline } = terms;
  const by = deadline === undefined ? 'no date' : deadlineInWords(deadline);
  const what = hasOtherLevel ? `${goalAmountInWords(terms)} ${by}` : by;
  const short = hasOtherLevel
    ? [numberInWords(threshold)]
    : deadline === undefined
      ? []
      : [deadline.slice(0, 4)];
  return room.isNarrow ? [what, by, ...short] : [`said ${dateInWords(said)}: ${what}`, what];
}

const LANE_TEXT = 11;

/** Places the longest text that fits, after the row or otherwise before it. */
function LaneLabel(props: {
  texts: readonly string[];
  from: number;
  until: number;
  at: number;
  room: Room;
}): VNode | null {
  const { texts, from, until, at, room } = props;
  const label = freePlaceOf(
    texts,
    LANE_TEXT,
    [
      { x: until + 9, y: at, anchor: 'start' },
      { x: from - 6, y: at, anchor: 'end' },
    ],
    [],
    { left: 0, right: room.width, top: at - LANE_TEXT, bottom: at + LANE_TEXT },
  );
  return (
    (label && (
      <text class={`lane-text ${label.anchor}`} x={round(label.x)} y={round(label.y)}>
        {label.text}
      </text>
    )) ??
    null
  );
}

const diamond = (x: number, y: number): string => `M${x} ${y - 5}l5 5-5 5-5-5Z`;

/** The goal in force: its line, its deadline as a window, and the paths that would still reach it. */
export function GoalNow({
  scales: { x, y, top, bottom },
  progress,
  said,
  label,
}: {
  scales: PlotScales;
  progress: Progress;
  /** The day of the announcement; the line starts there. */
  said: Day | undefined;
  label: PlacedLabel;
}): VNode {
  const { terms, deadline } = progress;
  const goal = round(y(terms.threshold));
  const saidAt = said === undefined ? 0 : round(x(dayNumber(said)));
  const [left = 0, right = 0] = x.range();
  const [early, late] = deadline
    ? [round(x(dayNumber(deadline.early))), round(x(dayNumber(deadline.late)))]
    : [right, right];
  const paths = pathsToGoal({ x, y }, progress).map(
    ([from, to]) => `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`,
  );
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
      {paths.length > 1 && <path class="needed-area" d={`${paths[0] ?? ''}H${late}Z`} />}
      {paths.map((path) => (
        <path key={path} class="needed" d={path} />
      ))}
      <line
        class="goal-line"
        x1={Math.max(left, saidAt)}
        x2={Math.max(late, saidAt + 4)}
        y1={goal}
        y2={goal}
      />
      {deadline && <path class="goal-mark" d={diamond(late, goal)} />}
      <text class={`goal-text ${label.anchor}`} x={round(label.x)} y={round(label.y)}>
        {label.text}
      </text>
    </g>
  );
}
