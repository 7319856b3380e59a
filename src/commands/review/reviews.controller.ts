import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { Author, RequireRole } from '../../access/require-role.js';
import { Optional } from '../../domain/events/fields.js';
import { knownFields } from '../../problems/known-fields.js';
import { QueueParameters } from '../queue/queue-parameters.js';
import { ReviewDesk } from './review-desk.js';
import { REVIEW_STATES, type Review, type ReviewPage, type ReviewState } from './reviews.js';

export class ReviewListParameters extends QueueParameters {
  @Optional()
  @IsIn(REVIEW_STATES)
  state?: ReviewState;
}

/** Events that wait for a second analyst. */
@Controller('reviews')
@RequireRole('analyst')
export class ReviewsController {
  constructor(private readonly desk: ReviewDesk) {}

  @Get()
  list(@Query() { state = 'waiting', limit = '50', after }: ReviewListParameters): Promise<ReviewPage> {
    return this.desk.list(state, Number(limit), after);
  }

  @Post()
  @HttpCode(200)
  ask(@Body() body: unknown, @Author() author: string): Promise<Review> {
    const { event, question } = knownFields(body, ['event', 'question']);
    return this.desk.ask(event, question, author);
  }

  @Post(':event')
  @HttpCode(200)
  settle(@Param('event') event: string, @Body() body: unknown, @Author() author: string): Promise<Review> {
    const { finding, remark } = knownFields(body, ['finding', 'remark']);
    return this.desk.settle(event.toLowerCase(), finding, remark, author);
  }
}
