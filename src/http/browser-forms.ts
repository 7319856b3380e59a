import { isUtf8 } from 'node:buffer';
import formBody from '@fastify/formbody';
import multipart, { type Multipart } from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isOfApi } from '../access/is-of-api.js';
import { HttpProblem } from '../problems/http-problem.js';
import { BodyTooLarge, InvalidRequest, UnsupportedMediaType } from '../problems/request-problems.js';

const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
/** More fields than any form here has. */
const MOST_FIELDS = 10;
const LONGEST_NAME = 200;

/**
 * Reads browser forms, for pages only: the API accepts none, so that forms of other sites cannot reach it.
 * Values are texts; a repeated name gives a list. An uploaded file gives its content.
 */
export async function useBrowserForms(app: NestFastifyApplication, bodyLimit: number): Promise<void> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  await fastify.register(formBody, { bodyLimit });
  await fastify.register(multipart, {
    limits: {
      files: 1,
      fields: MOST_FIELDS,
      parts: MOST_FIELDS,
      fileSize: bodyLimit,
      fieldSize: bodyLimit,
      fieldNameSize: LONGEST_NAME,
    },
  });
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const type = request.headers['content-type'] ?? '';
    if (!FORM_TYPES.test(type)) done(null, payload);
    else if (isOfApi(request)) done(noForm(type));
    // The parser limits each part, so the total size is checked here.
    else if (Number(request.headers['content-length']) > request.routeOptions.bodyLimit)
      done(new BodyTooLarge(request.routeOptions.bodyLimit));
    else done(null, payload);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    // Browsers also send empty fields. They mean the same as absent ones.
    if (!isOfApi(request)) request.query = withoutEmpty(request.query);
    if (request.isMultipart()) readFields(request).then(() => done(), done);
    else done();
  });
}

const noForm = (type: string): UnsupportedMediaType =>
  new UnsupportedMediaType({
    detail: `A body of type "${type.split(';', 1)[0] ?? ''}" is not read here. Send application/json.`,
  });

async function readFields(request: FastifyRequest): Promise<void> {
  request.body = await fieldsOf(request);
}

/**
 * The parts of a multipart form, each as text. Throws a Problem when it is malformed, or a file is not text.
 */
async function fieldsOf(
  request: FastifyRequest,
): Promise<Readonly<Record<string, string | readonly string[]>>> {
  const fields = new Map<string, string[]>();
  try {
    for await (const part of request.parts()) {
      const text = await textOf(part, request.routeOptions.bodyLimit);
      const others = fields.get(part.fieldname);
      if (others) others.push(text);
      else fields.set(part.fieldname, [text]);
    }
  } catch (error) {
    throw isTold(error)
      ? error
      : new InvalidRequest([{ field: 'form', message: 'does not come in parts as multipart/form-data' }]);
  }
  return Object.fromEntries(
    Array.from(fields, ([name, texts]) => [name, texts.length === 1 ? (texts[0] ?? '') : texts]),
  );
}

async function textOf(part: Multipart, bodyLimit: number): Promise<string> {
  if (part.type === 'field') {
    if (part.valueTruncated || part.fieldnameTruncated) throw new BodyTooLarge(bodyLimit);
    return typeof part.value === 'string' ? part.value : JSON.stringify(part.value);
  }
  const bytes = await part.toBuffer();
  // Decoding would silently replace invalid bytes by U+FFFD.
  if (!isUtf8(bytes))
    throw new InvalidRequest([{ field: part.fieldname, message: 'must be a text file in UTF-8' }]);
  return bytes.toString('utf8');
}

/** Whether an error already explains the fault of the form: a Problem, or a limit of the parser. */
const isTold = (error: unknown): boolean =>
  error instanceof HttpProblem || (error instanceof Error && 'statusCode' in error);

function withoutEmpty(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
