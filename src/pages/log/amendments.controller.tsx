import { Body, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../access/require-role.js';
import { NotFound } from '../../problems/not-found.js';
import { GetEvent } from '../../queries/events/get-event.js';
import { PageController } from '../page-controller.js';
import type { Page, SeeOther } from '../page.js';
import { ACTS, actEntry, firstValues, type Amendment } from './amendment-forms.js';
import { answerForm, entryPage } from './answer-form.js';
import { EventFormService } from './event-form-service.js';

/** Correcting, retracting, and adding evidence to an event. */
@PageController('events')
@RequireRole('analyst')
export class ActsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly forms: EventFormService,
  ) {}

  @Get(':id/:act')
  async form(@Param('id') id: string, @Param('act') name: string): Promise<Page> {
    const act = actFrom(name);
    const life = await this.queries.execute(new GetEvent(id.toLowerCase(), {}));
    return entryPage(actEntry(act, life), firstValues(act, life));
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
    return answerForm(this.forms, actEntry(act, life), request, body);
  }
}

function actFrom(name: string): Amendment {
  const act = ACTS.find((each) => each === name);
  if (act) return act;
  throw new NotFound({ detail: `An event can be answered with ${ACTS.join(', ')}, not with ${name}.` });
}
