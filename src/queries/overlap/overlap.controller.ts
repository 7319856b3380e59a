import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Transform } from 'class-transformer';
import { MaxLength } from 'class-validator';
import { ClockParameters, clocksOf } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { isSlug } from '../../domain/events/fields.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { GetOverlap, type OverlapAnswer } from './get-overlap.js';
import { AnswersQuestions } from '../../api/question.js';

const MOST = 6;

export class OverlapParameters extends ClockParameters {
  /** Two to six ids, separated by commas. */
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.join(',') : value))
  @MaxLength(400)
  automakers!: string;
}

/** The markets that automakers share. */
@Controller('overlap')
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class OverlapController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  overlap(@Query() parameters: OverlapParameters): Promise<OverlapAnswer> {
    return this.queries.execute(new GetOverlap(pairFrom(parameters.automakers), clocksOf(parameters)));
  }
}

/** Throws InvalidRequest unless the text has two to six different ids. */
export function pairFrom(text: string): readonly string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))];
  if (ids.length < 2 || ids.length > MOST || ids.some((id) => !isSlug(id)))
    throw new InvalidRequest([
      { field: 'automakers', message: `must be two to ${MOST} different ids, such as xpeng,geely` },
    ]);
  return ids;
}
