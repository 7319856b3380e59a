import { Body, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../access/require-role.js';
import { Optional } from '../../api/clock-parameters.js';
import { ReviewDesk } from '../../commands/review/review-desk.js';
import type { Review } from '../../commands/review/reviews.js';
import { Unauthenticated } from '../../problems/access-problems.js';
import { ListEvents } from '../../queries/events/list-events.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { ListSingleSource } from '../../queries/review/list-single-source.js';
import { formValues, textOf } from '../form-body.js';
import { PageController } from '../page-controller.js';
import { PagedPageParameters } from '../page-parameters.js';
import { SeeOther, type Page } from '../page.js';
import { REVIEW_LISTS, ReviewsPage, type ReviewList } from './reviews-page.js';

export class ReviewsPageParameters extends PagedPageParameters {
  @Optional()
  @IsIn(REVIEW_LISTS)
  list?: ReviewList;

  /** The `next` value of the previous part, for the lists of pending and finished reviews. */
  @Optional()
  @MaxLength(64)
  after?: string;
}

const A_PAGE = 25;
const NEWEST = { by: 'position', newestFirst: true } as const;

/** The lists that analysts work through, and reviews. */
@PageController('reviews')
@RequireRole('analyst')
export class ReviewPagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly desk: ReviewDesk,
  ) {}

  @Get()
  async lists(
    @Query() { list = 'waiting', cursor, after }: ReviewsPageParameters,
    @Req() request: FastifyRequest,
  ): Promise<Page> {
    const { events, reviews, next } = await this.listed(list, authorOf(request), cursor, after);
    return {
      title: 'Second looks',
      description: 'What waits for a second analyst, and what lacks a second source.',
      section: 'log',
      body: (
        <ReviewsPage
          list={list}
          events={events}
          reviews={new Map(reviews.map((review) => [review.event, review]))}
          waiting={await this.desk.waiting()}
          next={next}
        />
      ),
    };
  }

  @Post()
  @HttpCode(200)
  async ask(@Req() request: FastifyRequest, @Body() body: unknown): Promise<SeeOther> {
    const values = formValues(body);
    const event = textOf(values, 'event');
    await this.desk.ask(event, textOf(values, 'question'), authorOf(request));
    return new SeeOther(`/events/${event}`);
  }

  @Post(':event')
  @HttpCode(200)
  async settle(
    @Param('event') event: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const values = formValues(body);
    const id = event.toLowerCase();
    await this.desk.settle(id, textOf(values, 'finding'), textOf(values, 'remark'), authorOf(request));
    return new SeeOther(`/events/${id}`);
  }

  private async listed(
    list: ReviewList,
    author: string,
    cursor: string | undefined,
    after: string | undefined,
  ): Promise<{
    readonly events: readonly TimelineEntry[];
    readonly reviews: readonly Review[];
    readonly next: Readonly<Record<string, string>> | undefined;
  }> {
    if (list === 'one-publisher') {
      const { events, next } = await this.queries.execute(new ListSingleSource({}, A_PAGE, {}, cursor));
      return { events, reviews: [], next: next === undefined ? undefined : { cursor: next } };
    }
    if (list === 'mine') {
      const { events, next } = await this.queries.execute(
        new ListEvents({ author }, NEWEST, A_PAGE, {}, cursor),
      );
      return { events, reviews: [], next: next === undefined ? undefined : { cursor: next } };
    }
    const { reviews, next } = await this.desk.list(list, A_PAGE, after);
    const ids = reviews.map(({ event }) => event);
    const { events } = await this.queries.execute(new ListEvents({ ids }, NEWEST, A_PAGE, {}));
    // Restores the order of the reviews.
    const byId = new Map(events.map((event) => [event.id, event]));
    return {
      events: ids.flatMap((id) => byId.get(id) ?? []),
      reviews,
      next: next === undefined ? undefined : { after: next },
    };
  }
}

function authorOf({ principal }: FastifyRequest): string {
  if (!principal) throw new Unauthenticated({ detail: 'Sign in first: who looks has a name.' });
  return principal.name;
}
