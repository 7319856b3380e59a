import { EVENT_TYPES } from '../domain/events/catalogue.js';
import { versionsOf } from '../domain/events/versions.js';
import { eventSchemas, nameOfData } from './openapi-events.js';
import { COUNT, INSTANT, listOf, object, oneOf, TEXT, type Schema } from './json-schema.js';

/** A JSON Schema with a permanent address. */
export interface PublishedSchema {
  /** The last segment of its address. */
  readonly name: string;
  readonly title: string;
  readonly schema: Schema;
}

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const UUID: Schema = { type: 'string', format: 'uuid' };
const ADDRESS: Schema = { type: 'string', format: 'uri' };

/** The schemas of published data: events, webhook messages, feeds and archives. */
export const publishedSchemas = (): readonly PublishedSchema[] => [
  published('event.json', 'An event, as exports, the live feed and webhooks have it', eventSchema()),
  published('webhook-message.json', 'What a receiver of webhooks is sent', webhookMessage()),
  published(
    'json-feed.json',
    'A feed of events, corrections, verdicts or goals gone quiet, as JSON Feed 1.1',
    jsonFeed(),
  ),
  published(
    'data-package.json',
    'The description of an archive of the ledger, as Data Package 2',
    dataPackage(),
  ),
];

const published = (name: string, title: string, schema: Schema): PublishedSchema => ({
  name,
  title,
  schema: { $schema: DRAFT, $id: `/schemas/${name}`, title, ...schema },
});

/** The data of an event must match the version of its type, which is 1 if it names none. */
function eventSchema(): Schema {
  const { EventType, Event: _event, Events: _events, ...parts } = eventSchemas();
  return {
    ...moved(
      object(
        {
          position: { type: 'integer', minimum: 1 },
          stream: { type: 'string', pattern: '^(automaker|market|company)-' },
          revision: COUNT,
          id: UUID,
          type: { ...EventType },
          occurredOn: TEXT,
          data: { type: 'object' },
          evidence: listOf({ $ref: '#/components/schemas/Evidence' }),
          recordedAt: INSTANT,
          recordedBy: TEXT,
        },
        {
          version: { type: 'integer', minimum: 2 },
          note: TEXT,
          warnings: listOf({ type: 'object', required: ['code', 'message'] }),
        },
      ),
    ),
    allOf: EVENT_TYPES.flatMap((type) => {
      const versions = versionsOf(type).map(({ version }) => version);
      const later = versions.filter((version) => version > 1);
      return [
        {
          if: { properties: { type: { const: type } } },
          then: { properties: { version: later.length === 0 ? false : { enum: later } } },
        },
        ...versions.map((version) => ({
          if: {
            properties: { type: { const: type }, ...(version > 1 && { version: { const: version } }) },
            ...(version > 1 ? { required: ['version'] } : { not: { required: ['version'] } }),
          },
          then: { properties: { data: { $ref: `#/$defs/${nameOfData(type, version)}` } } },
        })),
      ];
    }),
    $defs: Object.fromEntries(
      Object.entries(parts)
        .filter(([name]) => !EVENT_TYPES.some((type) => type === name))
        .map(([name, part]) => [name, moved(part)]),
    ),
  };
}

/** Moves a schema of the OpenAPI document into a file of its own: rewrites its references. */
const moved = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')) as Schema;

const webhookMessage = (): Schema =>
  object({
    type: { const: 'ledger.events.recorded' },
    timestamp: INSTANT,
    data: object({
      after: { ...COUNT, description: 'The position that these events come after' },
      position: { ...COUNT, description: 'The position of the last of them' },
      events: { ...listOf({ $ref: 'event.json' }), minItems: 1 },
    }),
  });

export const jsonFeed = (): Schema =>
  object(
    {
      version: { const: 'https://jsonfeed.org/version/1.1' },
      title: TEXT,
      language: { const: 'en' },
      home_page_url: ADDRESS,
      feed_url: ADDRESS,
      authors: listOf(object({ name: TEXT })),
      items: listOf(
        object(
          {
            id: { type: 'string', pattern: '^urn:', description: 'The same for ever' },
            url: ADDRESS,
            title: TEXT,
            content_text: TEXT,
            date_published: { ...INSTANT, description: 'When the ledger learned it' },
          },
          { authors: listOf(object({ name: TEXT })), external_url: TEXT },
        ),
      ),
    },
    { next_url: ADDRESS },
  );

const FIELD_TYPES = ['string', 'number', 'integer', 'boolean', 'date', 'datetime', 'object'];

const dataPackage = (): Schema =>
  object({
    $schema: ADDRESS,
    name: { const: 'market-expansion-tracker' },
    title: TEXT,
    description: TEXT,
    version: { type: 'string', pattern: '^\\d+$', description: 'The position of the ledger' },
    created: INSTANT,
    licenses: { ...listOf(object({ name: TEXT, title: TEXT, path: TEXT })), minItems: 1 },
    keywords: listOf(TEXT),
    resources: {
      ...listOf(
        object(
          {
            name: TEXT,
            path: TEXT,
            title: TEXT,
            format: TEXT,
            mediatype: TEXT,
            encoding: { const: 'utf-8' },
            bytes: COUNT,
            hash: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
          },
          {
            description: TEXT,
            type: { const: 'table' },
            schema: object(
              {
                $schema: ADDRESS,
                fields: listOf(
                  object(
                    { name: TEXT, type: oneOf(FIELD_TYPES), description: TEXT },
                    { constraints: { type: 'object' } },
                  ),
                ),
                missingValues: listOf(TEXT),
                primaryKey: listOf(TEXT),
              },
              { foreignKeys: listOf({ type: 'object' }) },
            ),
          },
        ),
      ),
      minItems: 1,
    },
  });
