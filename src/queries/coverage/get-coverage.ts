import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Turns } from '../../api/in-turns.js';
import { pageOf, type PageOf } from '../../api/paging.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { byScore, missingFiguresOf, type MissingFigure } from '../../domain/goals/missing-figures.js';
import {
  coverageOfDue,
  duesOf,
  monthsUntil,
  type CoverageRow,
  type Due,
  type MonthSpan,
} from '../../domain/measures/coverage.js';
import type { Measure } from '../../domain/measures/measures.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { PerObjectMemo } from '../../domain/state/per-object-memo.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface CoverageQuestion {
  /** Defaults to all automakers. */
  readonly automakers?: readonly string[];
  readonly measure?: Measure;
  /** The number of whole months, counted back from the day of the question. */
  readonly months: number;
}

export interface AutomakerCoverage {
  readonly automaker: string;
  readonly name: string;
  readonly rows: readonly CoverageRow[];
}

export interface CoverageAnswer {
  readonly asOf: AsOf;
  /** Oldest first. */
  readonly months: readonly MonthSpan[];
  readonly automakers: readonly AutomakerCoverage[];
  readonly next?: string;
}

/** What is known of each measure of each automaker, month by month. */
export class GetCoverage extends Query<CoverageAnswer> {
  constructor(
    readonly question: CoverageQuestion,
    readonly clocks: Clocks,
    readonly page: PageOf,
  ) {
    super();
  }
}

@QueryHandler(GetCoverage)
export class GetCoverageHandler implements IQueryHandler<GetCoverage> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ question, clocks, page }: GetCoverage): Promise<CoverageAnswer> {
    const asOf = await this.states.asOf(clocks);
    const months = monthsUntil(asOf.trueOn, question.months);
    const { automakers, next } = await this.asked(question, clocks, page);
    const covered: AutomakerCoverage[] = [];
    const turns = new Turns();
    for (const automaker of automakers) {
      const { id, profile } = automaker;
      const rows: CoverageRow[] = [];
      for (const due of duesIn(automaker, question, asOf)) {
        rows.push(coverageOfDue(automaker, due, months));
        await turns.next();
      }
      covered.push({ automaker: id, name: profile.name, rows });
    }
    return { asOf, months, automakers: covered, ...(next !== undefined && { next }) };
  }

  private async asked({ automakers: ids }: CoverageQuestion, clocks: Clocks, page: PageOf) {
    if (ids) {
      const found = await this.states.some([...new Set(ids)].sort(), clocks);
      const { items, next } = pageOf(found, page, ({ id }) => id);
      return { automakers: items, next };
    }
    const { automakers, hasMore } = await this.states.page(clocks, page.after ?? '', page.limit);
    return { automakers, next: hasMore ? automakers.at(-1)?.id : undefined };
  }
}

export interface WorklistAnswer {
  readonly asOf: AsOf;
  /** The figure that narrows most first. */
  readonly missing: readonly MissingFigure[];
  /** The number of automakers not examined, because others have more records; absent if all were. */
  readonly automakersLeftOut?: number;
}

/** The missing figures that would narrow most, of the automakers with the most records. */
export class GetWorklist extends Query<WorklistAnswer> {
  constructor(
    readonly question: CoverageQuestion,
    readonly clocks: Clocks,
    readonly limit: number,
  ) {
    super();
  }
}

/** Upper bound on the automakers examined: trying hypothetical figures costs far more than reading. */
const MOST_TRIED = 20;
/** Upper bound on the rows tried per automaker. Due rows come first, then those with the newest figures. */
const MOST_ROWS = 60;

/** The missing figures of an automaker, cached: they depend on its records and the question. */
const missingOf = new PerObjectMemo<Automaker, readonly MissingFigure[]>();

@QueryHandler(GetWorklist)
export class GetWorklistHandler implements IQueryHandler<GetWorklist> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ question, clocks, limit }: GetWorklist): Promise<WorklistAnswer> {
    const asOf = await this.states.asOf(clocks);
    const { ids, leftOut } = await this.tried(question);
    let best: readonly MissingFigure[] = [];
    for (const automaker of await this.states.some(ids, clocks)) {
      const missing = await this.missing(automaker, question, asOf);
      best = [...best, ...missing].sort(byScore).slice(0, limit);
    }
    return { asOf, missing: best, ...(leftOut > 0 && { automakersLeftOut: leftOut }) };
  }

  private async tried({ automakers }: CoverageQuestion) {
    if (automakers) return { ids: [...new Set(automakers)].sort().slice(0, MOST_TRIED), leftOut: 0 };
    const { ids, leftOut } = await this.index.mostRecorded(MOST_TRIED);
    return { ids: [...ids].sort(), leftOut };
  }

  private async missing(
    automaker: Automaker,
    question: CoverageQuestion,
    asOf: AsOf,
  ): Promise<readonly MissingFigure[]> {
    const name = `${asOf.trueOn} ${question.months} ${question.measure ?? ''}`;
    const known = missingOf.find(automaker, name);
    if (known) return known;
    const months = monthsUntil(asOf.trueOn, question.months);
    const found: MissingFigure[] = [];
    const turns = new Turns();
    const rows: CoverageRow[] = [];
    for (const due of likeliest(duesIn(automaker, question, asOf))) {
      rows.push(coverageOfDue(automaker, due, months));
      await turns.next();
    }
    for (const missing of missingFiguresOf(automaker, rows, months)) {
      if (missing) found.push(missing);
      await turns.next();
    }
    return missingOf.of(automaker, name, () => found);
  }
}

function likeliest(dues: readonly Due[]): readonly Due[] {
  if (dues.length <= MOST_ROWS) return dues;
  const newestFirst = (a: Due, b: Due): number =>
    Number(b.isDue) - Number(a.isDue) || (b.rhythm?.newest ?? '').localeCompare(a.rhythm?.newest ?? '');
  return [...dues].sort(newestFirst).slice(0, MOST_ROWS);
}

const duesIn = (automaker: Automaker, { measure }: CoverageQuestion, { trueOn }: AsOf): readonly Due[] =>
  duesOf(automaker, trueOn).filter((due) => measure === undefined || due.measure === measure);
