import { Body, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../access/require-role.js';
import { definitionOf, isAmendment, isEventType } from '../../domain/events/catalogue.js';
import type { AnyEventType } from '../../domain/events/event-type.js';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import { slugInWords } from '../../domain/ledger/peoples-words.js';
import { automakerStream, companyStream, marketStream } from '../../domain/ledger/streams.js';
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
  @MaxLength(8)
  market?: string;

  @Optional()
  @MaxLength(64)
  company?: string;
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
  async form(@Query() { type, automaker, market, company }: LogParameters): Promise<Page> {
    if (type !== undefined) return entryPage(entryFrom(type, { automaker, market, company }), {});
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
    const entry = entryFrom(textOf(values, 'type'), {
      automaker: named('automaker'),
      market: named('market'),
      company: named('company'),
    });
    return answerForm(this.forms, entry, request, body);
  }
}

/** Whose event it is: each type is of one kind of them. */
type Owner = Readonly<Record<'automaker' | 'market' | 'company', string | undefined>>;

function entryFrom(type: string, { automaker, market, company }: Owner): EventForm {
  const stream = streamOf(type);
  if (!stream || !isEventType(type)) throw wrong('type', 'is no type of event that can be logged here');
  switch (stream) {
    case 'market':
      if (market === undefined || !isMarket(market))
        throw wrong('market', 'must be two capitals such as NO, or a region such as EU');
      return newEventEntry(type, marketStream(market), { name: 'market', id: market });
    case 'company':
      if (!isSlug(company)) throw wrong('company', 'must be a slug, such as renault');
      return newEventEntry(type, companyStream(company), { name: 'company', id: company });
    case 'automaker': {
      const id = slugInWords(automaker ?? '');
      if (!isSlug(id)) throw wrong('automaker', 'must be a slug, such as xpeng');
      return newEventEntry(type, automakerStream(id), { name: 'automaker', id });
    }
  }
}

/** Whose stream an event of a type stands in, where a form of its own logs it, and not the page of another event. */
function streamOf(type: string): AnyEventType['stream'] | undefined {
  if (!isEventType(type)) return undefined;
  const definition = definitionOf(type);
  return isAmendment(definition) ? undefined : definition.stream;
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
