import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { IsIn } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { placeOf } from '../../access/rate-limit.js';
import { Author, RequireRole } from '../../access/require-role.js';
import { SUGGESTION_STATES, type SuggestionState } from '../../access/suggestion-row.js';
import { Clock } from '../../clock/clock.js';
import { isPlainObject, Optional } from '../../domain/events/fields.js';
import { knownFields } from '../../problems/known-fields.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { QueueParameters } from '../queue/queue-parameters.js';
import { DryRunParameters } from '../recording/dry-run-parameters.js';
import type { Preview } from '../recording/preview-events.js';
import type { Recording } from '../recording/record-events.js';
import { SUGGESTION_BYTES, SuggestionDesk } from './suggestion-desk.js';
import type { KeptSuggestion, SuggestionPage } from './suggestions.js';

export class SuggestionListParameters extends QueueParameters {
  @Optional()
  @IsIn(SUGGESTION_STATES)
  state?: SuggestionState;
}

/** Suggestions of readers: anybody who may read can send one, analysts decide. */
@Controller('suggestions')
export class SuggestionsController {
  constructor(
    private readonly desk: SuggestionDesk,
    private readonly clock: Clock,
  ) {}

  @Post()
  @RequireRole('reader')
  @RouteConfig({ anonymousBody: SUGGESTION_BYTES })
  @HttpCode(201)
  async suggest(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KeptSuggestion> {
    void reply.header('Cache-Control', 'no-store');
    const { website, ...given } = isPlainObject(body) ? body : {};
    // People do not see this field, so only bots fill it in. They get the answer of an accepted suggestion,
    // but nothing is stored.
    if (typeof website === 'string' && website !== '') return asIfKept(given, this.clock.now());
    return this.desk.suggest(given, placeOf(request));
  }

  @Get()
  @RequireRole('analyst')
  list(
    @Query() { state = 'waiting', limit = '50', after }: SuggestionListParameters,
  ): Promise<SuggestionPage> {
    return this.desk.list(state, Number(limit), after);
  }

  /** Open to everybody who has the id: the sender and analysts. */
  @Get(':suggestion')
  one(@Param('suggestion') id: string): Promise<KeptSuggestion> {
    return this.desk.one(id);
  }

  @Post(':suggestion/accept')
  @RequireRole('analyst')
  @HttpCode(200)
  accept(
    @Param('suggestion') id: string,
    @Body() body: unknown,
    @Query() { dryRun: asked }: DryRunParameters,
    @Author() author: string,
  ): Promise<Recording | Preview> {
    const { event, grade, dryRun = false } = knownFields(body, ['event', 'grade', 'dryRun']);
    if (typeof dryRun !== 'boolean')
      throw new InvalidRequest([{ field: 'dryRun', message: 'must be true or false' }]);
    const acceptance = { event, grade };
    return dryRun || asked === 'true'
      ? this.desk.preview(id, acceptance, author)
      : this.desk.accept(id, acceptance, author);
  }

  @Post(':suggestion/decline')
  @RequireRole('analyst')
  @HttpCode(200)
  decline(
    @Param('suggestion') id: string,
    @Body() body: unknown,
    @Author() author: string,
  ): Promise<KeptSuggestion> {
    return this.desk.decline(id, knownFields(body, ['reason']).reason, author);
  }
}

function asIfKept(given: Readonly<Record<string, unknown>>, createdAt: string): KeptSuggestion {
  return {
    id: randomBytes(16).toString('hex'),
    // The suggestion is returned as it came.
    suggestion: given as unknown as KeptSuggestion['suggestion'],
    createdAt,
    state: 'waiting',
  };
}
