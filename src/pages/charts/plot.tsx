import type { ScaleLinear } from 'd3-scale';
import type { ComponentChildren, VNode } from 'preact';
import type { Unit } from '../../domain/measures/measures.js';
import { dayNumber, type Day } from '../../domain/ledger/edtf.js';
import { dateInWords } from '../design/dates.js';
import { compactInWords, withCapital } from '../design/words.js';
import type { Room } from './chart-figure.js';
import type { ChartEvent } from './goal-chart-props.js';
import { yearTicks } from './time-ticks.js';

export interface PlotScales {
  /** Maps day numbers, as from `dayNumber`. */
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

/** Axes, grid, the line of the current day, and ticks for events. */
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
              {compactInWords(tick, unit)}
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
}

/** Ticks closer together than this become one mark. */
const APART = 4;
/** Maximum number of events that a mark names; the others are only counted. */
const TOLD = 3;

/**
 * Events as ticks on the time axis. Ticks that are too close to distinguish share one mark, which lists all
 * their events.
 */
function EventTicks({ at, bottom, events }: EventTicksProps): VNode {
  return (
    <g aria-hidden="true">
      {marksOf(events, at).map(({ place, told }) => (
        <g key={place} data-event data-say={eventsInWords(told)}>
          <path class={told.length > 1 ? 'event-tick many' : 'event-tick'} d={`M${place} ${bottom}v-8`} />
        </g>
      ))}
    </g>
  );
}

interface EventMark {
  readonly place: number;
  readonly told: readonly ChartEvent[];
}

/** Ordered from left to right. */
function marksOf(events: readonly ChartEvent[], at: (day: Day) => number): EventMark[] {
  const marks: { place: number; told: ChartEvent[] }[] = [];
  for (const event of [...events].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    const place = at(event.day);
    const last = marks.at(-1);
    if (last && place - last.place < APART) last.told.push(event);
    else marks.push({ place, told: [event] });
  }
  return marks;
}

function eventsInWords(events: readonly ChartEvent[]): string {
  const told = events
    .slice(0, TOLD)
    .map(({ occurredOn, sentence }) => `${withCapital(dateInWords(occurredOn))}: ${sentence}.`);
  const more = events.length - TOLD;
  return more > 0 ? `${told.join(' ')} And ${more} more.` : told.join(' ');
}

/** A tenth of a unit is less than a pixel, so coordinates need no more precision. */
export const round = (value: number): number => Math.round(value * 10) / 10;
