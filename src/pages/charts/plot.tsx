import type { ScaleLinear } from 'd3-scale';
import type { ComponentChildren, VNode } from 'preact';
import type { Unit } from '../../domain/measures/measures.js';
import { dayNumber, type Day } from '../../domain/ledger/edtf.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { numberInWords } from '../design/words.js';
import type { Room } from './chart-figure.js';
import type { ChartEvent } from './goal-chart-props.js';
import { yearTicks } from './time-ticks.js';

export interface PlotScales {
  /** Days, counted as `dayNumber` does. */
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly top: number;
  readonly bottom: number;
}

interface PlotProps {
  readonly room: Room;
  readonly scales: PlotScales;
  readonly days: { readonly first: Day; readonly last: Day };
  readonly unit: Unit;
  readonly now: Day;
  readonly events: readonly ChartEvent[];
  readonly children: ComponentChildren;
}

/** Axes, grid, the line of the day of the question, and ticks for what happened. */
export function Plot({ room, scales, days, unit, now, events, children }: PlotProps): VNode {
  const { x, y, top, bottom } = scales;
  const [left = 0, right = 0] = x.range();
  const nowAt = x(dayNumber(now));
  return (
    <>
      <g class="grid">
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line x1={left} x2={right} y1={round(y(tick))} y2={round(y(tick))} />
            <text class="end" x={left - 8} y={round(y(tick)) + 4}>
              {labelOf(tick, unit)}
            </text>
          </g>
        ))}
      </g>
      <g class="axis">
        {yearTicks(days.first, days.last, room.isNarrow ? 5 : 9).map(({ day, label }) => {
          const at = round(x(dayNumber(day)));
          return (
            <g key={day}>
              <line x1={at} x2={at} y1={bottom} y2={bottom + 5} />
              <text class="mid" x={at} y={bottom + 20}>
                {label}
              </text>
            </g>
          );
        })}
      </g>
      <EventTicks
        at={(day) => round(x(dayNumber(day)))}
        bottom={bottom}
        events={events.filter(({ day }) => day >= days.first && day <= days.last)}
        isTold={!room.isNarrow}
      />
      <line class="now-line" x1={round(nowAt)} x2={round(nowAt)} y1={top} y2={bottom} />
      <text class="mid" x={round(Math.min(nowAt, right - 40))} y={top - 10}>
        today, {dateInWords(now.slice(0, 7))}
      </text>
      {children}
    </>
  );
}

interface EventTicksProps {
  readonly at: (day: Day) => number;
  readonly bottom: number;
  readonly events: readonly ChartEvent[];
  /** Whether each tells its sentence to a pointer: a small chart has no room to hit one, and is spared the weight. */
  readonly isTold: boolean;
}

/** What happened, as ticks on the time axis. */
function EventTicks({ at, bottom, events, isTold }: EventTicksProps): VNode {
  if (!isTold) {
    const places = [...new Set(events.map(({ day }) => at(day)))];
    return (
      <path
        class="event-tick"
        aria-hidden="true"
        d={places.map((place) => `M${place} ${bottom}v-7`).join('')}
      />
    );
  }
  return (
    <g aria-hidden="true">
      {events.map(({ day, sentence }, index) => (
        <g key={index} data-event data-say={`${dayInWords(day)}: ${sentence}`}>
          <path class="event-tick" d={`M${at(day)} ${bottom}v-8`} />
        </g>
      ))}
    </g>
  );
}

/** Coordinates need no more: a tenth of a unit is less than a pixel. */
export const round = (value: number): number => Math.round(value * 10) / 10;

function labelOf(value: number, unit: Unit): string {
  if (unit === 'percent') return `${numberInWords(value)}%`;
  if (value >= 1_000_000) return `${numberInWords(value / 1_000_000)}m`;
  return value >= 10_000 ? `${numberInWords(value / 1000)}k` : numberInWords(value);
}
