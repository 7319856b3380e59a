import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import type { DataTable } from '../page.js';
import { MEASURES, scopeKey, type Measure } from '../../domain/measures/measures.js';
import { outcomesInWords } from '../../domain/goals/tally.js';
import {
  MEASURE_WORDS,
  boundsInWords,
  compactInWords,
  goalAmountInWords,
  goalQualifier,
  withCapital,
} from '../design/words.js';
import { ChartFigure, type ChartFigureProps, type Room } from './chart-figure.js';
import { round } from './plot.js';
import { eventsIn } from '../take-away/events-in.js';

/** The goals of one measure for single years, oldest first. */
export interface YearlyGoalsOfMeasure {
  readonly measure: Measure;
  readonly title: string;
  readonly goals: readonly (Progress & { readonly year: string })[];
}

/** Yearly goals of the automaker as a whole, by measure; only measures with at least two. */
export function yearlyGoalsOf(progress: readonly Progress[]): YearlyGoalsOfMeasure[] {
  const byMeasure = new Map<Measure, (Progress & { year: string })[]>();
  for (const each of progress) {
    const { terms, period } = each;
    const year = period?.last.slice(0, 4);
    const isYear =
      period !== undefined && period.first === `${year}-01-01` && period.last === `${year}-12-31`;
    if (!isYear || MEASURES[terms.measure].nature !== 'flow') continue;
    if (scopeKey(terms) !== scopeKey({})) continue;
    byMeasure.set(terms.measure, [...(byMeasure.get(terms.measure) ?? []), { ...each, year: year ?? '' }]);
  }
  return (
    [...byMeasure]
      // Without a figure for any year there is nothing to draw.
      .filter(([, goals]) => goals.length > 1 && goals.some(({ value }) => value))
      .map(([measure, goals]) => ({
        measure,
        title: `${withCapital(MEASURE_WORDS[measure])}: the goal of each year`,
        goals: [...goals].sort((a, b) => (a.year < b.year ? -1 : 1)),
      }))
  );
}

const WIDE: Room = { width: 920, height: 260, isNarrow: false };
const NARROW: Room = { width: 360, height: 260, isNarrow: true };

/** Goal and result of each year side by side: bars for results, lines for goals. */
export const YearlyGoals = (props: YearlyGoalsProps): VNode => <ChartFigure {...yearlyFigure(props)} />;

interface YearlyGoalsProps {
  readonly goals: YearlyGoalsOfMeasure;
  readonly name: string;
}

/** The chart, for use on a page or as a picture. */
export function yearlyFigure({ goals: { measure, goals }, name }: YearlyGoalsProps): ChartFigureProps {
  const finding = `${name} set ${goals.length} yearly goals: ${outcomesInWords(goals.map(({ status }) => status))}`;
  return {
    id: `years-${measure}`,
    finding,
    subtitle: `${withCapital(MEASURE_WORDS[measure])}; bars are figures, lines are goals`,
    alt: `${finding}. ${goals.map(sayGoal).join(' ')}`,
    rooms: [WIDE, NARROW],
    draw: (room) => <Drawing goals={goals} room={room} />,
    table: yearlyTable(name, { measure, goals }),
  };
}

/** The same as a table, which is available as CSV. */
export const yearlyTable = (
  name: string,
  { measure, goals }: Pick<YearlyGoalsOfMeasure, 'measure' | 'goals'>,
): DataTable => ({
  name: `years-${measure}`,
  caption: `${name}: yearly goals`,
  events: () => eventsIn(goals),
  columns: ['Year', 'Goal', 'At least', 'At most'],
  rows: goals.map(({ year, terms, value }) => [year, terms.threshold, value?.lo, value?.hi]),
});

const sayGoal = ({ year, terms, value }: YearlyGoalsOfMeasure['goals'][number]): string =>
  `${year}: the goal was ${goalAmountInWords(terms)}; ${value ? `${boundsInWords(value, terms.unit)} by the newest figure` : 'no figure bears on it'}.`;

/** The label above a bar: the result and the goal. */
function sayShortly({ terms, value }: YearlyGoalsOfMeasure['goals'][number]): readonly [string, string?] {
  const goal = `${goalQualifier(terms)}${compactInWords(terms.threshold, terms.unit)}`;
  if (!value) return [`goal ${goal}`];
  const isLeast = value.hi === undefined;
  const amount = compactInWords(isLeast ? (value.lo ?? value.value) : value.value, terms.unit);
  return [`${isLeast ? '≥\u00a0' : ''}${amount}`, `of ${goal}`];
}

/** Narrower bars have their label in two lines. */
const ONE_LINE = 110;

function Drawing({ goals, room }: { goals: YearlyGoalsOfMeasure['goals']; room: Room }): VNode {
  const bottom = room.height - 26;
  const highest = Math.max(
    ...goals.flatMap(({ terms, value }) => [terms.threshold, value?.hi ?? value?.value ?? 0]),
  );
  const step = room.width / goals.length;
  const wide = Math.min(64, step * 0.5);
  const y = (amount: number): number => round(bottom - ((bottom - 34) * amount) / highest);
  return (
    <>
      <g class="axis">
        <line x1="0" x2={room.width} y1={bottom} y2={bottom} />
      </g>
      {goals.map((goal, index) => {
        const { target, year, terms, value } = goal;
        const mid = round(step * (index + 0.5));
        const goalAt = y(terms.threshold);
        const lines = sayShortly(goal).filter((line) => line !== undefined);
        const top = value ? y(value.lo ?? value.value) : bottom;
        return (
          <g key={target} data-point data-say={sayGoal(goal)}>
            {value && (
              <rect
                class="year-bar"
                x={mid - wide / 2}
                y={top}
                width={wide}
                height={Math.max(1, bottom - top)}
              />
            )}
            <line class="goal-line" x1={mid - wide / 2 - 6} x2={mid + wide / 2 + 6} y1={goalAt} y2={goalAt} />
            <circle class="hidden-dot" cx={mid} cy={Math.min(top, goalAt)} r="2" />
            {(step < ONE_LINE ? lines : [lines.join(' ')]).map((line, at, { length }) => (
              <text
                key={line}
                class="mid strong"
                x={mid}
                y={round(Math.min(top, goalAt) - 8 - 14 * (length - 1 - at))}
              >
                {line}
              </text>
            ))}
            <text class="mid" x={mid} y={bottom + 18}>
              {year}
            </text>
          </g>
        );
      })}
    </>
  );
}
