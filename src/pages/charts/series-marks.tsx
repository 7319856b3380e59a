import { line } from 'd3-shape';
import type { VNode } from 'preact';
import { type Unit } from '../../domain/measures/measures.js';
import { dayNumber } from '../../domain/ledger/edtf.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import { dayInWords } from '../design/dates.js';
import { boundsInWords, perimeterOf } from '../design/words.js';
import type { PlacedLabel } from './goal-labels.js';
import { round, type PlotScales } from './plot.js';
import { lineOf } from './series-line.js';

interface SeriesMarksProps {
  readonly scales: PlotScales;
  readonly points: readonly SeriesPoint[];
  readonly unit: Unit;
  /** The value of the newest point, where there is room for it. */
  readonly label: PlacedLabel | undefined;
}

/** What figures say: a line through the points of one perimeter, bounds as bars, points of another perimeter hollow. */
export function SeriesMarks({ scales: { x, y }, points, unit, label }: SeriesMarksProps): VNode {
  const inLine = lineOf(points);
  const path = line<SeriesPoint>(
    ({ last }) => round(x(dayNumber(last))),
    ({ value }) => round(y(value)),
  )(inLine);
  return (
    <g>
      <path class="series-line" d={path ?? ''} />
      {points.map((point) => {
        const { last, value, lo, hi } = point;
        const at = round(x(dayNumber(last)));
        return (
          <g key={last} data-point data-say={pointInWords(point, unit)}>
            {lo !== undefined && hi !== undefined && hi > lo && (
              <line class="series-band" x1={at} x2={at} y1={round(y(lo))} y2={round(y(hi))} />
            )}
            <circle
              class={inLine.includes(point) ? 'series-dot' : 'series-dot other'}
              cx={at}
              cy={round(y(value))}
              r={4}
            />
          </g>
        );
      })}
      {label && (
        <text class={`series-text ${label.anchor}`} x={round(label.x)} y={round(label.y)}>
          {label.text}
        </text>
      )}
    </g>
  );
}

/** A point as the cursor speaks it. */
export function pointInWords(point: SeriesPoint, unit: Unit): string {
  const { first, last, perimeter } = point;
  const when = first === last ? `On ${dayInWords(last)}` : `${dayInWords(first)} to ${dayInWords(last)}`;
  return `${when}: ${boundsInWords(point, unit)} (${perimeterOf(perimeter)})`;
}
