import { Controller, Get, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clocksOf } from '../api/clock-parameters.js';
import { etagOf, isUnchanged } from '../api/unchanged.js';
import { Costly, CostlyQuestions } from '../api/costly-questions.js';
import { limitFrom } from '../api/paging.js';
import { EVENT_TYPES } from '../domain/events/catalogue.js';
import { isMarket } from '../domain/events/fields.js';
import { goalInSentence } from '../domain/words/goals.js';
import { NotFound } from '../problems/not-found.js';
import { ListQuietGoals } from '../queries/audit/list-quiet-goals.js';
import { timelineFilterFrom, TimelineParameters } from '../queries/events/events.controller.js';
import { ListEvents } from '../queries/events/list-events.js';
import { ListVerdictChanges } from '../queries/goals/list-verdict-changes.js';
import { marketName, NAMING } from '../queries/names.js';
import type { TimelineEntry } from '../queries/events/timeline.js';
import { toAtom } from './atom.js';
import type { Feed, FeedItem } from './feed.js';
import { toJsonFeed } from './json-feed.js';

const FORMATS = {
  atom: { type: 'application/atom+xml; charset=utf-8', write: toAtom },
  json: { type: 'application/feed+json; charset=utf-8', write: toJsonFeed },
} as const;

const FEEDS = ['events', 'corrections', 'verdicts', 'quiet-goals'] as const;
const IS_FEED = /^(events|corrections|verdicts|quiet-goals)\.(atom|json)$/;

const ITEMS = 50;
const MOST_ITEMS = 200;

/** Event types that correct or withdraw what was recorded. */
const CORRECTIONS = EVENT_TYPES.filter((type) =>
  /^(Event(Corrected|Retracted|Reinstated)|EvidenceCorrected)$/.test(type),
);

/**
 * The ledger's news for feed readers, as Atom and JSON Feed: any filter of the timeline, corrections, changed
 * verdicts, and goals gone quiet. The id of an item never changes. A reader that is up to date gets a 304.
 */
@Controller('feeds')
@UseInterceptors(CostlyQuestions)
@Costly()
export class FeedsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':feed')
  async feed(
    @Param('feed') name: string,
    @Query() parameters: TimelineParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const [, what, format = ''] = IS_FEED.exec(name) ?? [];
    if (what === undefined || !isFormat(format))
      throw new NotFound({
        detail: `There is no feed ${name}. There are ${FEEDS.map((each) => `${each}.atom and ${each}.json`).join(', ')}.`,
      });
    const made = await this.made(what, format, parameters);
    const { type, write } = FORMATS[format];
    const body = write({ ...made, self: request.url, site: `${request.protocol}://${request.host}` });
    if (format === 'json') void reply.header('Link', '</schemas/json-feed.json>; rel="describedby"');
    void reply.type(type);
    return isUnchanged(request, reply, etagOf(body)) ? undefined : body;
  }

  private made(what: string, format: string, parameters: TimelineParameters): Promise<FeedContent> {
    if (what === 'quiet-goals') return this.quietGoals(parameters);
    return what === 'verdicts' ? this.verdicts(parameters) : this.events(what, format, parameters);
  }

  private async verdicts(parameters: TimelineParameters): Promise<FeedContent> {
    const { automaker } = timelineFilterFrom(parameters);
    const { changes } = await this.queries.execute(new ListVerdictChanges(clocksOf(parameters), automaker));
    const items = changes.map(
      ({ automaker: of, name, target, terms, recordedOn, recordedAt, before, after }): FeedItem => ({
        // A verdict changes at most once a day: later events of that day update the item.
        id: `urn:market-expansion-tracker:verdict:${of}:${target}:${recordedOn}`,
        path: `/automakers/${of}/targets/${target}`,
        title: `${name}: another verdict on ${goalInSentence(terms, NAMING)}`,
        text: `Now: ${after.summary} Before: ${before.summary}`,
        updated: recordedAt,
        sources: [],
      }),
    );
    const query = automaker === undefined ? '' : `?automaker=${automaker}`;
    return {
      id: `urn:market-expansion-tracker:verdicts${query}`,
      title: automaker === undefined ? 'Verdicts that changed' : `Verdicts that changed: ${automaker}`,
      page: automaker === undefined ? '/goals' : `/automakers/${automaker}`,
      items: items.slice(0, limitFrom(parameters.limit, ITEMS, MOST_ITEMS)),
    };
  }

  private async events(what: string, format: string, parameters: TimelineParameters): Promise<FeedContent> {
    const isCorrections = what === 'corrections';
    const filter = timelineFilterFrom(parameters);
    const { events, next } = await this.queries.execute(
      new ListEvents(
        isCorrections ? { ...filter, types: CORRECTIONS } : filter,
        { by: 'position', newestFirst: true },
        limitFrom(parameters.limit, ITEMS, MOST_ITEMS),
        clocksOf(parameters),
        parameters.cursor,
      ),
    );
    const query = queryOf(parameters);
    return {
      id: `urn:market-expansion-tracker:${what}${query}`,
      title: `${isCorrections ? 'Corrections' : 'Events'}${inWords(parameters)}`,
      page: `/timeline${isCorrections ? `?type=${CORRECTIONS.join(',')}` : query}`,
      items: events.map(itemOf),
      ...(next !== undefined && {
        next: `/feeds/${what}.${format}?${new URLSearchParams({ ...asked(parameters), cursor: next }).toString()}`,
      }),
    };
  }

  private async quietGoals(parameters: TimelineParameters): Promise<FeedContent> {
    const { automaker } = timelineFilterFrom(parameters);
    const { goals } = await this.queries.execute(new ListQuietGoals(clocksOf(parameters)));
    const items = goals
      .filter((goal) => automaker === undefined || goal.automaker === automaker)
      .map(({ automaker: of, name, target, terms, lastSaidOn, quietFrom, event }): FeedItem => ({
        // The same goal can be repeated and go quiet again.
        id: `urn:market-expansion-tracker:quiet:${of}:${target}:${event}`,
        path: `/automakers/${of}/targets/${target}`,
        title: `${name}: a goal has gone quiet`,
        text: `“${terms.wording}” was last said on ${lastSaidOn}. That it has gone quiet is inferred from silence, not declared.`,
        updated: `${quietFrom}T00:00:00.000Z`,
        sources: [],
      }))
      .sort((a, b) => (a.updated < b.updated ? 1 : -1))
      .slice(0, limitFrom(parameters.limit, ITEMS, MOST_ITEMS));
    return {
      id: 'urn:market-expansion-tracker:quiet-goals',
      title: 'Goals gone quiet',
      page: '/#quiet',
      items,
    };
  }
}

type FeedContent = Omit<Feed, 'self' | 'site'>;

const isFormat = (name: string): name is keyof typeof FORMATS => name in FORMATS;

function itemOf({
  id,
  sentence,
  note,
  recordedAt,
  recordedBy,
  evidence,
  occurredOn,
}: TimelineEntry): FeedItem {
  const publishers = [...new Set(evidence.map(({ publisher }) => publisher))];
  return {
    id: `urn:uuid:${id}`,
    path: `/events/${id}`,
    title: sentence,
    text: [
      `Happened: ${occurredOn}.`,
      ...(publishers.length > 0 ? [`Told by ${publishers.join(', ')}.`] : []),
      ...(note === undefined ? [] : [note]),
    ].join(' '),
    updated: recordedAt,
    author: recordedBy,
    sources: evidence.map(({ url }) => url),
  };
}

/** Parameters that only select a part of a feed do not make it a different feed. */
const NOT_ASKED = ['cursor', 'limit', 'minPosition', 'order', 'direction'];

const asked = (parameters: TimelineParameters): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !NOT_ASKED.includes(entry[0]),
    ),
  );

function queryOf(parameters: TimelineParameters): string {
  const query = new URLSearchParams(asked(parameters));
  query.sort();
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function inWords(parameters: TimelineParameters): string {
  const filters = Object.entries(asked(parameters)).map(([name, value]) =>
    name === 'market' && isMarket(value) ? marketName(value) : `${name} ${value}`,
  );
  return filters.length === 0 ? '' : `: ${filters.join(', ')}`;
}
