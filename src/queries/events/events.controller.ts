import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Transform } from 'class-transformer';
import { IsIn, Matches, MaxLength } from 'class-validator';
import { EVENT_TYPES, isEventType } from '../../domain/events/catalogue.js';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import { marketFrom } from '../../domain/ledger/understood-words.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ClockParameters, clocksOf, IsDay, Optional } from '../../api/clock-parameters.js';
import { limitFrom } from '../../api/paging.js';
import { Costly } from '../../api/costly-questions.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { GetEvent, type EventLife } from './get-event.js';
import { ListEvents, type TimelinePage } from './list-events.js';
import { EVENT_STATUSES, type EventStatus } from './event-status.js';
import type { TimelineFilter } from './timeline-filter.js';
import { AnswersQuestions } from '../../api/question.js';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 200;

export class TimelineParameters extends ClockParameters {
  @Optional()
  @MaxLength(64)
  automaker?: string;

  /** A company id. */
  @Optional()
  @MaxLength(64)
  company?: string;

  /** A code, such as `DE` or `EU`, or the name of a country or a region. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? marketFrom(value) : value))
  @MaxLength(60)
  market?: string;

  /** Event types, separated by commas. */
  @Optional()
  @MaxLength(1000)
  type?: string;

  /** A subject as events name it, such as `target/half-overseas`. */
  @Optional()
  @MaxLength(600)
  subject?: string;

  /** Occurred on this day or later. */
  @Optional()
  @IsDay()
  from?: string;

  /** Occurred on this day or earlier. */
  @Optional()
  @IsDay()
  to?: string;

  /** Recorded on this day or later. */
  @Optional()
  @IsDay()
  recordedFrom?: string;

  /** Recorded on this day or earlier. */
  @Optional()
  @IsDay()
  recordedTo?: string;

  /** Recorded by this author. */
  @Optional()
  @MaxLength(200)
  author?: string;

  /** Published by this publisher, in at least one source. */
  @Optional()
  @MaxLength(200)
  publisher?: string;

  @Optional()
  @IsIn(EVENT_STATUSES)
  standing?: EventStatus;

  /** Sorts by when things happened, or by when they were recorded. */
  @Optional()
  @IsIn(['occurred', 'recorded'])
  order?: 'occurred' | 'recorded';

  @Optional()
  @IsIn(['asc', 'desc'])
  direction?: 'asc' | 'desc';

  @Optional()
  @Matches(/^\d{1,4}$/, { message: `must be a number from 1 to ${LARGEST_PAGE}` })
  limit?: string;

  /** The `next` of an earlier page. */
  @Optional()
  @MaxLength(100)
  cursor?: string;
}

/** The timeline, and single events. */
@Controller('events')
@AnswersQuestions()
@CacheUntilChange()
export class EventsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  list(@Query() parameters: TimelineParameters): Promise<TimelinePage> {
    const { order = 'occurred', direction = 'desc', cursor } = parameters;
    const by = order === 'occurred' ? 'day' : 'position';
    const limit = limitFrom(parameters.limit, DEFAULT_PAGE, LARGEST_PAGE);
    return this.queries.execute(
      new ListEvents(
        timelineFilterFrom(parameters),
        { by, newestFirst: direction === 'desc' },
        limit,
        clocksOf(parameters),
        cursor,
      ),
    );
  }

  @Get(':id')
  @Costly()
  one(@Param('id') id: string, @Query() parameters: ClockParameters): Promise<EventLife> {
    return this.queries.execute(new GetEvent(id.toLowerCase(), clocksOf(parameters)));
  }
}

export function timelineFilterFrom(parameters: TimelineParameters): TimelineFilter {
  const { automaker, company, market, type, subject, from, to } = parameters;
  const { recordedFrom, recordedTo, author, standing, publisher } = parameters;
  if (automaker !== undefined && !isSlug(automaker))
    throw wrong('automaker', 'must be a slug, such as xpeng');
  if (company !== undefined && !isSlug(company))
    throw wrong('company', 'must be the id of a company, such as renault-group');
  if (market !== undefined && !isMarket(market))
    throw wrong(
      'market',
      'must be a country or a region: its name, or its ISO 3166-1 alpha-2 code in capitals, EU or EUROPE',
    );
  const types = type?.split(',');
  const unknown = types?.find((name) => !isEventType(name));
  if (unknown !== undefined) throw wrong('type', `"${unknown}" is not one of ${EVENT_TYPES.join(', ')}`);
  return {
    ...(automaker !== undefined && { automaker }),
    ...(company !== undefined && { company }),
    ...(market !== undefined && { market }),
    ...(types && { types }),
    ...(subject !== undefined && { subject }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(recordedFrom !== undefined && { recordedFrom }),
    ...(recordedTo !== undefined && { recordedTo }),
    ...(author !== undefined && { author }),
    ...(standing !== undefined && { standing }),
    ...(publisher !== undefined && publisher !== '' && { publisher }),
  };
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
