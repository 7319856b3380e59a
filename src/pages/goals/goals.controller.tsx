import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import { clocksOf, IsDay, Optional } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { ListAutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { ListGoals } from '../../queries/goals/list-goals.js';
import { GoalParameters, goalFilterFrom } from '../../queries/goals/goals.controller.js';
import { SumPromises } from '../../queries/goals/sum-promises.js';
import { MOST_OFFERED } from '../design/automaker-choice.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { addressOf } from '../page-context.js';
import { IsTableName, IsYes, wantsFile } from '../page-parameters.js';
import type { Page } from '../page.js';
import { goalsTable, sumsTable } from './goal-tables.js';
import { GoalsPage } from './goals-page.js';

/** Maximum number of goals on a page: most of them are folded, so that one holds all of a ledger of hundreds. */
const GOALS_A_PAGE = 300;
/** Maximum number of goals in a file. */
const GOALS_A_FILE = 10_000;

export class GoalPageParameters extends GoalParameters {
  /** One automaker, as submitted by the page's form. */
  @Optional()
  @MaxLength(64)
  automaker?: string;

  /** The day of the first point of the sums. */
  @Optional()
  @IsDay()
  sumFrom?: string;

  /** The name of a table to return as CSV. */
  @IsTableName()
  csv?: string;

  /** The name of a table to return as a workbook. */
  @IsTableName()
  xlsx?: string;

  /** With `csv`: adds title, source, licence and notes before the table. */
  @IsYes()
  notes?: string;
}

/** The goal book: all goals of all automakers, and their sums. */
@PageController('goals')
@CacheUntilChange()
@Costly()
export class GoalsPageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async goals(@Query() given: GoalPageParameters): Promise<Page> {
    const { automaker, automakers = automaker, cursor, sumFrom } = given;
    const asked = { ...given, ...(automakers !== undefined && { automakers }) };
    const clocks = clocksOf(given);
    const isFile = wantsFile(given);
    const limit = isFile ? GOALS_A_FILE : GOALS_A_PAGE;
    const after = isFile ? undefined : cursor;
    const [goals, promises, choice] = await Promise.all([
      this.queries.execute(
        new ListGoals(goalFilterFrom(asked), clocks, { limit, ...(after !== undefined && { after }) }),
      ),
      this.queries.execute(new SumPromises(sumFrom === undefined ? {} : { from: sumFrom }, clocks)),
      this.queries.execute(new ListAutomakerNames(clocks, MOST_OFFERED)),
    ]);
    const { measure, market, status, moved, movedSince } = given;
    const filters = { automakers, measure, market, status, moved, movedSince };
    return {
      title: 'The goal book',
      description:
        'All goals that automakers announced: first and current terms, how far they are against each, who raised, cut or postponed which.',
      section: 'goals',
      otherFeeds: [
        ['verdicts', 'Verdicts that changed'],
        ['quiet-goals', 'Goals gone quiet'],
        ['corrections', 'Corrections'],
      ],
      api: addressOf('/api/goals', { ...filters, limit: String(GOALS_A_PAGE), cursor }),
      tables: [goalsTable(goals.goals), sumsTable(promises)],
      body: (
        <GoalsPage
          goals={goals}
          promises={promises}
          choice={choice}
          sumsAt={addressOf('/api/goals/sums', { from: promises.from })}
        />
      ),
    };
  }
}
