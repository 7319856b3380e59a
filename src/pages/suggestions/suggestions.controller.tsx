import { Body, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { IsIn, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { checkOrigin } from '../../access/form-tokens.js';
import { placeOf } from '../../access/rate-limit.js';
import { RequireRole } from '../../access/require-role.js';
import { SUGGESTION_STATES, type SuggestionState } from '../../access/suggestion-row.js';
import { Optional } from '../../api/clock-parameters.js';
import { SUGGESTION_BYTES, SuggestionDesk } from '../../commands/suggestions/suggestion-desk.js';
import { isSlug } from '../../domain/events/fields.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { InvalidRequest, type FieldProblem } from '../../problems/request-problems.js';
import { NotFound } from '../../problems/not-found.js';
import { Unauthenticated } from '../../problems/access-problems.js';
import { GetEvent } from '../../queries/events/get-event.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { NameGoals } from '../../queries/automakers/name-goals.js';
import { idNamed } from '../../domain/ledger/picked-names.js';
import { ListNamesToPick, type NamedThing } from '../../queries/log/names-to-pick.js';
import { formValues, textOf, type FormValues } from '../form-body.js';
import { addressOf } from '../page-context.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import { SeeOther, type Page } from '../page.js';
import { fieldName, suggestionIn } from './suggest-form.js';
import { SuggestPage } from './suggest-page.js';
import { SuggestionList } from './suggestion-list.js';
import { SuggestionPage } from './suggestion-page.js';

export class SuggestParameters extends PageParameters {
  /** The event that it is about. */
  @Optional()
  @MaxLength(64)
  about?: string;

  @Optional()
  @MaxLength(64)
  automaker?: string;

  @Optional()
  @MaxLength(64)
  target?: string;

  @Optional()
  @MaxLength(20)
  market?: string;
}

export class SuggestionStateParameters extends PageParameters {
  /** Set if the reader has just made it. */
  @Optional()
  @IsIn(['yes'])
  new?: 'yes';
}

export class SuggestionListPageParameters extends PageParameters {
  @Optional()
  @IsIn(SUGGESTION_STATES)
  state?: SuggestionState;

  @Optional()
  @MaxLength(64)
  after?: string;
}

const A_PAGE = 20;

/** Suggestions of readers: the form, the state of each, and the list for analysts. */
@PageController()
export class SuggestionPagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly desk: SuggestionDesk,
  ) {}

  @Get('suggest')
  form(@Query() { about, automaker, target, market }: SuggestParameters): Promise<Page> {
    const given = { about, automaker, target, market };
    return this.page(
      Object.fromEntries(Object.entries(given).map(([field, value]) => [fieldName(field), value])),
    );
  }

  @Post('suggest')
  @RequireRole('reader')
  @RouteConfig({ anonymousBody: SUGGESTION_BYTES })
  @HttpCode(200)
  async suggest(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Page | SeeOther> {
    checkOrigin(request);
    const values = formValues(body);
    // People do not see this field. A bot that fills it in is redirected as if its suggestion had been
    // accepted.
    if (textOf(values, 'website') !== '') return new SeeOther('/suggest');
    const { automakers } = await this.queries.execute(new ListNamesToPick(undefined));
    try {
      const { id } = await this.desk.suggest(suggestionIn(values, automakers), placeOf(request));
      return new SeeOther(addressOf(`/suggestions/${id}`, { new: 'yes' }));
    } catch (error) {
      if (error instanceof InvalidRequest)
        return this.page(values, { problems: error.details['errors'] as readonly FieldProblem[] }, 400);
      if (error instanceof HttpProblem)
        return this.page(values, { refusal: error.details.detail }, error.status);
      throw error;
    }
  }

  @Get('suggestions')
  @RequireRole('analyst')
  list(@Query() { state = 'waiting', after }: SuggestionListPageParameters): Promise<Page> {
    return this.listPage(state, after);
  }

  /** For everybody who has the address: its contributor and analysts. */
  @Get('suggestions/:suggestion')
  async one(
    @Param('suggestion') id: string,
    @Query() { new: isNew }: SuggestionStateParameters,
  ): Promise<Page> {
    const kept = await this.desk.one(id);
    return {
      title: 'A suggestion',
      description: 'What became of a suggestion.',
      body: <SuggestionPage kept={kept} isNew={isNew === 'yes'} />,
    };
  }

  @Post('suggestions/:suggestion/decline')
  @RequireRole('analyst')
  @HttpCode(200)
  async decline(
    @Param('suggestion') id: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const author = request.principal?.name;
    if (author === undefined)
      throw new Unauthenticated({ detail: 'Sign in first: what is decided has an author.' });
    const reason = textOf(formValues(body), 'reason');
    try {
      await this.desk.decline(id, reason, author);
      return new SeeOther('/suggestions');
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      const words = (error.details['errors'] as readonly FieldProblem[])
        .map(({ message }) => message)
        .join('; ');
      return this.listPage('waiting', undefined, { id, words, typed: reason });
    }
  }

  private async listPage(
    state: SuggestionState,
    after: string | undefined,
    refusal?: { readonly id: string; readonly words: string; readonly typed: string },
  ): Promise<Page> {
    const page = await this.desk.list(state, A_PAGE, after);
    const ids = page.suggestions.flatMap(({ suggestion: { about } }) => about ?? []);
    const order = { by: 'position', newestFirst: true } as const;
    const { events } = await this.queries.execute(new ListEvents({ ids }, order, A_PAGE, {}));
    const automakers = page.suggestions.flatMap(({ suggestion: { automaker } }) => automaker ?? []);
    const [named, goals] = await Promise.all([
      this.queries.execute(new ListNamesToPick(undefined)),
      this.queries.execute(new NameGoals(automakers, {})),
    ]);
    const sentences = new Map([
      ...named.automakers.map(({ id, names: [name = id] }) => [id, name] as const),
      ...goals,
      ...events.map(({ id, sentence }) => [id, sentence] as const),
    ]);
    return {
      title: 'What readers suggest',
      description: 'Suggestions of readers that wait for an analyst.',
      section: 'log',
      ...(refusal && { status: 400 }),
      body: <SuggestionList state={state} page={page} sentences={sentences} {...(refusal && { refusal })} />,
    };
  }

  private async page(
    values: FormValues,
    outcome: { readonly problems?: readonly FieldProblem[]; readonly refusal?: string } = {},
    status = 200,
  ): Promise<Page> {
    const { problems = [], refusal } = outcome;
    const { automakers } = await this.queries.execute(new ListNamesToPick(undefined));
    const about = await this.aboutOf(values, automakers);
    const title = 'Suggest a source or a correction';
    return {
      title: problems.length > 0 ? `Error: ${title}` : title,
      description: 'Tell what is missing or wrong: an analyst looks at it.',
      status,
      body: (
        <SuggestPage
          values={values}
          automakers={automakers}
          problems={problems}
          {...(about && { about })}
          {...(refusal !== undefined && { refusal })}
        />
      ),
    };
  }

  /** The subject of a suggestion in words; undefined if it does not exist. */
  private async aboutOf(
    values: FormValues,
    automakers: readonly NamedThing[],
  ): Promise<{ readonly sentence: string; readonly path: string } | undefined> {
    const [about, called = '', target] = ['about', 'automaker', 'target'].map((field) =>
      textOf(values, fieldName(field)),
    );
    const automaker = idNamed(called, automakers) ?? called;
    try {
      if (about !== undefined && about !== '') {
        const { id, sentence } = await this.queries.execute(new GetEvent(about.toLowerCase(), {}));
        return { sentence, path: `/events/${id}` };
      }
      if (!isSlug(automaker) || !isSlug(target)) return undefined;
      const titles = await this.queries.execute(new NameGoals([automaker], {}));
      const sentence = titles.get(`${automaker}/${target}`);
      return sentence === undefined
        ? undefined
        : { sentence, path: `/automakers/${automaker}/targets/${target}` };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
}
