import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Turns } from '../../api/in-turns.js';
import { pageOf, type PageOf } from '../../api/paging.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { byScore, type MissingFigure } from '../../domain/goals/missing-figures.js';
import {
  coverageOfDue,
  monthsUntil,
  type CoverageRow,
  type MonthSpan,
} from '../../domain/measures/coverage.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { duesIn, missingOfAutomaker, MOST_TRIED, type Wanted } from './missing-of-automaker.js';

export interface CoverageQuestion extends Wanted {
  /** Defaults to all automakers. */
  readonly automakers?: readonly string[];
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
      for (const due of duesIn(automaker, question, asOf.trueOn)) {
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
      const missing = await missingOfAutomaker(automaker, question, asOf.trueOn);
      best = [...best, ...missing].sort(byScore).slice(0, limit);
    }
    return { asOf, missing: best, ...(leftOut > 0 && { automakersLeftOut: leftOut }) };
  }

  private async tried({ automakers }: CoverageQuestion) {
    if (automakers) return { ids: [...new Set(automakers)].sort().slice(0, MOST_TRIED), leftOut: 0 };
    const { ids, leftOut } = await this.index.mostRecorded(MOST_TRIED);
    return { ids: [...ids].sort(), leftOut };
  }
}
