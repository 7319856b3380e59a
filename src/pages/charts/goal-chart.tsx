import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import { MEASURES } from '../../domain/measures/measures.js';
import { dayNumber, daysOf, type Day } from '../../domain/ledger/edtf.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { TargetTerms, TargetVersion } from '../../domain/state/records.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import { dateInWords, deadlineInWords, dayInWords } from '../design/dates.js';
import {
  amountInWords,
  countedInWords,
  goalAmountInWords,
  perimeterOf,
  unitInWords,
} from '../design/words.js';
import type { DataTable } from '../page.js';
import { ChartFigure, type ChartFigureProps, type Room } from './chart-figure.js';
import { findingOf } from './finding.js';
import { goalLabels } from './goal-labels.js';
import { formerGoals, FormerGoals, GoalNow, saidOn, spanOfGoal } from './goal-marks.js';
import { Legend } from './goal-legend.js';
import { Plot, type PlotScales } from './plot.js';
import { topOf } from './point-mark.js';
import { SeriesMarks } from './series-marks.js';
import type { GoalChartProps } from './goal-chart-props.js';
import { eventsIn } from '../take-away/events-in.js';

const WIDE: Room = { width: 920, height: 400, isNarrow: false };
/** Size beside other content: the displayed width, so that the browser does not scale the text down. */
const BESIDE: Room = { width: 720, height: 264, isNarrow: false };
const NARROW: Room = { width: 360, height: 300, isNarrow: true };
/** Height of one row below the axis; each former goal has a row. */
const LANE = 15;

/**
 * A chart of a target's progress: figures with bounds, the goal with its deadline as a shaded window, faded
 * former goals, the pace required from now on, and events as ticks on the axis.
 */
export const GoalChart = (props: GoalChartProps): VNode => <ChartFigure {...goalFigure(props)} />;

/** The chart, for use on a page or as a picture. */
export function goalFigure(props: GoalChartProps): ChartFigureProps {
  const { id, name, progress, versions, points, isBeside = false } = props;
  const { terms } = progress;
  const lanes = formerGoals(versions).length;
  const { unit, nature } = MEASURES[terms.measure];
  const over = nature === 'level' ? 'as reported' : 'over the twelve months up to each point';
  return {
    id,
    finding: findingOf(name, progress),
    subtitle: `${countedInWords(terms)}, ${unitInWords(unit)}, ${over}`,
    alt: altOf(name, progress, versions, points),
    rooms: [isBeside ? BESIDE : WIDE, NARROW],
    below: lanes === 0 ? 0 : lanes * LANE + 14,
    draw: (room) => <Drawing {...props} room={room} />,
    legend: <Legend {...props} />,
    table: seriesTable(id, name, terms, points),
  };
}

/** The points of a chart as rows. */
export function seriesTable(
  id: string,
  name: string,
  terms: TargetTerms,
  points: readonly SeriesPoint[],
): DataTable {
  const { unit, deadline } = terms;
  return {
    name: id,
    caption: `${name}: ${countedInWords(terms)}${deadline === undefined ? '' : `, goal for ${dateInWords(deadline)}`}`,
    columns: ['From', 'To', `At least (${unitInWords(unit)})`, 'At most', 'Counted as'],
    events: () => eventsIn(points),
    rows: points.map(({ first, last, lo, hi, perimeter }) => [first, last, lo, hi, perimeterOf(perimeter)]),
  };
}

function Drawing({ room, progress, versions, points, events }: GoalChartProps & { room: Room }): VNode {
  const { unit, threshold } = progress.terms;
  const former = formerGoals(versions);
  const days = spanOf(progress, versions, points);
  const highest = Math.max(
    threshold,
    ...versions.map(({ terms }) => terms.threshold),
    ...points.map((point) => topOf(point, unit)),
  );
  const margin = room.isNarrow
    ? { top: 26, right: 14, bottom: 34, left: 44 }
    : { top: 26, right: 24, bottom: 38, left: 56 };
  const x = scaleLinear()
    .domain([dayNumber(days.first), dayNumber(days.last)])
    .range([margin.left, room.width - margin.right]);
  const y = scaleLinear()
    .domain([0, unit === 'percent' ? Math.min(100, highest * 1.12) : highest * 1.12])
    .nice(5)
    .range([room.height - margin.bottom, margin.top]);
  const scales: PlotScales = { x, y, top: margin.top, bottom: room.height - margin.bottom };
  const ghosts = former
    .filter(({ terms }) => terms.threshold !== threshold)
    .map((version) => ({ ...spanOfGoal(version, scales, progress.on), at: y(version.terms.threshold) }));
  const labels = goalLabels({ scales, progress, points, room, ghosts });
  return (
    <Plot room={room} scales={scales} days={days} unit={unit} now={progress.on} events={events}>
      <GoalNow
        scales={scales}
        progress={progress}
        said={versions[0] && saidOn(versions[0])}
        label={labels.goal}
      />
      <FormerGoals
        current={threshold}
        scales={scales}
        versions={former}
        on={progress.on}
        top={room.height + 8}
        lane={LANE}
        room={room}
      />
      <SeriesMarks scales={scales} points={points} unit={unit} labels={labels.points} />
    </Plot>
  );
}

function spanOf(
  { on, deadline }: Progress,
  versions: readonly TargetVersion[],
  points: readonly SeriesPoint[],
): { first: Day; last: Day } {
  const said = versions.map(saidOn);
  const ends = versions.flatMap(({ terms }) =>
    terms.deadline === undefined ? [] : [daysOf(terms.deadline).last],
  );
  const all = [
    on,
    ...said,
    ...ends,
    ...points.map(({ last }) => last),
    ...(deadline ? [deadline.late] : []),
  ].sort();
  const first = all[0] ?? on;
  const last = all.at(-1) ?? on;
  return { first: `${first.slice(0, 4)}-01-01`, last: `${last.slice(0, 4)}-12-31` };
}

function altOf(
  name: string,
  progress: Progress,
  versions: readonly TargetVersion[],
  points: readonly SeriesPoint[],
): string {
  const { terms, deadline } = progress;
  const [first, last] = [points[0], points.at(-1)];
  const from =
    first && `It begins at ${amountInWords(first.value, terms.unit)} on ${dayInWords(first.last)}.`;
  const to =
    last &&
    last !== first &&
    `The newest point is ${amountInWords(last.value, terms.unit)} on ${dayInWords(last.last)}.`;
  const goal = `The goal is ${goalAmountInWords(terms)}${deadline ? `, ${deadlineInWords(deadline.words)}` : ', without a date'}.`;
  const former = versions.length > 1 ? `It was stated ${versions.length} times.` : '';
  return [
    `Chart of the ${countedInWords(terms)} of ${name}, ${points.length === 1 ? '1 point' : `${points.length} points`}.`,
    from,
    to,
    goal,
    former,
  ]
    .filter(Boolean)
    .join(' ');
}
