import { Turns } from '../../api/in-turns.js';
import { missingFiguresOf, type MissingFigure } from '../../domain/goals/missing-figures.js';
import type { Day } from '../../domain/ledger/edtf.js';
import {
  coverageOfDue,
  duesOf,
  monthsUntil,
  type CoverageRow,
  type Due,
} from '../../domain/measures/coverage.js';
import type { Measure } from '../../domain/measures/measures.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { PerObjectMemo } from '../../domain/state/per-object-memo.js';

/** The number of whole months that coverage goes back if nobody asks for another one. */
export const USUAL_MONTHS = 24;
/** Upper bound on the automakers examined: trying hypothetical figures costs far more than reading. */
export const MOST_TRIED = 20;
/** Upper bound on the rows tried per automaker. Due rows come first, then those with the newest figures. */
const MOST_ROWS = 60;

/** What is looked for. */
export interface Wanted {
  readonly measure?: Measure;
  /** The number of whole months, counted back from the day of the question. */
  readonly months: number;
}

const kept = new PerObjectMemo<Automaker, readonly MissingFigure[]>();

/** The missing figures of an automaker, cached: they depend on its records and the question. */
export async function missingOfAutomaker(
  automaker: Automaker,
  wanted: Wanted,
  on: Day,
): Promise<readonly MissingFigure[]> {
  const name = `${on} ${wanted.months} ${wanted.measure ?? ''}`;
  const known = kept.find(automaker, name);
  if (known) return known;
  const months = monthsUntil(on, wanted.months);
  const found: MissingFigure[] = [];
  const turns = new Turns();
  const rows: CoverageRow[] = [];
  for (const due of likeliest(duesIn(automaker, wanted, on))) {
    rows.push(coverageOfDue(automaker, due, months));
    await turns.next();
  }
  for (const missing of missingFiguresOf(automaker, rows, months)) {
    if (missing) found.push(missing);
    await turns.next();
  }
  return kept.of(automaker, name, () => found);
}

export const duesIn = (automaker: Automaker, { measure }: Wanted, on: Day): readonly Due[] =>
  duesOf(automaker, on).filter((due) => measure === undefined || due.measure === measure);

function likeliest(dues: readonly Due[]): readonly Due[] {
  if (dues.length <= MOST_ROWS) return dues;
  const newestFirst = (a: Due, b: Due): number =>
    Number(b.isDue) - Number(a.isDue) || (b.rhythm?.newest ?? '').localeCompare(a.rhythm?.newest ?? '');
  return [...dues].sort(newestFirst).slice(0, MOST_ROWS);
}
