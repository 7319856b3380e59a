import { dayNumber } from '../../domain/ledger/edtf.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { Unit } from '../../domain/measures/measures.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import { dateInWords } from '../design/dates.js';
import {
  boundsInWords,
  compactInWords,
  goalAmountInWords,
  goalQualifier,
  shortBoundsInWords,
} from '../design/words.js';
import type { Room } from './chart-figure.js';
import {
  bestPlaceOf,
  boxAround,
  boxesOfLine,
  boxOf,
  freePlaceOf,
  type Box,
  type LabelBox,
  type PlacedLabel,
} from './labels.js';
import { pathsToGoal } from './paths-to-goal.js';
import type { PlotScales } from './plot.js';
import { alternativeValue, markOf } from './point-mark.js';
import { lineOf } from './series-line.js';

/** The positioned texts in a chart of a goal. */
export interface GoalLabels {
  readonly goal: PlacedLabel;
  /** The newest value first, then the values of other points that have room. */
  readonly points: readonly PlacedLabel[];
}

interface Drawn {
  readonly scales: PlotScales;
  readonly progress: Progress;
  readonly points: readonly SeriesPoint[];
  readonly room: Room;
  /** The levels of former goals, each as a horizontal line. */
  readonly ghosts: readonly { readonly from: number; readonly until: number; readonly at: number }[];
}

/**
 * Places the name of the goal and the values of points so that they cover neither each other nor the drawing.
 * The goal and the newest value are always shown, where they cover least; other values only if there is room.
 */
export function goalLabels({ scales, progress, points, room, ghosts }: Drawn): GoalLabels {
  const { x, y, top, bottom } = scales;
  const { terms, deadline, on } = progress;
  const { unit } = terms;
  const size = room.isNarrow ? 12 : 13;
  const [left = 0, right = 0] = x.range();
  // Leaves room for the ticks of events on the axis.
  const frame: Box = { left, right: room.width, top: top - 4, bottom: bottom - 10 };
  const at = ({ last, value }: SeriesPoint) => ({ x: x(dayNumber(last)), y: y(value) });
  const now = x(dayNumber(on));
  const level = y(terms.threshold);
  const end = Math.min(deadline ? x(dayNumber(deadline.late)) : right, right);
  const goalLine = horizontal(left, end, level, 4);
  const drawn = [
    ...points.flatMap((point) => boxesOfPoint(point, unit, scales)),
    ...boxesOfLine(lineOf(points, unit).map(at), 3),
    ...boxesOfLine(
      [
        { x: now, y: top },
        { x: now, y: bottom },
      ],
      2,
    ),
    ...pathsToGoal(scales, progress).flatMap((path) => boxesOfLine(path, 2)),
    ...ghosts.flatMap(({ from, until, at: height }) => horizontal(from, until, height, 3)),
  ];

  const [above, below] = [level - 9, level + size + 6];
  const diamond = boxAround({ x: end, y: level }, { x: end, y: level }, 6);
  const goal = bestPlaceOf(
    goalTexts(progress, room),
    size,
    [
      { x: end - 8, y: above, anchor: 'end' },
      { x: Math.min(end, now) - 8, y: above, anchor: 'end' },
      { x: end - 8, y: below, anchor: 'end' },
      { x: Math.min(end, now) - 8, y: below, anchor: 'end' },
      { x: left + 6, y: above, anchor: 'start' },
      { x: left + 6, y: below, anchor: 'start' },
      ...alongside(left, end).flatMap((place): LabelBox[] => [
        { x: place, y: above, anchor: 'mid' },
        { x: place, y: below, anchor: 'mid' },
      ]),
      { x: end + 9, y: level + 4, anchor: 'start' },
    ],
    [...drawn, diamond],
    frame,
  );

  const placed: PlacedLabel[] = [];
  const covered = [...drawn, diamond, boxOf(goal.text, goal, size), ...goalLine];
  [...points].reverse().forEach((point, index) => {
    const isNewest = index === 0;
    const short = shortBoundsInWords(point, unit);
    const letters = isNewest ? size : size - 1;
    const near = placesAround(point, unit, scales, letters);
    const label = isNewest
      ? bestPlaceOf(
          [boundsInWords(point, unit), short, compactInWords(markOf(point, unit).value, unit)],
          letters,
          [...near, ...furtherFrom(near)],
          covered,
          frame,
        )
      : freePlaceOf([short], letters, near, covered, frame);
    if (!label) return;
    covered.push(boxOf(label.text, label, letters));
    placed.push(label);
  });
  return { goal, points: placed };
}

/** Variants of the goal's name, from the longest to the shortest. */
function goalTexts({ terms, deadline }: Progress, room: Room): [string, ...string[]] {
  const amount = goalAmountInWords(terms);
  const texts: [string, ...string[]] = [
    `Goal: ${amount}`,
    `Goal: ${goalQualifier(terms)}${compactInWords(terms.threshold, terms.unit)}`,
  ];
  return deadline && !room.isNarrow ? [`Goal: ${amount}, ${dateInWords(deadline.words)}`, ...texts] : texts;
}

/** The same places moved up and down, still close enough to belong to the point. */
const furtherFrom = (near: readonly LabelBox[]): LabelBox[] =>
  [-20, 20, -34, 34, -48, 48].flatMap((off) => near.map((place) => ({ ...place, y: place.y + off })));

const horizontal = (from: number, until: number, at: number, thickness: number): Box[] =>
  boxesOfLine(
    [
      { x: from, y: at },
      { x: until, y: at },
    ],
    thickness,
  );

/** Places along a line, for a text that does not fit at its ends. */
const alongside = (from: number, until: number): number[] =>
  [0.75, 0.25, 0.5, 0.62, 0.38, 0.87, 0.13].map((part) => from + part * (until - from));

/** The area of all marks of a point. */
function boxesOfPoint(point: SeriesPoint, unit: Unit, { x, y }: Pick<PlotScales, 'x' | 'y'>): Box[] {
  const mark = markOf(point, unit);
  const at = x(dayNumber(point.last));
  const rivals = (point.alternatives ?? []).map((each) => y(alternativeValue(each)));
  const ends =
    mark.kind === 'at-least'
      ? [y(mark.value), y(mark.value) - 14]
      : mark.kind === 'at-most'
        ? [y(mark.value), y(mark.value) + 14]
        : mark.kind === 'dot'
          ? [y(mark.lo), y(mark.hi)]
          : [];
  const heights = [...ends, ...rivals];
  return [boxAround({ x: at, y: Math.min(...heights) }, { x: at, y: Math.max(...heights) }, 6)];
}

/** Possible places for the value of a point: above, beside and below it. */
function placesAround(
  point: SeriesPoint,
  unit: Unit,
  scales: Pick<PlotScales, 'x' | 'y'>,
  size: number,
): [LabelBox, ...LabelBox[]] {
  const [{ left, right, top: high, bottom: low }] = boxesOfPoint(point, unit, scales) as [Box];
  const mid = (left + right) / 2;
  const level = scales.y(markOf(point, unit).value) + size / 3;
  const [over, under] = [high - 5, low + size + 1];
  return [
    { x: mid, y: over, anchor: 'mid' },
    { x: right, y: over, anchor: 'end' },
    { x: left, y: over, anchor: 'start' },
    { x: right + 4, y: level, anchor: 'start' },
    { x: mid, y: under, anchor: 'mid' },
    { x: right, y: under, anchor: 'end' },
    { x: left, y: under, anchor: 'start' },
    { x: left - 4, y: level, anchor: 'end' },
  ];
}
