import { line } from 'd3-shape';
import type { VNode } from 'preact';
import type { Alternative } from '../../domain/measures/alternatives.js';
import type { Unit } from '../../domain/measures/measures.js';
import { dayNumber } from '../../domain/ledger/edtf.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import { daysOfValue, periodOfValue } from '../design/time-words.js';
import { boundsInWords, perimeterOf, withCapital } from '../design/words.js';
import type { PlacedLabel } from './labels.js';
import { round, type PlotScales } from './plot.js';
import { alternativeValue, markOf } from './point-mark.js';
import { lineOf } from './series-line.js';

interface SeriesMarksProps {
  readonly scales: PlotScales;
  readonly points: readonly SeriesPoint[];
  readonly unit: Unit;
  /** The values of points that have room, the newest first. */
  readonly labels: readonly PlacedLabel[];
}

/**
 * Figures as marks: a line through comparable points, bounds as bars, open ends as arrows, hollow points for
 * other perimeters, and conflicting reports above each other.
 */
export function SeriesMarks({ scales, points, unit, labels }: SeriesMarksProps): VNode {
  const { x, y } = scales;
  const inLine = new Set(lineOf(points, unit));
  const path = line<SeriesPoint>(
    ({ last }) => round(x(dayNumber(last))),
    ({ value }) => round(y(value)),
  )([...inLine]);
  return (
    <g>
      <path class="series-line" d={path ?? ''} />
      {points.map((point) => (
        <PointMarks
          key={`${point.first} ${point.last}`}
          point={point}
          unit={unit}
          scales={scales}
          isInLine={inLine.has(point)}
        />
      ))}
      {labels.map((label, index) => (
        <text
          key={label.text}
          class={`${index === 0 ? 'series-text' : 'point-text'} ${label.anchor}`}
          x={round(label.x)}
          y={round(label.y)}
        >
          {label.text}
        </text>
      ))}
    </g>
  );
}

interface PointMarksProps {
  readonly point: SeriesPoint;
  readonly unit: Unit;
  readonly scales: Pick<PlotScales, 'x' | 'y'>;
  readonly isInLine: boolean;
  /** Prefix for the spoken text of a point, if a chart shows several series. */
  readonly whose?: string;
}

/** One point, with the alternatives that other reports give. */
export function PointMarks({ point, unit, scales: { x, y }, isInLine, whose = '' }: PointMarksProps): VNode {
  const mark = markOf(point, unit);
  const alternatives = point.alternatives ?? [];
  const at = round(x(dayNumber(point.last)));
  const place = round(y(mark.value));
  const heights = [mark.value, ...alternatives.map(alternativeValue)].map(y);
  return (
    <>
      {alternatives.length > 0 && (
        <line
          class="rival-link"
          x1={at}
          x2={at}
          y1={round(Math.min(...heights))}
          y2={round(Math.max(...heights))}
        />
      )}
      <g data-point data-say={`${whose}${pointInWords(point, unit)}`}>
        {mark.kind === 'dot' && mark.hi > mark.lo && (
          <line class="series-band" x1={at} x2={at} y1={round(y(mark.lo))} y2={round(y(mark.hi))} />
        )}
        {mark.kind === 'at-least' && <path class="series-open" d={arrow(at, place, -1)} />}
        {mark.kind === 'at-most' && <path class="series-open" d={arrow(at, place, 1)} />}
        <circle
          class={mark.kind === 'disputed' ? 'hidden-dot' : isInLine ? 'series-dot' : 'series-dot other'}
          cx={at}
          cy={place}
          r={mark.kind === 'dot' ? 4 : 3}
        />
      </g>
      {alternatives.map((alternative) => (
        <g
          key={alternative.events.join(' ')}
          data-point
          data-say={`${whose}${alternativeInWords(point, alternative, unit)}`}
        >
          <circle class="rival" cx={at} cy={round(y(alternativeValue(alternative)))} r={4} />
        </g>
      ))}
    </>
  );
}

/** An arrow from the edge of a dot toward its open end, up or down. */
const arrow = (x: number, y: number, way: 1 | -1): string =>
  `M${x} ${round(y + 3 * way)}v${10 * way}m-3.5 ${-4 * way}l3.5 ${4 * way} 3.5 ${-4 * way}`;

const whenOf = (point: SeriesPoint): string =>
  point.first === point.last ? withCapital(periodOfValue(point)) : daysOfValue(point);

/** A point as the cursor reads it out. */
export function pointInWords(point: SeriesPoint, unit: Unit): string {
  const disagree = markOf(point, unit).kind === 'disputed' ? ', sources disagree' : '';
  return `${whenOf(point)}: ${boundsInWords(point, unit)}${disagree} (${perimeterOf(point.perimeter)})`;
}

/** The alternative value of another report, in words. */
export function alternativeInWords(point: SeriesPoint, { lo, hi }: Alternative, unit: Unit): string {
  const said = boundsInWords(
    { value: lo ?? hi ?? 0, ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) },
    unit,
  );
  const why =
    markOf(point, unit).kind === 'disputed'
      ? 'by one of the sources that disagree'
      : 'by another report, which the figures that are used contradict';
  return `${whenOf(point)}: ${said}, ${why}`;
}
