import { GRADES } from '../evidence.js';
import { KnownOf } from '../known-of.js';
import type { Measure, Perimeter } from './measures.js';
import { perimeterKey } from './measures.js';
import { newestBy } from './newest-by.js';
import { dayNumber, daysOf, type Day } from '../occurred-on.js';
import type { FigureRecord, FigureReport } from '../records.js';

/** A level as it was reported: it holds from its day until the next report. */
export interface LevelReading {
  readonly value: number;
  readonly asOf: Day;
  /** The event that reports it. */
  readonly event: string;
  /** Other reports for the same day that say something else. */
  readonly conflicts: readonly { readonly value: number; readonly event: string }[];
}

/** The better of two reports of one figure: by grade, then later publication, then later recording. */
export function betterReport(a: FigureReport, b: FigureReport): FigureReport {
  const byGrade = GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade);
  if (byGrade !== 0) return byGrade < 0 ? a : b;
  const [publishedA, publishedB] = [a, b].map(({ publishedOn }) =>
    publishedOn ? daysOf(publishedOn).last : '',
  );
  if (publishedA !== publishedB) return (publishedA ?? '') > (publishedB ?? '') ? a : b;
  return a.revision > b.revision ? a : b;
}

const stepsOf = new KnownOf<readonly FigureRecord[], LevelReading[]>();

/** The reported levels of a measure and perimeter, oldest first: a step function of time. Made once for the figures. */
export function levelSteps(
  figures: readonly FigureRecord[],
  measure: Measure,
  perimeter: Perimeter,
): readonly LevelReading[] {
  const key = perimeterKey(perimeter);
  return stepsOf.of(figures, `${measure} ${key}`, () =>
    figures
      .filter((figure) => figure.measure === measure && perimeterKey(figure) === key)
      .map(levelReading)
      .sort((a, b) => (a.asOf < b.asOf ? -1 : 1)),
  );
}

function levelReading({ last, reports }: FigureRecord): LevelReading {
  const best = reports.reduce(betterReport);
  const conflicts = reports
    .filter(({ value }) => value !== best.value)
    .map(({ value, event }) => ({ value, event }));
  return { value: best.value, asOf: last, event: best.event, conflicts };
}

/** The step in force on a day; undefined before the first. */
export function levelOn(steps: readonly LevelReading[], day: Day): LevelReading | undefined {
  return newestBy(steps, day, ({ asOf }) => asOf);
}

/** The step in force on a day, if it was reported at most `days` before: what is older says little about that day. */
export function freshLevelOn(
  steps: readonly LevelReading[],
  day: Day,
  days: number,
): LevelReading | undefined {
  const step = levelOn(steps, day);
  return step && dayNumber(day) - dayNumber(step.asOf) <= days ? step : undefined;
}
