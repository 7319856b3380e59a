import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn, Matches, MaxLength } from 'class-validator';
import { Optional, clocksOf } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { limitFrom, pageFrom, PagedParameters } from '../../api/paging.js';
import { isSlug } from '../../domain/events/fields.js';
import { MEASURE_NAMES, type Measure } from '../../domain/measures/measures.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import {
  GetCoverage,
  GetWorklist,
  type CoverageAnswer,
  type CoverageQuestion,
  type WorklistAnswer,
} from './get-coverage.js';
import { USUAL_MONTHS } from './missing-of-automaker.js';
import { AnswersQuestions } from '../../api/question.js';

/** The default page size; a page shows this many. */
export const AUTOMAKERS_A_PAGE = 10;
const MOST_AUTOMAKERS = 100;
export const MISSING_A_PAGE = 20;
const MOST_MISSING = 200;
const MOST_MONTHS = 120;

export class CoverageParameters extends PagedParameters {
  /** Ids, separated by commas. */
  @Optional()
  @MaxLength(1000)
  automakers?: string;

  @Optional()
  @IsIn(MEASURE_NAMES)
  measure?: Measure;

  /** The number of whole months up to the day of the question. */
  @Optional()
  @Matches(/^\d{1,3}$/, { message: `must be a number from 1 to ${MOST_MONTHS}` })
  months?: string;
}

/** Where the gaps in the ledger are. */
@Controller('coverage')
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class CoverageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  coverage(@Query() parameters: CoverageParameters): Promise<CoverageAnswer> {
    const page = pageFrom(parameters, AUTOMAKERS_A_PAGE, MOST_AUTOMAKERS);
    return this.queries.execute(
      new GetCoverage(coverageQuestionFrom(parameters), clocksOf(parameters), page),
    );
  }

  @Get('worklist')
  worklist(@Query() parameters: CoverageParameters): Promise<WorklistAnswer> {
    const limit = limitFrom(parameters.limit, MISSING_A_PAGE, MOST_MISSING);
    return this.queries.execute(
      new GetWorklist(coverageQuestionFrom(parameters), clocksOf(parameters), limit),
    );
  }
}

/** Throws InvalidRequest for invalid automaker ids, or a number of months out of range. */
export function coverageQuestionFrom({ automakers, measure, months }: CoverageParameters): CoverageQuestion {
  const ids = automakers?.split(',').map((id) => id.trim());
  if (ids?.some((id) => !isSlug(id)))
    throw wrong('automakers', 'must be ids separated by commas, such as xpeng,geely');
  const count = months === undefined ? USUAL_MONTHS : Number(months);
  if (count < 1 || count > MOST_MONTHS) throw wrong('months', `must be a number from 1 to ${MOST_MONTHS}`);
  return {
    ...(ids && { automakers: ids }),
    ...(measure !== undefined && { measure }),
    months: count,
  };
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
