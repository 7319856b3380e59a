import { dayNumber } from '../../domain/ledger/edtf.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import { dateInWords } from '../design/dates.js';
import { amountInWords, boundsInWords } from '../design/words.js';
import type { Room } from './chart-figure.js';
import { boxAround, boxesOfLine, boxOf, placeOf, type Box, type LabelBox } from './labels.js';
import type { PlotScales } from './plot.js';
import { lineOf } from './series-line.js';

export interface PlacedLabel extends LabelBox {
  readonly text: string;
}

/** The two texts in a chart of a goal. */
export interface GoalLabels {
  readonly goal: PlacedLabel;
  /** At the newest point. */
  readonly newest?: PlacedLabel;
}

/** Puts the name of the goal and the newest value where they cover neither each other nor what is drawn, as far as there is room. */
export function goalLabels(
  { x, y, top, bottom }: PlotScales,
  { terms, deadline }: Progress,
  points: readonly SeriesPoint[],
  room: Room,
): GoalLabels {
  const size = room.isNarrow ? 12 : 13;
  const [left = 0, right = 0] = x.range();
  const frame: Box = { left, right: room.width, top: top - 4, bottom };
  const at = ({ last, value }: SeriesPoint) => ({ x: x(dayNumber(last)), y: y(value) });
  const drawn = [
    ...points.map(({ last, value, lo = value, hi = value }) =>
      boxAround({ x: x(dayNumber(last)), y: y(lo) }, { x: x(dayNumber(last)), y: y(hi) }, 6),
    ),
    ...boxesOfLine(lineOf(points).map(at), 3),
  ];

  const level = y(terms.threshold);
  const end = Math.min(deadline ? x(dayNumber(deadline.late)) : right, right);
  const text = `Goal: ${amountInWords(terms.threshold, terms.unit)}${deadline && !room.isNarrow ? `, ${dateInWords(deadline.words)}` : ''}`;
  const [above, below] = [level - 9, level + size + 6];
  const goalPlace = placeOf(
    text,
    size,
    [
      { x: end - 8, y: above, anchor: 'end' },
      { x: left + 6, y: above, anchor: 'start' },
      { x: end - 8, y: below, anchor: 'end' },
      { x: left + 6, y: below, anchor: 'start' },
      { x: end + 9, y: level + 4, anchor: 'start' },
    ],
    drawn,
    frame,
  );
  const goal = { text, ...goalPlace };

  const newest = points.at(-1);
  if (!newest) return { goal };
  const point = at(newest);
  const high = y(newest.hi ?? newest.value);
  const value = boundsInWords(newest, terms.unit);
  const newestPlace = placeOf(
    value,
    size,
    [
      { x: point.x, y: high - 11, anchor: 'mid' },
      { x: point.x + 6, y: high - 11, anchor: 'end' },
      { x: point.x + 10, y: point.y + 4, anchor: 'start' },
      { x: point.x, y: point.y + size + 8, anchor: 'mid' },
      { x: point.x + 6, y: point.y + size + 8, anchor: 'end' },
      { x: point.x - 10, y: point.y + 4, anchor: 'end' },
      { x: point.x, y: high - 26, anchor: 'mid' },
      { x: point.x + 6, y: high - 26, anchor: 'end' },
    ],
    [
      ...drawn,
      boxOf(text, goalPlace, size),
      ...boxesOfLine(
        [
          { x: left, y: level },
          { x: end, y: level },
        ],
        4,
      ),
    ],
    frame,
  );
  return { goal, newest: { text: value, ...newestPlace } };
}
