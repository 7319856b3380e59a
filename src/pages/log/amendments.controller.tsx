import { Body, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../access/require-role.js';
import { Optional } from '../../api/clock-parameters.js';
import { SuggestionDesk } from '../../commands/suggestions/suggestion-desk.js';
import { NotFound } from '../../problems/not-found.js';
import { GetEvent } from '../../queries/events/get-event.js';
import { formValues, textOf } from '../form-body.js';
import { valuesOfSuggestion, withSuggestion } from '../suggestions/from-suggestion.js';
import { PageParameters } from '../page-parameters.js';
import { PageController } from '../page-controller.js';
import type { Page, SeeOther } from '../page.js';
import { ACTS, actEntry, firstValues, type Amendment } from './amendment-forms.js';
import { answerForm, entryPage } from './answer-form.js';
import { LONGEST_DRAFT, valuesOfDraft } from './draft.js';
import { EventFormService } from './event-form-service.js';

export class ActParameters extends PageParameters {
  /** The reader's suggestion that it records. */
  @Optional()
  @MaxLength(64)
  suggestion?: string;

  /** The address of the source to correct. */
  @Optional()
  @MaxLength(2000)
  url?: string;

  /** The form's contents, kept as a link. */
  @Optional()
  @MaxLength(LONGEST_DRAFT)
  draft?: string;
}

/** Corrects an event or one of its sources, retracts or moves it, or adds evidence to it. */
@PageController('events')
@RequireRole('analyst')
export class ActsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly forms: EventFormService,
    private readonly suggestions: SuggestionDesk,
  ) {}

  @Get(':id/:act')
  async form(
    @Param('id') id: string,
    @Param('act') name: string,
    @Query() { suggestion, url, draft }: ActParameters,
  ): Promise<Page> {
    const act = actFrom(name);
    const life = await this.queries.execute(new GetEvent(id.toLowerCase(), {}));
    const entry = actEntry(act, life);
    const typed = draft === undefined ? undefined : valuesOfDraft(draft);
    if (suggestion === undefined) return entryPage(entry, typed ?? firstValues(act, life, url));
    const kept = await this.suggestions.one(suggestion);
    const values = typed ?? { ...firstValues(act, life), ...valuesOfSuggestion(kept) };
    return entryPage(withSuggestion(entry, kept), values);
  }

  @Post(':id/:act')
  @HttpCode(200)
  async record(
    @Param('id') id: string,
    @Param('act') name: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const act = actFrom(name);
    const life = await this.queries.execute(new GetEvent(id.toLowerCase(), {}));
    const entry = actEntry(act, life);
    const suggestion = textOf(formValues(body), 'suggestion');
    if (suggestion === '') return answerForm(this.forms, entry, request, body);
    const kept = await this.suggestions.one(suggestion);
    return answerForm(this.forms, withSuggestion(entry, kept), request, body);
  }
}

function actFrom(name: string): Amendment {
  const act = ACTS.find((each) => each === name);
  if (act) return act;
  throw new NotFound({ detail: `An event can be answered with ${ACTS.join(', ')}, not with ${name}.` });
}
