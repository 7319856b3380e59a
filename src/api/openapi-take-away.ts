import { SETTLEMENTS } from '../domain/release/release-standing.js';
import { oneOf, TEXT } from './json-schema.js';
import type { RouteDescription } from './openapi-recording-routes.js';
import { jsonFeed } from './published-schemas.js';

const ARCHIVE = { type: 'string', format: 'binary' };

const WEBHOOK_BODY = (required: readonly string[]): Record<string, unknown> => ({
  'application/json': {
    schema: {
      type: 'object',
      required,
      properties: {
        url: { type: 'string', description: 'https, or http to this machine' },
        after: { type: 'integer', minimum: 0, description: 'Send what was recorded after this position' },
      },
    },
  },
});

const SETTLEMENT = oneOf(SETTLEMENTS);

const RELEASE_BODY = {
  'application/json': {
    schema: {
      type: 'object',
      required: ['text', 'month', 'source'],
      properties: {
        text: { type: 'string', description: 'The table as it was pasted' },
        month: { type: 'string', description: 'The month of the release, such as 2026-03' },
        measure: { type: 'string', description: 'What it counts where its labels do not say; total-units' },
        basis: { type: 'string' },
        entity: { type: 'string' },
        market: { type: 'string' },
        source: {
          type: 'object',
          description: 'The one source of all figures: url, publisher, publishedOn, grade',
        },
        labels: {
          type: 'object',
          description: 'What labels mean that are not understood, by the label; remembered for the automaker',
        },
        confirm: { type: 'array', items: { type: 'string' } },
        confirmSums: { type: 'boolean', description: 'Record it although sums do not hold' },
        differing: {
          description:
            'What becomes of cells that differ from what was recorded from the same source or its publisher: one word for all, or one by cell, {"3:2": "correct"}',
          oneOf: [SETTLEMENT, { type: 'object', additionalProperties: SETTLEMENT }],
        },
        record: { type: 'boolean' },
      },
    },
  },
};

/** The routes for downloads, feeds, releases and webhooks. */
export const TAKE_AWAY_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'SnapshotListController.list': {
    tag: 'ask',
    summary: 'The days on which something was recorded: each has a snapshot',
    answer: 'Days, the newest first, and `next` where there are more',
  },
  'SnapshotsController.snapshot': {
    tag: 'ask',
    summary:
      'The ledger and what it amounts to as a Data Package: tables, licence, checkpoint, verifier; for “latest”, a day (all that was recorded by its end), or a position',
    answer: 'An archive; that of one position has the same bytes for good',
    content: { 'application/zip': ARCHIVE },
  },
  'SnapshotsController.delta': {
    tag: 'ask',
    summary:
      'What to put into the tables of one snapshot, and to take out, so that they become those of a later one',
    answer: 'An archive',
    content: { 'application/zip': ARCHIVE },
  },
  'GoalsController.verdictChanges': {
    tag: 'ask',
    summary: 'The verdicts that the newest 30 days of recording changed; time alone changes none',
    answer: 'Each with the verdict before and after, the last recorded first',
  },
  'SchemasController.list': {
    tag: 'ask',
    summary: 'JSON Schemas of events, messages to receivers, feeds and archives, at addresses that stay',
    answer: 'Their titles and addresses',
  },
  'SchemasController.one': {
    tag: 'ask',
    summary: 'A JSON Schema (2020-12), such as event.json',
    answer: 'The schema',
    content: { 'application/schema+json': { type: 'object', additionalProperties: true } },
  },
  'FeedsController.feed': {
    tag: 'ask',
    summary:
      'Atom and JSON Feed for feed readers: events, corrections, verdicts or quiet-goals, with .atom or .json; events take any filter of the timeline',
    answer: 'A feed; JSON Feed 1.1 where the name ends in .json',
    content: { 'application/atom+xml': TEXT, 'application/feed+json': jsonFeed() },
  },
  'ReleasesController.paste': {
    tag: 'record',
    summary:
      'A pasted monthly release (text, CSV, HTML or Markdown): how its rows and columns are understood, whether its sums hold by themselves and beside the ledger, how each figure stands to what is recorded, and what recording it would do; with record=true what is new is recorded, all or nothing',
    answer:
      'Figures, labels, what could not be read, sums that do not hold, and the preview; or what was recorded',
    statuses: ['200', '201'],
    body: RELEASE_BODY,
  },
  'WebhooksController.list': {
    tag: 'operate',
    summary: 'Receivers that are sent every event as it is recorded, how far each is, and what went wrong',
    answer: 'Receivers, and the position of the newest event',
  },
  'WebhooksController.add': {
    tag: 'operate',
    summary:
      'Send every event that is recorded from now on, or after a position, to a receiver: signed (Standard Webhooks), in ledger order, at least once',
    answer: 'The receiver, with the secret that its messages are signed with',
    statuses: ['201'],
    body: WEBHOOK_BODY(['url']),
  },
  'WebhooksController.enable': {
    tag: 'operate',
    summary: 'Send to a receiver again, from where it stopped or after a position',
    answer: 'The receiver',
    body: WEBHOOK_BODY([]),
  },
  'WebhooksController.remove': {
    tag: 'operate',
    summary: 'Send nothing more to a receiver',
    answer: 'The receiver as it was',
  },
};
