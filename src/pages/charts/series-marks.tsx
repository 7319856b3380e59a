import { line } from 'd3-shape';
import type { VNode } from 'preact';
import { perimeterInWords, perimeterKey, type Unit } from '../../domain/measures.js';
import { dayNumber } from '../../domain/occurred-on.js';
import type { SeriesPoint } from '../../domain/series.js';
import { dayInWords } from '../design/dates.js';
import { amountInWords } from '../design/words.js';
import type { Room } from './chart-figure.js';
import { round, type PlotScales } from './plot.js';

interface SeriesMarksProps {
  readonly scales: PlotScales;
  readonly points: readonly SeriesPoint[];
  readonly unit: Unit;
  readonly room: Room;
}

/** What figures say: a line through the points of one perimeter, bounds as bars, points of another perimeter hollow. */
export function SeriesMarks({ scales: { x, y }, points, unit, room }: SeriesMarksProps): VNode {
  const newest = points.at(-1);
  const inLine = points.filter(
    ({ perimeter }) => newest && perimeterKey(perimeter) === perimeterKey(newest.perimeter),
  );
  const isLate = newest && x(dayNumber(newest.last)) > room.width * 0.8;
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
      {newest && (
        <text
          class={isLate ? 'series-text end' : 'series-text mid'}
          x={round(x(dayNumber(newest.last)) + (isLate ? 6 : 0))}
          y={round(y(newest.hi ?? newest.value)) - 11}
        >
          {amountInWords(newest.value, unit)}
        </text>
      )}
    </g>
  );
}

/** A point as the cursor speaks it. */
export function pointInWords({ first, last, value, lo, hi, perimeter }: SeriesPoint, unit: Unit): string {
  const when = first === last ? `On ${dayInWords(last)}` : `${dayInWords(first)} to ${dayInWords(last)}`;
  const amount =
    hi === undefined
      ? `at least ${amountInWords(value, unit)}`
      : lo !== undefined && lo < hi
        ? `${amountInWords(lo, unit)} to ${amountInWords(hi, unit)}`
        : amountInWords(value, unit);
  return `${when}: ${amount} (${perimeterInWords(perimeter)})`;
}
