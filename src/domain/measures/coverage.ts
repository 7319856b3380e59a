import type { Automaker } from '../state/automaker.js';
import type { FigureRecord } from '../state/records.js';
import { addDays, addMonths, type Day } from '../ledger/edtf.js';
import { jsonBounds } from './bounds.js';
import { figuresIn } from './figures-in.js';
import { flowModelOf } from './flow-readings.js';
import { levelSteps } from './levels.js';
import { MEASURES, perimeterKey, perimeterOf, type Measure, type Perimeter } from './measures.js';
import { rhythmOf, type Rhythm } from './rhythm.js';
import { standingFigures } from './standing-figures.js';

/**
 * How well a month is known. Reported: figures give it, directly or as a difference. Bounded: figures of
 * longer periods limit it from above. Not published: the rhythm of the figures says that none is due yet. Not
 * logged: a figure is due, or the rhythm is unknown.
 */
export type Coverage = 'reported' | 'bounded' | 'not-published' | 'not-logged';

export interface CoveredMonth {
  readonly coverage: Coverage;
  readonly lo?: number;
  readonly hi?: number;
}

/** A measure in one perimeter, and whether a figure of it is due. */
export interface Due {
  readonly measure: Measure;
  readonly perimeter: Perimeter;
  readonly rhythm?: Rhythm;
  /** Whether the next figure was due by the day of the question. */
  readonly isDue: boolean;
}

/** A measure in one perimeter, month by month. */
export interface CoverageRow extends Due {
  /** One entry for each requested month, oldest first. */
  readonly months: readonly CoveredMonth[];
}

export interface MonthSpan {
  readonly first: Day;
  readonly last: Day;
}

/** The last `count` whole months up to a day, oldest first. */
export function monthsUntil(day: Day, count: number): MonthSpan[] {
  const next = addDays(day, 1).endsWith('-01') ? addDays(day, 1) : `${day.slice(0, 7)}-01`;
  return Array.from({ length: count }, (_, index) => ({
    first: addMonths(next, index - count),
    last: addDays(addMonths(next, index - count + 1), -1),
  }));
}

/** All measures with figures or goals, by perimeter. Cheap compared with their months. */
export function duesOf(automaker: Automaker, on: Day): Due[] {
  const figures = standingFigures(automaker.figures);
  const rows = new Map<string, { measure: Measure; perimeter: Perimeter; figures: FigureRecord[] }>();
  const add = (measure: Measure, perimeter: Perimeter): FigureRecord[] => {
    const key = `${measure} ${perimeterKey(perimeter)}`;
    const row = rows.get(key) ?? { measure, perimeter, figures: [] };
    rows.set(key, row);
    return row.figures;
  };
  for (const figure of figures) add(figure.measure, perimeterOf(figure)).push(figure);
  for (const { measure, perimeter } of wantedWithoutFigures(automaker, figures)) add(measure, perimeter);
  return [...rows.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { figures: own, ...of }]): Due => {
      const rhythm = rhythmOf(own);
      const isDue = rhythm?.next !== undefined && rhythm.next.dueOn <= on;
      return { ...of, ...(rhythm && { rhythm }), isDue };
    });
}

/** The measures of goals that no figure counts on any basis. */
function wantedWithoutFigures(automaker: Automaker, figures: readonly FigureRecord[]) {
  const counted = new Set(figures.map(askedKey));
  return automaker.targets.flatMap(({ versions, withdrawn }) => {
    const terms = versions.at(-1)?.terms;
    if (!terms || withdrawn || terms.measure === 'market-presence') return [];
    const { measure } = terms;
    // Reported units count towards a goal for a share of sales.
    const isCounted =
      counted.has(askedKey(terms)) ||
      (measure === 'overseas-sales-share' && counted.has(askedKey({ ...terms, measure: 'overseas-units' })));
    return isCounted ? [] : [{ measure, perimeter: perimeterOf(terms) }];
  });
}

const askedKey = ({
  measure,
  market = '',
  entity = '',
}: Pick<Perimeter, 'market' | 'entity'> & { readonly measure: Measure }): string =>
  `${measure}|${market}|${entity}`;

/** The months of one such measure. */
export function coverageOfDue(automaker: Automaker, due: Due, months: readonly MonthSpan[]): CoverageRow {
  const { rhythm, isDue } = due;
  const known = knownMonths(automaker, due);
  return {
    ...due,
    months: months.map((month) => known(month) ?? { coverage: unknown(month, rhythm, isDue) }),
  };
}

function unknown({ last }: MonthSpan, rhythm: Rhythm | undefined, isDue: boolean): Coverage {
  if (!rhythm || last <= rhythm.newest || isDue || !rhythm.next) return 'not-logged';
  return 'not-published';
}

/** What the figures say about a month; undefined if they do not limit it. */
function knownMonths(
  { figures: all }: Automaker,
  { measure, perimeter }: Due,
): (month: MonthSpan) => CoveredMonth | undefined {
  const figures = figuresIn(all, measure, perimeter);
  switch (MEASURES[measure].nature) {
    case 'flow': {
      if (figures.length === 0) return () => undefined;
      const model = flowModelOf(all, measure, perimeter);
      return ({ first, last }) => {
        const { lo, hi } = model.bounds(first, last);
        if (model.covers(first, last)) return { coverage: 'reported', ...jsonBounds({ lo, hi }) };
        return Number.isFinite(hi) ? { coverage: 'bounded', lo, hi } : undefined;
      };
    }
    case 'level': {
      const steps = levelSteps(all, measure, perimeter);
      return ({ first, last }) => {
        const step = steps.findLast(({ asOf }) => asOf >= first && asOf <= last);
        return step && { coverage: 'reported', ...jsonBounds(step.bounds) };
      };
    }
    case 'share':
      return ({ first, last }) => {
        const figure = figures.find((each) => each.first === first && each.last === last);
        if (figure) return { coverage: 'reported' };
        const within = figures.some((each) => each.first <= first && each.last >= last);
        return within ? { coverage: 'bounded' } : undefined;
      };
  }
}
