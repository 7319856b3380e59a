import { Body, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../access/require-role.js';
import { definitionOf, isAmendment, isEventType } from '../../domain/events/catalogue.js';
import type { AnyEventType } from '../../domain/events/event-type.js';
import { isMarket, isSlug } from '../../domain/events/fields.js';
import type { FieldError } from '../../domain/events/field-kind.js';
import { marketFromWords } from '../../domain/ledger/peoples-words.js';
import { idFor, idNamed } from '../../domain/ledger/picked-names.js';
import { asSearched } from '../../domain/search/wanted-words.js';
import { companyFromSlug, listInWords } from '../../domain/words/values.js';
import { ListNamesToPick, type NamedThing } from '../../queries/log/names-to-pick.js';
import { marketName } from '../../queries/names.js';
import { automakerStream, companyStream, marketStream } from '../../domain/ledger/streams.js';
import { SuggestionDesk } from '../../commands/suggestions/suggestion-desk.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { Optional } from '../../api/clock-parameters.js';
import { formValues, textOf } from '../form-body.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page, SeeOther } from '../page.js';
import { valuesOfSuggestion, withSuggestion } from '../suggestions/from-suggestion.js';
import { answerForm, entryPage } from './answer-form.js';
import { Beginnings } from './beginnings.js';
import { ChooserPage } from './chooser-page.js';
import { LONGEST_DRAFT, valuesOfDraft } from './draft.js';
import { EventFormService } from './event-form-service.js';
import { newEventEntry, type EventForm } from './event-form.js';

export class LogParameters extends PageParameters {
  @Optional()
  @MaxLength(64)
  type?: string;

  /** The subject, by name or id: an automaker, a market or a company, depending on the type. */
  @Optional()
  @MaxLength(200)
  of?: string;

  @Optional()
  @MaxLength(64)
  automaker?: string;

  @Optional()
  @MaxLength(20)
  market?: string;

  @Optional()
  @MaxLength(64)
  company?: string;

  /** An event to start from: for a similar event, or for one about the same goal. */
  @Optional()
  @MaxLength(64)
  like?: string;

  /** The reader's suggestion that it records. */
  @Optional()
  @MaxLength(64)
  suggestion?: string;

  /** The form's contents, kept as a link. */
  @Optional()
  @MaxLength(LONGEST_DRAFT)
  draft?: string;
}

/** Logs an event: first its subject and type are chosen, then the form of that type is filled in. */
@PageController('log')
@RequireRole('analyst')
export class LogController {
  constructor(
    private readonly queries: QueryBus,
    private readonly forms: EventFormService,
    private readonly beginnings: Beginnings,
    private readonly suggestions: SuggestionDesk,
  ) {}

  @Get()
  async form(@Query() parameters: LogParameters): Promise<Page> {
    const { type, like, suggestion, draft } = parameters;
    const owner = ownerFrom(parameters);
    if (type === undefined) return this.chooser(parameters, []);
    const found = await this.entry(type, owner);
    if (!('entry' in found)) return this.chooser(parameters, found.problems);
    const entry = begunWith(found.entry, like);
    const typed = draft === undefined ? undefined : valuesOfDraft(draft);
    const values = typed ?? (like === undefined ? {} : await this.beginnings.like(like, type));
    if (suggestion === undefined) return entryPage(entry, values);
    const kept = await this.suggestions.one(suggestion);
    return entryPage(withSuggestion(entry, kept), typed ?? { ...values, ...valuesOfSuggestion(kept) });
  }

  @Post()
  @HttpCode(200)
  async log(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Page | SeeOther> {
    const values = formValues(body);
    const named = (name: string): string | undefined => textOf(values, name) || undefined;
    const given = {
      of: named('of'),
      automaker: named('automaker'),
      market: named('market'),
      company: named('company'),
    };
    const found = await this.entry(textOf(values, 'type'), ownerFrom(given));
    if (!('entry' in found))
      throw new InvalidRequest(found.problems.map(({ field, message }) => ({ field, message })));
    const entry = begunWith(found.entry, named('like'));
    const suggestion = textOf(values, 'suggestion');
    if (suggestion === '') return answerForm(this.forms, entry, request, body);
    const kept = await this.suggestions.one(suggestion);
    return answerForm(this.forms, withSuggestion(entry, kept), request, body);
  }

  private async chooser(parameters: LogParameters, problems: readonly FieldError[]): Promise<Page> {
    const { automakers } = await this.queries.execute(new ListNamesToPick(undefined));
    const given = ownerFrom(parameters);
    const { suggestion } = parameters;
    const kept = suggestion === undefined ? undefined : await this.suggestions.one(suggestion);
    const waiting = await this.suggestions.waiting();
    return {
      title: problems.length > 0 ? 'Error: Log an event' : 'Log an event',
      description: 'Log what happened, with its source.',
      section: 'log',
      ...(problems.length > 0 && { status: 400 }),
      body: (
        <ChooserPage
          automakers={automakers}
          of={calledBy(given, automakers)}
          type={parameters.type ?? ''}
          problems={problems}
          waiting={waiting}
          {...(kept && { suggestion: kept })}
        />
      ),
    };
  }

  /** The form for a type and subject, or the problems with these. */
  private async entry(
    type: string,
    given: string,
  ): Promise<{ readonly entry: EventForm } | { readonly problems: readonly FieldError[] }> {
    const kind = streamOf(type);
    if (!kind || !isEventType(type)) return wrong('type', 'Choose what happened from the list.');
    switch (kind) {
      case 'market': {
        const market = isMarket(given) ? given : marketFromWords(given);
        if (market === undefined)
          return wrong(
            'of',
            `This happens to a market: name it, such as Norway or the European Union. ${asTyped(given)}`,
          );
        const place = { name: 'market', id: market, called: marketName(market) } as const;
        return { entry: newEventEntry(type, marketStream(market), place) };
      }
      case 'company': {
        const company = idFor(given);
        if (!isSlug(company)) return wrong('of', `Name the company, such as Renault. ${asTyped(given)}`);
        const place = { name: 'company', id: company, called: companyFromSlug(company) } as const;
        return { entry: newEventEntry(type, companyStream(company), place) };
      }
      case 'automaker': {
        const { automakers } = await this.queries.execute(new ListNamesToPick(undefined));
        const known = idNamed(given, automakers);
        const isNew = type === 'AutomakerRegistered';
        const id = known ?? (isNew ? idFor(given) : undefined);
        if (id === undefined || !isSlug(id))
          return wrong(
            'of',
            given === ''
              ? 'Name the automaker.'
              : `No automaker is called “${given}”. ${nearest(given, automakers)}`,
          );
        const called = automakers.find((each) => each.id === id)?.names[0] ?? given;
        const names =
          known === undefined ? undefined : await this.queries.execute(new ListNamesToPick(known));
        return { entry: newEventEntry(type, automakerStream(id), { name: 'automaker', id, called }, names) };
      }
    }
  }
}

type Owner = Readonly<Partial<Record<'of' | 'automaker' | 'market' | 'company', string | undefined>>>;

/** A form that starts from another event has its own draft, separate from the empty form's. */
const begunWith = (entry: EventForm, like: string | undefined): EventForm =>
  like === undefined ? entry : { ...entry, hidden: { ...entry.hidden, like } };

const ownerFrom = ({ of, automaker, market, company }: Owner): string =>
  (of ?? automaker ?? market ?? company ?? '').trim();

/** The typed text, or the name for an id from a link. */
const calledBy = (given: string, automakers: readonly NamedThing[]): string =>
  automakers.find(({ id }) => id === given)?.names[0] ?? given;

const asTyped = (given: string): string => (given === '' ? '' : `“${given}” names none.`);

function nearest(given: string, automakers: readonly NamedThing[]): string {
  const wanted = asSearched(given);
  const near = automakers.filter(({ names }) =>
    names.some((name) => asSearched(name).startsWith(wanted.slice(0, 2)) && wanted !== ''),
  );
  const named = (near.length > 0 ? near : automakers).slice(0, 5).flatMap(({ names }) => names[0] ?? []);
  return named.length === 0
    ? 'None is registered yet: log “Automaker registered” first.'
    : `Do you mean ${listInWords(named)}? A new one begins with “Automaker registered”.`;
}

/**
 * The kind of stream for events of a type; undefined for amendments, which are logged from their event's
 * page.
 */
function streamOf(type: string): AnyEventType['stream'] | undefined {
  if (!isEventType(type)) return undefined;
  const definition = definitionOf(type);
  return isAmendment(definition) ? undefined : definition.stream;
}

const wrong = (field: string, message: string): { readonly problems: readonly FieldError[] } => ({
  problems: [{ field, message: message.trim() }],
});
