import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { getMetadataStorage } from 'class-validator';
import { REQUIRED_ROLE, type RequiredRole } from '../access/require-role.js';
import { ANSWER_PARTS, ANSWERS } from './answer-schemas.js';
import type { Schema } from './json-schema.js';
import { eventSchemas } from './openapi-events.js';
import type { RouteDescription } from './openapi-recording-routes.js';
import { ROUTES } from './openapi-routes.js';

type Json = Record<string, unknown>;

const PROBLEM = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const BUSY = {
  ...PROBLEM,
  description: 'A store does not answer, or too much is asked at once: ask again after Retry-After seconds',
  headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } },
};

/**
 * Creates the OpenAPI 3.1 document for the routes of some controllers. Paths, methods and parameters come
 * from the controllers and their parameter classes, events from the catalogue, and answers from the handlers'
 * types (`answer-schemas.ts`). Only the sentences are written by hand, in `openapi-routes.ts`.
 */
export function openApiDocument(controllers: readonly Type[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of controllers.flatMap(routesOf)) {
    const { path, method, name } = route;
    const description = ROUTES[name];
    if (!description) throw new Error(`the route ${name} is not described in openapi-routes.ts`);
    paths[path] = { ...paths[path], [method]: operation(route, description) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Market Expansion Tracker',
      version,
      description:
        'An open ledger of how automakers expand abroad. Every GET takes three clocks, which combine: `trueOn`, the world as of that day; `knownOn`, using only what this ledger had recorded by then; `publicOn`, using only what had been published by then.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The server that gave this document' }],
    paths,
    components: {
      schemas: { ...eventSchemas(), ...ANSWER_PARTS, Problem: PROBLEM_SCHEMA },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, as the command line makes it' },
      },
    },
  };
}

interface Route {
  readonly path: string;
  readonly method: 'get' | 'post';
  /** `Controller.handler`. */
  readonly name: string;
  /** The class of its query parameters. */
  readonly queries: Type | undefined;
  readonly role: RequiredRole;
}

/** Routes without the prefix `api/`. */
const UNPREFIXED = /^(health|metrics|feeds|schemas)|^snapshots\/:/;

function routesOf(controller: Type): Route[] {
  const base = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((handler): Route[] => {
    const target = prototype[handler];
    if (handler === 'constructor' || typeof target !== 'function') return [];
    const method = Reflect.getMetadata(METHOD_METADATA, target) as RequestMethod | undefined;
    if (method === undefined) return [];
    const own = String(Reflect.getMetadata(PATH_METADATA, target));
    const joined = [base, own]
      .map((part) => part.replace(/^\/|\/$/g, ''))
      .filter((part) => part !== '')
      .join('/');
    const path = `/${UNPREFIXED.test(joined) ? '' : 'api/'}${joined}`.replace(/:(\w+)/g, '{$1}');
    return [
      {
        path,
        method: method === RequestMethod.POST ? 'post' : 'get',
        name: `${controller.name}.${handler}`,
        queries: queriesOf(controller, handler),
        role: roleOf(target) ?? roleOf(controller) ?? 'reader',
      },
    ];
  });
}

function queriesOf(controller: Type, handler: string): Type | undefined {
  const given = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { index: number; data?: unknown }
  >;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler) ??
    []) as Type[];
  const [, query] = Object.entries(given).find(([key]) => key.startsWith(`${RouteParamtypes.QUERY}:`)) ?? [];
  return query && types[query.index];
}

const roleOf = (asked: object): RequiredRole | undefined =>
  Reflect.getMetadata(REQUIRED_ROLE, asked) as RequiredRole | undefined;

/** The server's settings may open reading to everybody. */
const SECURITY: Readonly<Record<RequiredRole, readonly Json[]>> = {
  anyone: [],
  reader: [{}, { key: [] }],
  analyst: [{ key: [] }],
  admin: [{ key: [] }],
};

/** The answer of a route, by media type. */
function contentOf(name: string, { content }: RouteDescription): Record<string, { schema: Schema }> {
  const answer = ANSWERS[name];
  const told = content ?? (answer && { 'application/json': answer });
  if (!told)
    throw new Error(`the answer of ${name} has no type: give one to its handler and run npm run schemas`);
  return Object.fromEntries(Object.entries(told).map(([type, schema]) => [type, { schema }]));
}

function operation({ name, path, queries, role }: Route, route: RouteDescription): Json {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({
    name: parameter,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const headers = (route.headers ?? []).map(([header, description]) => ({
    name: header,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  const parameters = [...inPath, ...(queries ? queryParameters(queries) : []), ...headers];
  const answer = { description: route.answer, content: contentOf(name, route) };
  return {
    operationId: name.replace('Controller.', '-'),
    summary: route.summary,
    tags: [route.tag],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: true, content: route.body } }),
    security: SECURITY[role],
    responses: {
      ...Object.fromEntries((route.statuses ?? ['200']).map((status) => [status, answer])),
      '503': route.isToldBusy ? answer : BUSY,
      default: PROBLEM,
    },
  };
}

/** Descriptions of parameters by name. The same name means the same everywhere. */
const PARAMETERS: Readonly<Record<string, string>> = {
  trueOn: 'The world as of this day',
  knownOn: 'Using only what was recorded by the end of this day (UTC), or by this instant',
  publicOn:
    'Using only what had been published by the end of this day; events without a dated source are left out and counted as `asOf.undated`',
  minPosition: 'Wait, for some seconds at most, until the views hold the event at this position',
  dryRun: 'Say what would happen, and record nothing',
  restore: 'Keep the authors and times of an export; needs the role admin',
  automaker: 'One automaker, by its id',
  automakers: 'Ids, separated by commas; all, page by page, where it is left out',
  company: 'One company, by its id',
  market: 'One market, by its ISO 3166-1 alpha-2 code, or a region such as EU',
  measure: 'What is counted',
  status: 'How the goal stands',
  moved:
    'Ways in which a goal was moved, separated by commas: raised, cut, postponed, brought-forward, dated, undated, redefined, withdrawn',
  movedSince: 'Moved on this day or later',
  months: 'So many whole months up to the day of asking',
  year: 'The year that goals are for',
  entity: 'One brand or group',
  rule: 'How to choose between figures that contradict each other',
  ceiling: 'What the growth curves may not go beyond; 100 for a share where it is left out',
  type: 'Types of event, separated by commas; see EventType',
  subject: 'A subject as events name it, such as target/half-overseas',
  from: 'From this day on; of differences, the first point: trueOn, or trueOn,knownOn, or trueOn,knownOn,publicOn with an empty knownOn for all that is recorded; of proofs, the size of the older tree',
  to: 'Up to this day; of differences, the second point; of proofs, the size of the newer tree',
  recordedFrom: 'Recorded on this day or later',
  recordedTo: 'Recorded on this day or earlier',
  author: 'Recorded by this author',
  publisher: 'Who published a source of it, to the letter',
  q: 'Words, each of which has to be found; what stands in quotation marks is one',
  standing: 'Whether it stands as recorded, was corrected, or is void',
  order: 'In the order in which things happened, or in which they were recorded',
  direction: 'Newest first (desc) or oldest first (asc)',
  limit: 'At most so many; the message of a refusal says how many there may be',
  cursor: 'The `next` of an earlier page',
  format:
    'Format of the file. All but `spreadsheet` are exact, so that they can be verified and imported: a cell of `csv` may be a formula to a spreadsheet, and `spreadsheet` is a table without any',
  after: 'Go on after this: of the feed, a position; of a list, the `next` of an earlier part',
  state: 'What became of it',
  position: 'Position of the event',
  size: 'Size of the tree; all events by now where it is left out',
};

function queryParameters(fields: Type): Json[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(fields, '', true, false);
  const names = [...new Set(metadata.map(({ propertyName }) => propertyName))];
  return names.map((name) => {
    const about = metadata.filter(({ propertyName }) => propertyName === name);
    const schema: Json = {};
    for (const { name: rule, constraints } of about) {
      const [value] = (constraints as unknown[] | undefined) ?? [];
      if (rule === 'isIn') schema['enum'] = value;
      if (rule === 'maxLength') schema['maxLength'] = value;
      if (rule === 'matches' && value instanceof RegExp) Object.assign(schema, writtenLike(value));
      if (rule === 'isDay') schema['format'] = 'date';
    }
    schema['type'] ??= 'string';
    const required = !about.some(({ type }) => type === 'conditionalValidation');
    return { name, in: 'query', required, description: PARAMETERS[name] ?? name, schema };
  });
}

/** The schema for a pattern. One of digits alone is an integer, one of the two words of a flag a boolean. */
function writtenLike(pattern: RegExp): Json {
  if (pattern.source === '^(?:true|false)$') return { type: 'boolean' };
  const besideDigits = pattern.source.replace(/\\d|\[\d-\d\]|\{[\d,]+\}|\d|[$^()|]/g, '');
  return besideDigits === ''
    ? { type: 'integer', minimum: pattern.test('0') ? 0 : 1 }
    : { pattern: pattern.source };
}

const PROBLEM_SCHEMA = {
  type: 'object',
  description:
    'RFC 9457. Extension members say more: errors (field and how to mend it), contradicts, duplicateOf, confirm, index.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
    contradicts: { type: 'array', items: { type: 'string' } },
    duplicateOf: { type: 'string' },
    confirm: { type: 'array', items: { type: 'string' } },
    index: { type: 'integer' },
  },
};
