import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn, Matches, MaxLength } from 'class-validator';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import { GOAL_MOVES, type GoalMove } from '../../domain/goals/goal-book.js';
import { STATUSES, type Status } from '../../domain/goals/status.js';
import { MEASURE_NAMES, type Measure } from '../../domain/measures/measures.js';
import { ClockParameters, clocksOf, IsDay, Optional } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { pageFrom, PagedParameters } from '../../api/paging.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ListGoals, type GoalFilter, type GoalsAnswer } from './list-goals.js';
import { ListVerdictChanges, type VerdictChangesAnswer } from './list-verdict-changes.js';
import { SumPromises, type PromisesAnswer } from './sum-promises.js';
import { AnswersQuestions } from '../../api/question.js';

/** The default page size of answers. */
const GOALS_A_PAGE = 100;
const MOST_GOALS = 1000;

export class GoalParameters extends PagedParameters {
  /** Ids, separated by commas. */
  @Optional()
  @MaxLength(1000)
  automakers?: string;

  @Optional()
  @IsIn(MEASURE_NAMES)
  measure?: Measure;

  @Optional()
  @MaxLength(12)
  market?: string;

  @Optional()
  @IsIn(STATUSES)
  status?: Status;

  /** The kinds of changes to a goal, separated by commas. */
  @Optional()
  @MaxLength(100)
  moved?: string;

  /** Changed on this day or later. */
  @Optional()
  @IsDay()
  movedSince?: string;
}

export class PromiseParameters extends ClockParameters {
  /** The first of the two days. Defaults to two years before the second one, which is `trueOn` or today. */
  @Optional()
  @IsDay()
  from?: string;

  @Optional()
  @IsIn(MEASURE_NAMES)
  measure?: Measure;

  /** The year that the goals are for. */
  @Optional()
  @Matches(/^\d{4}$/, { message: 'must be a year such as 2030' })
  year?: string;
}

export class VerdictChangeParameters extends ClockParameters {
  /** Restricts the answer to one automaker. */
  @Optional()
  @MaxLength(64)
  automaker?: string;
}

/** The goal book: all goals of all automakers. */
@Controller()
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class GoalsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('goals')
  goals(@Query() parameters: GoalParameters): Promise<GoalsAnswer> {
    const page = pageFrom(parameters, GOALS_A_PAGE, MOST_GOALS);
    return this.queries.execute(new ListGoals(goalFilterFrom(parameters), clocksOf(parameters), page));
  }

  /** The verdicts changed by the most recent days of recording. */
  @Get('goals/verdict-changes')
  verdictChanges(@Query() parameters: VerdictChangeParameters): Promise<VerdictChangesAnswer> {
    const { automaker } = parameters;
    if (automaker !== undefined && !isSlug(automaker))
      throw wrong('automaker', 'must be an id such as xpeng');
    return this.queries.execute(new ListVerdictChanges(clocksOf(parameters), automaker));
  }

  @Get('goals/sums')
  sums(@Query() parameters: PromiseParameters): Promise<PromisesAnswer> {
    const { from, measure, year } = parameters;
    const question = {
      ...(from !== undefined && { from }),
      ...(measure !== undefined && { measure }),
      ...(year !== undefined && { year }),
    };
    return this.queries.execute(new SumPromises(question, clocksOf(parameters)));
  }
}

/** Throws InvalidRequest for an invalid automaker id, market or kind of change. */
export function goalFilterFrom(parameters: Omit<GoalParameters, keyof PagedParameters>): GoalFilter {
  const { automakers, measure, market, status, moved, movedSince } = parameters;
  const ids = automakers?.split(',').map((id) => id.trim());
  if (ids?.some((id) => !isSlug(id)))
    throw wrong('automakers', 'must be ids separated by commas, such as xpeng,geely');
  if (market !== undefined && !isMarket(market))
    throw wrong('market', 'must be an ISO 3166-1 alpha-2 code in capitals, or EU');
  const moves = moved?.split(',').map((move) => moveFrom(move.trim()));
  return {
    ...(ids && { automakers: ids }),
    ...(measure !== undefined && { measure }),
    ...(market !== undefined && { market }),
    ...(status !== undefined && { status }),
    ...(moves && { moves }),
    ...(movedSince !== undefined && { movedSince }),
  };
}

function moveFrom(text: string): GoalMove {
  const move = GOAL_MOVES.find((each) => each === text);
  if (!move) throw wrong('moved', `"${text}" is not one of ${GOAL_MOVES.join(', ')}`);
  return move;
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
