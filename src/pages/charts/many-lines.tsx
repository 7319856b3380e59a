import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { VNode } from 'preact';
import { MEASURES, type Measure, type Unit } from '../../domain/measures/measures.js';
import { dayNumber, type Day } from '../../domain/ledger/edtf.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import { dayInWords, deadlineInWords } from '../design/dates.js';
import {
  MEASURE_WORDS,
  boundsInWords,
  goalAmountInWords,
  perimeterOf,
  unitInWords,
  withCapital,
} from '../design/words.js';
import type { DataTable } from '../page.js';
import { ChartFigure, type Room } from './chart-figure.js';
import { Plot, round, type PlotScales } from './plot.js';
import { lineOf } from './series-line.js';
import { PointMarks } from './series-marks.js';
import { topOf } from './point-mark.js';
import { spread } from './spread.js';
import { eventsIn } from '../take-away/events-in.js';

const WIDE: Room = { width: 920, height: 420, isNarrow: false };
const NARROW: Room = { width: 360, height: 340, isNarrow: true };
const LINE_OF_TEXT = 15;

/** One automaker in the chart. */
export interface ManyLinesSeries {
  readonly id: string;
  readonly name: string;
  /** Oldest first. */
  readonly points: readonly SeriesPoint[];
  /** Its newest goal for the measure. */
  readonly goal?: Progress;
}

interface ManyLinesProps {
  readonly measure: Measure;
  readonly series: readonly ManyLinesSeries[];
  readonly on: Day;
}

/**
 * One measure of several automakers on one scale. Each has a line with its name at the end, and its goal is a
 * hollow mark at the deadline.
 */
export function ManyLines({ measure, series, on }: ManyLinesProps): VNode {
  const { unit, nature } = MEASURES[measure];
  const over = nature === 'level' ? 'as reported' : 'over the twelve months up to each point';
  const drawn = series.filter(({ points }) => points.length > 0);
  return (
    <ChartFigure
      id="lines"
      finding={findingOf(measure, drawn)}
      subtitle={`${withCapital(MEASURE_WORDS[measure])}, ${unitInWords(unit)}, ${over}. Hollow: the newest goal, at its deadline.`}
      alt={altOf(measure, drawn)}
      rooms={[WIDE, NARROW]}
      draw={(room) => <Drawing measure={measure} series={drawn} on={on} room={room} />}
      table={linesTable(measure, series)}
    />
  );
}

/** All points of the chart as rows. */
export const linesTable = (measure: Measure, series: readonly ManyLinesSeries[]): DataTable => ({
  name: 'lines',
  caption: `${withCapital(MEASURE_WORDS[measure])}, by automaker`,
  events: () => eventsIn(series),
  columns: ['Automaker', 'From', 'To', 'At least', 'At most', 'Counted as'],
  rows: series.flatMap(({ name, points }) =>
    points.map(({ first, last, lo, hi, perimeter }) => [name, first, last, lo, hi, perimeterOf(perimeter)]),
  ),
});

function findingOf(measure: Measure, series: readonly ManyLinesSeries[]): string {
  const newest = series.flatMap(({ name, points }) => {
    const point = points.at(-1);
    return point ? [{ name, point }] : [];
  });
  const [most, second] = newest.sort((a, b) => b.point.value - a.point.value);
  if (!most) return 'No figure is logged of any of them';
  const amount = `${boundsInWords(most.point, MEASURES[measure].unit)} by ${dayInWords(most.point.last)}`;
  if (!second) return `${most.name}: ${amount}`;
  const isSure = (most.point.lo ?? most.point.value) > (second.point.hi ?? Infinity);
  return isSure
    ? `By the newest figure of each, ${most.name} is ahead: ${amount}`
    : `By the newest figure of each, ${most.name} or ${second.name} is ahead: the figures leave it open`;
}

function altOf(measure: Measure, series: readonly ManyLinesSeries[]): string {
  const { unit } = MEASURES[measure];
  const lines = series.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (first && first === last)
      return `${name}: ${boundsInWords(first, unit)} on ${dayInWords(first.last)}.`;
    return first && last
      ? `${name} from ${boundsInWords(first, unit)} on ${dayInWords(first.last)} to ${boundsInWords(last, unit)} on ${dayInWords(last.last)}.`
      : '';
  });
  return `Chart of the ${MEASURE_WORDS[measure]} of ${series.length === 1 ? 'one automaker' : `${series.length} automakers`}. ${lines.join(' ')}`;
}

function Drawing({ measure, series, on, room }: ManyLinesProps & { room: Room }): VNode {
  const { unit } = MEASURES[measure];
  const margin = room.isNarrow
    ? { top: 26, right: 112, bottom: 34, left: 40 }
    : { top: 26, right: 150, bottom: 38, left: 56 };
  const days = spanOf(series, on);
  const highest = Math.max(
    1,
    ...series.flatMap(({ points, goal }) => [
      ...points.map((point) => topOf(point, unit)),
      ...(goal ? [goal.terms.threshold] : []),
    ]),
  );
  const x = scaleLinear()
    .domain([dayNumber(days.first), dayNumber(days.last)])
    .range([margin.left, room.width - margin.right]);
  const y = scaleLinear()
    .domain([0, highest * 1.08])
    .nice(5)
    .range([room.height - margin.bottom, margin.top]);
  const scales: PlotScales = { x, y, top: margin.top, bottom: room.height - margin.bottom };
  const labels = spread(
    series.map(({ points }) => y(points.at(-1)?.value ?? 0)),
    LINE_OF_TEXT,
    margin.top,
    room.height - margin.bottom,
  );
  return (
    <Plot room={room} scales={scales} days={days} unit={unit} now={on} events={[]}>
      {series.map((each, index) => (
        <OneLine
          key={each.id}
          series={each}
          index={index}
          unit={unit}
          scales={scales}
          label={{ x: room.width - margin.right + 12, y: labels[index] ?? 0 }}
        />
      ))}
    </Plot>
  );
}

interface OneLineProps {
  readonly series: ManyLinesSeries;
  readonly index: number;
  readonly unit: Unit;
  readonly scales: PlotScales;
  readonly label: { readonly x: number; readonly y: number };
}

function OneLine({
  series: { name, points, goal },
  index,
  unit,
  scales: { x, y },
  label,
}: OneLineProps): VNode {
  const inLine = new Set(lineOf(points, unit));
  const at = ({ last, value }: SeriesPoint) => [round(x(dayNumber(last))), round(y(value))] as const;
  const path = line<SeriesPoint>(
    (point) => at(point)[0],
    (point) => at(point)[1],
  )([...inLine]);
  const newest = points.at(-1);
  return (
    <g class={`line-of line-${index}`}>
      <path class="series-line" d={path ?? ''} />
      {points.map((point) => (
        <PointMarks
          key={`${point.first} ${point.last}`}
          point={point}
          unit={unit}
          scales={{ x, y }}
          isInLine={inLine.has(point)}
          whose={`${name}. `}
        />
      ))}
      {newest && (
        <path
          class="leader"
          d={`M${at(newest)[0] + 5} ${at(newest)[1]}L${label.x - 4} ${round(label.y) - 4}`}
        />
      )}
      <text class="series-text" x={label.x} y={round(label.y)}>
        {name}
      </text>
      {goal && <Goal name={name} goal={goal} x={x} y={y} />}
    </g>
  );
}

function Goal({
  name,
  goal: { terms, deadline },
  x,
  y,
}: { name: string; goal: Progress } & Pick<PlotScales, 'x' | 'y'>): VNode | null {
  if (!deadline) return null;
  const [left, top] = [round(x(dayNumber(deadline.late))), round(y(terms.threshold))];
  return (
    <g
      data-point
      data-say={`${name}: the goal is ${goalAmountInWords(terms)}, ${deadlineInWords(deadline.words)}.`}
    >
      <path class="goal-mark" d={`M${left} ${top - 6}l6 6-6 6-6-6Z`} />
      <circle class="hidden-dot" cx={left} cy={top} r="2" />
    </g>
  );
}

function spanOf(series: readonly ManyLinesSeries[], on: Day): { first: Day; last: Day } {
  const days = [
    on,
    ...series.flatMap(({ points, goal }) => [
      ...points.map(({ last }) => last),
      ...(goal?.deadline ? [goal.deadline.late] : []),
    ]),
  ].sort();
  return { first: `${(days[0] ?? on).slice(0, 4)}-01-01`, last: `${(days.at(-1) ?? on).slice(0, 4)}-12-31` };
}
