import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Matches, MaxLength } from 'class-validator';
import type { Point } from '../../domain/audit/differences.js';
import { isSlug } from '../../domain/events/fields.js';
import { pointFrom } from '../../domain/ledger/clocks.js';
import { dayOf } from '../../domain/ledger/edtf.js';
import { Clock } from '../../clock/clock.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ClockParameters, clocksOf, Optional } from '../../api/clock-parameters.js';
import { pageFrom, PagedParameters } from '../../api/paging.js';
import { GetDifferences, type DifferencesAnswer } from './get-differences.js';
import { GetStrategyHistory, type StrategyHistoryAnswer } from './get-strategy-history.js';
import { ListQuietGoals, type QuietGoalsAnswer } from './list-quiet-goals.js';
import { GetTargetHistory, type TargetHistoryAnswer } from './get-target-history.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { Costly } from '../../api/costly-questions.js';
import { AnswersQuestions } from '../../api/question.js';

export class DifferenceParameters {
  /** One automaker. Defaults to all. */
  @Optional()
  @MaxLength(64)
  automaker?: string;

  /** The first point: `trueOn`, `trueOn,knownOn` or `trueOn,knownOn,publicOn`; `knownOn` may be empty. */
  @MaxLength(60)
  from!: string;

  /** The second point, in the same format. Defaults to today and everything recorded. */
  @Optional()
  @MaxLength(60)
  to?: string;

  /** For all automakers: the page size. */
  @Optional()
  @Matches(/^\d{1,4}$/, { message: 'must be a whole number' })
  limit?: string;

  /** For all automakers: the `next` of an earlier page. */
  @Optional()
  @MaxLength(100)
  cursor?: string;
}

const GOALS_A_PAGE = 200;
const MOST_GOALS = 1000;
/** The default page size; the audit page shows this many. */
const DIFFERENCES_A_PAGE = 20;
const MOST_DIFFERENCES = 100;

/** Questions for auditors: how goals and strategies changed, and why answers differ. */
@Controller()
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class AuditController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get('automakers/:automaker/targets/:target/history')
  targetHistory(
    @Param('automaker') automaker: string,
    @Param('target') target: string,
    @Query() parameters: ClockParameters,
  ): Promise<TargetHistoryAnswer> {
    return this.queries.execute(new GetTargetHistory(automaker, target, clocksOf(parameters)));
  }

  @Get('automakers/:automaker/strategy')
  strategy(
    @Param('automaker') automaker: string,
    @Query() parameters: ClockParameters,
  ): Promise<StrategyHistoryAnswer> {
    return this.queries.execute(new GetStrategyHistory(automaker, clocksOf(parameters)));
  }

  @Get('quiet-goals')
  quietGoals(@Query() parameters: PagedParameters): Promise<QuietGoalsAnswer> {
    const page = pageFrom(parameters, GOALS_A_PAGE, MOST_GOALS);
    return this.queries.execute(new ListQuietGoals(clocksOf(parameters), page));
  }

  @Get('differences')
  differences(@Query() parameters: DifferenceParameters): Promise<DifferencesAnswer> {
    const { automaker, from, to } = parameters;
    if (automaker !== undefined && !isSlug(automaker)) {
      throw new InvalidRequest([{ field: 'automaker', message: 'must be a slug, such as xpeng' }]);
    }
    const today = dayOf(this.clock.now());
    return this.queries.execute(
      new GetDifferences(
        automaker,
        pointOf('from', from),
        to === undefined ? { trueOn: today } : pointOf('to', to),
        pageFrom(parameters, DIFFERENCES_A_PAGE, MOST_DIFFERENCES),
      ),
    );
  }
}

function pointOf(field: string, text: string): Point {
  const point = pointFrom(text);
  if (point) return point;
  const message =
    'must be a day, or a day and what was known, and published, by when, such as 2024-12-31,2025-06-30 or 2024-12-31,,2024-12-31';
  throw new InvalidRequest([{ field, message }]);
}
