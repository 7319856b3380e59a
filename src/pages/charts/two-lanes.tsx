import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import { dayAt, dayNumber, dayOf, type Day } from '../../domain/ledger/edtf.js';
import { firstPublished } from '../../domain/ledger/publication.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { withCapital } from '../design/words.js';
import type { DataTable } from '../page.js';
import { ChartFigure, type ChartFigureProps, type Room } from './chart-figure.js';
import { round } from './plot.js';
import { monthTicks } from './time-ticks.js';

const WIDE: Room = { width: 920, height: 190, isNarrow: false };
const NARROW: Room = { width: 360, height: 190, isNarrow: true };
const HAPPENED = 34;
const LEARNED = 138;

/**
 * The second lane: when events became known, by their recording. If all were recorded on one day, which says
 * nothing, by publication.
 */
interface SecondLane {
  readonly word: 'Learned' | 'Published';
  readonly says: string;
  /** The days of the events that have one. */
  readonly days: ReadonlyMap<string, Day>;
}

function secondLaneOf(events: readonly TimelineEntry[], on: Day): SecondLane {
  const recorded = events.map(({ id, recordedAt }) => [id, dayOf(recordedAt)] as const);
  if (events.length < 2 || new Set(recorded.map(([, day]) => day)).size > 1)
    return { word: 'Learned', says: 'when the ledger learned it', days: new Map(recorded) };
  const published = events.flatMap(({ id, evidence }) => {
    const day = firstPublished(evidence);
    // "Some time in this year" counts as its last day, which may be in the future and cannot be drawn.
    return day === undefined || day > on ? [] : [[id, day] as const];
  });
  return {
    word: 'Published',
    says: 'when it was first published; all of them were recorded on one day, which says nothing',
    days: new Map(published),
  };
}

/**
 * Two lanes, for when events happened and when they became known, with a line between them for each event.
 * Slanted lines show late knowledge.
 */
export const TwoLanes = (props: TwoLanesProps): VNode => <ChartFigure {...lanesFigure(props)} />;

interface TwoLanesProps {
  readonly events: readonly TimelineEntry[];
  readonly on: Day;
}

/** The chart, for use on a page or as a picture. */
export function lanesFigure({ events: all, on }: TwoLanesProps): ChartFigureProps {
  const lane = secondLaneOf(all, on);
  const events = all.filter(({ id }) => lane.days.has(id));
  const lags = events
    .map(({ id, day }) => dayNumber(lane.days.get(id) ?? day) - dayNumber(day))
    .sort((a, b) => a - b);
  const median = lags[Math.floor((lags.length - 1) / 2)] ?? 0;
  const [known, learned] = lane.word === 'Learned' ? ['known', 'learned'] : ['published', 'published'];
  const finding =
    events.length === 0
      ? 'Nothing says when these events were published'
      : median <= 0
        ? `Half of these events were ${known} on the day that they happened`
        : `Half of these events were ${learned} ${median === 1 ? 'a day' : `${median.toLocaleString('en')} days`} or more after they happened`;
  const leftOut = all.length - events.length;
  return {
    id: 'lanes',
    finding,
    subtitle: `Each event of this page: when it happened, and ${lane.says}${leftOut > 0 ? `. Left out: ${leftOut} whose publication nobody dated` : ''}`,
    alt: `${finding}. Two time lines, one above the other, with a line for each of ${events.length} events.`,
    rooms: [WIDE, NARROW],
    draw: (room) => <Lanes room={room} events={events} lane={lane} on={on} />,
    table: lanesTable(events, lane),
  };
}

function lanesTable(events: readonly TimelineEntry[], { word, days }: SecondLane): DataTable {
  return {
    name: 'events',
    caption: `When each happened and was ${word.toLowerCase()}`,
    events: () => events.map(({ id }) => id),
    columns: ['Happened', word, 'What'],
    rows: events.map(({ id, occurredOn, recordedAt, sentence }) => [
      occurredOn,
      word === 'Learned' ? recordedAt : days.get(id),
      sentence,
    ]),
  };
}

interface LanesProps {
  readonly room: Room;
  readonly events: readonly TimelineEntry[];
  readonly lane: SecondLane;
  readonly on: Day;
}

function Lanes({ room, events, lane, on }: LanesProps): VNode {
  const toldOn = ({ id, day }: TimelineEntry): Day => lane.days.get(id) ?? day;
  const days = events.flatMap((event) => [dayNumber(event.day), dayNumber(toldOn(event))]);
  const [first, last] = [Math.min(...days, dayNumber(on)), Math.max(...days, dayNumber(on))];
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
        {lane.word}
      </text>
      {oldestFirst.map((event) => {
        const { id, day, occurredOn, sentence } = event;
        const from = round(x(dayNumber(day)));
        const to = round(x(dayNumber(toldOn(event))));
        return (
          <g
            key={id}
            data-point
            data-say={`${withCapital(dateInWords(occurredOn))}: ${sentence}. ${lane.word} ${dayInWords(toldOn(event))}.`}
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
