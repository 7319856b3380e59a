import { isUtf8 } from 'node:buffer';
import formBody from '@fastify/formbody';
import multipart, { type Multipart } from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isOfApi } from '../access/is-of-api.js';
import { HttpProblem } from '../problems/http-problem.js';
import { BodyTooLarge, InvalidRequest, UnsupportedMediaType } from '../problems/request-problems.js';

const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
/** More than any form here has. */
const MOST_FIELDS = 10;
const LONGEST_NAME = 200;

/**
 * Reads what browsers send from forms, for pages only: the API reads no form, so that no other site's form can reach it.
 * Values come in as text; of a name that comes several times, as a list. Of a chosen file comes what is in it.
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
    // The parts of a form are counted one by one, so that the whole is looked at here.
    else if (Number(request.headers['content-length']) > request.routeOptions.bodyLimit)
      done(new BodyTooLarge(request.routeOptions.bodyLimit));
    else done(null, payload);
  });
  fastify.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await fieldsOf(request);
    // A browser sends the fields that were left empty too; they mean the same as if they were not there.
    if (!isOfApi(request)) request.query = withoutEmpty(request.query);
  });
}

const noForm = (type: string): UnsupportedMediaType =>
  new UnsupportedMediaType({
    detail: `A body of type "${type.split(';', 1)[0] ?? ''}" is not read here. Send application/json.`,
  });

/** The parts of a form with a file in it, each as text. Throws a Problem where it is no such form, or a file is not text. */
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
  // Decoding would silently put U+FFFD in place of what is broken.
  if (!isUtf8(bytes))
    throw new InvalidRequest([{ field: part.fieldname, message: 'must be a text file in UTF-8' }]);
  return bytes.toString('utf8');
}

/** Whether an error says itself what is wrong with the form: a Problem, or a limit of the parser's. */
const isTold = (error: unknown): boolean =>
  error instanceof HttpProblem || (error instanceof Error && 'statusCode' in error);

function withoutEmpty(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
