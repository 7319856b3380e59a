import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import { dayAt, dayNumber, dayOf, type Day } from '../../domain/ledger/edtf.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import type { DataTable } from '../page.js';
import { ChartFigure, type Room } from './chart-figure.js';
import { round } from './plot.js';
import { monthTicks } from './time-ticks.js';

const WIDE: Room = { width: 920, height: 190, isNarrow: false };
const NARROW: Room = { width: 360, height: 190, isNarrow: true };
const HAPPENED = 34;
const LEARNED = 138;

/** Two lanes, what happened and when we learned it, with a line for each event between them: slanted lines are late knowledge. */
export function TwoLanes({ events, on }: { events: readonly TimelineEntry[]; on: Day }): VNode {
  const lags = events
    .map(({ day, recordedAt }) => dayNumber(dayOf(recordedAt)) - dayNumber(day))
    .sort((a, b) => a - b);
  const median = lags[Math.floor((lags.length - 1) / 2)] ?? 0;
  const finding =
    median <= 0
      ? 'Half of these events were known on the day that they happened'
      : `Half of these events were learned ${median.toLocaleString('en')} days or more after they happened`;
  return (
    <ChartFigure
      id="lanes"
      finding={finding}
      subtitle="Each event of this page: when it happened, and when the ledger learned it"
      alt={`${finding}. Two time lines, one above the other, with a line for each of ${events.length} events.`}
      rooms={[WIDE, NARROW]}
      draw={(room) => <Lanes room={room} events={events} on={on} />}
      table={lanesTable(events)}
    />
  );
}

function lanesTable(events: readonly TimelineEntry[]): DataTable {
  return {
    name: 'events',
    caption: 'When each happened and was learned',
    columns: ['Happened', 'Learned', 'What'],
    rows: events.map(({ occurredOn, recordedAt, sentence }) => [occurredOn, recordedAt, sentence]),
  };
}

function Lanes({ room, events, on }: { room: Room; events: readonly TimelineEntry[]; on: Day }): VNode {
  const days = events.flatMap(({ day, recordedAt }) => [dayNumber(day), dayNumber(dayOf(recordedAt))]);
  const [first, last] = [Math.min(...days), Math.max(...days, dayNumber(on))];
  const x = scaleLinear()
    .domain([first, last === first ? first + 1 : last])
    .range([8, room.width - 8]);
  const oldestFirst = [...events].sort((a, b) => (a.day < b.day ? -1 : 1));
  return (
    <>
      <g class="axis">
        <line x1="0" x2={room.width} y1={HAPPENED} y2={HAPPENED} />
        <line x1="0" x2={room.width} y1={LEARNED} y2={LEARNED} />
      </g>
      <g class="axis">
        {monthTicks(dayAt(first), dayAt(last), room.isNarrow ? 4 : 9).map(({ day, label }) => {
          const at = round(x(dayNumber(day)));
          return (
            <g key={day}>
              <line x1={at} x2={at} y1={HAPPENED} y2={LEARNED} />
              <text
                class={at < 30 ? undefined : at > room.width - 30 ? 'end' : 'mid'}
                x={at}
                y={LEARNED + 20}
              >
                {dateInWords(label)}
              </text>
            </g>
          );
        })}
      </g>
      <text class="strong" x="0" y={HAPPENED - 14}>
        Happened
      </text>
      <text class="strong" x="0" y={LEARNED + 42}>
        Learned
      </text>
      {oldestFirst.map(({ id, day, recordedAt, sentence }) => {
        const from = round(x(dayNumber(day)));
        const to = round(x(dayNumber(dayOf(recordedAt))));
        return (
          <g
            key={id}
            data-point
            data-say={`${dayInWords(day)}: ${sentence}. Learned ${dayInWords(recordedAt)}.`}
          >
            <path
              class="lag"
              d={`M${from} ${HAPPENED}C${from} ${HAPPENED + 45} ${to} ${LEARNED - 45} ${to} ${LEARNED}`}
            />
            <circle class="series-dot" cx={from} cy={HAPPENED} r={4.5} />
            <rect class="learned-dot" x={to - 3.5} y={LEARNED - 3.5} width="7" height="7" />
          </g>
        );
      })}
    </>
  );
}
