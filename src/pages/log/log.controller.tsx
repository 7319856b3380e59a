import { Body, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../access/require-role.js';
import { definitionOf, isEventType, isAmendment, type EventType } from '../../domain/events/catalogue.js';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import { automakerStream, marketStream } from '../../domain/ledger/streams.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ListAutomakers } from '../../queries/automakers/list-automakers.js';
import { Optional } from '../../api/clock-parameters.js';
import { formValues, textOf } from '../form-body.js';
import { MOST_OFFERED } from '../design/automaker-choice.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page, SeeOther } from '../page.js';
import { answerForm, entryPage } from './answer-form.js';
import { ChooserPage } from './chooser-page.js';
import { EventFormService } from './event-form-service.js';
import { newEventEntry, type EventForm } from './event-form.js';

export class LogParameters extends PageParameters {
  @Optional()
  @MaxLength(64)
  type?: string;

  @Optional()
  @MaxLength(64)
  automaker?: string;

  @Optional()
  @MaxLength(2)
  market?: string;
}

/** Logging an event: first of whom and of which type, then the form of that type. */
@PageController('log')
@RequireRole('analyst')
export class LogController {
  constructor(
    private readonly queries: QueryBus,
    private readonly forms: EventFormService,
  ) {}

  @Get()
  async form(@Query() { type, automaker, market }: LogParameters): Promise<Page> {
    if (type !== undefined) return entryPage(entryFrom(type, automaker, market), {});
    const { automakers } = await this.queries.execute(new ListAutomakers({}, { limit: MOST_OFFERED }));
    return {
      title: 'Log an event',
      description: 'Log what happened, with its source.',
      section: 'log',
      body: <ChooserPage automakers={automakers} />,
    };
  }

  @Post()
  @HttpCode(200)
  async log(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Page | SeeOther> {
    const values = formValues(body);
    const named = (name: string): string | undefined => textOf(values, name) || undefined;
    const entry = entryFrom(textOf(values, 'type'), named('automaker'), named('market'));
    return answerForm(this.forms, entry, request, body);
  }
}

function entryFrom(type: string, automaker: string | undefined, market: string | undefined): EventForm {
  const isOfMarket = isForMarket(type);
  if (isOfMarket) {
    if (market === undefined || !isMarket(market))
      throw wrong('market', 'must be two capitals such as NO, or EU');
    return newEventEntry(type, marketStream(market), { name: 'market', id: market });
  }
  if (!isLoggable(type)) throw wrong('type', 'is no type of event that can be logged here');
  if (!isSlug(automaker)) throw wrong('automaker', 'must be a slug, such as xpeng');
  return newEventEntry(type, automakerStream(automaker), { name: 'automaker', id: automaker });
}

/** Whether a form of its own logs the type, and not the page of another event. */
const isLoggable = (type: string): type is EventType => isEventType(type) && !isAmendment(definitionOf(type));

function isForMarket(type: string): type is EventType {
  if (!isEventType(type)) return false;
  const definition = definitionOf(type);
  return !isAmendment(definition) && definition.stream === 'market';
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
