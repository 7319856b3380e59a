import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InvalidRequest, UnsupportedMediaType } from '../problems/request-problems.js';

const isOfApi = ({ url }: FastifyRequest): boolean => url.startsWith('/api/');

/**
 * Reads what browsers send from forms, for pages only: the API reads no form, so that no other site's form can reach it.
 * Values come in as text; of a name that comes several times, as a list. Of a chosen file comes what is in it.
 */
export function useBrowserForms(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (request, body, done) => {
      if (isOfApi(request)) done(noForm('application/x-www-form-urlencoded'));
      else done(null, formFields(new URLSearchParams(String(body))));
    },
  );
  fastify.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit },
    async (request: FastifyRequest, body: string | Buffer) => {
      if (isOfApi(request)) throw noForm('multipart/form-data');
      return formFields(await partsOf(Buffer.from(body), request.headers['content-type'] ?? ''));
    },
  );
  // A browser sends the fields that were left empty too; they mean the same as if they were not there.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (!isOfApi(request)) request.query = withoutEmpty(request.query);
    done();
  });
}

const noForm = (type: string): UnsupportedMediaType =>
  new UnsupportedMediaType({ detail: `A body of type "${type}" is not read here. Send application/json.` });

/** The parts of a form with a file in it, each as text. Throws a Problem where it is no such form, or a file is not text. */
async function partsOf(body: Buffer, type: string): Promise<[name: string, text: string][]> {
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } })
    .formData()
    .catch(() => {
      throw new InvalidRequest([{ field: 'form', message: 'does not come in parts as multipart/form-data' }]);
    });
  return Promise.all(
    Array.from(form, async ([name, value]): Promise<[string, string]> => [
      name,
      typeof value === 'string' ? value : textOf(name, Buffer.from(await value.arrayBuffer())),
    ]),
  );
}

function textOf(name: string, bytes: Buffer): string {
  // Decoding would silently put U+FFFD in place of what is broken.
  if (!isUtf8(bytes)) throw new InvalidRequest([{ field: name, message: 'must be a text file in UTF-8' }]);
  return bytes.toString('utf8');
}

function formFields(
  pairs: Iterable<readonly [name: string, text: string]>,
): Readonly<Record<string, string | readonly string[]>> {
  const fields = new Map<string, string[]>();
  for (const [name, text] of pairs) {
    const others = fields.get(name);
    if (others) others.push(text);
    else fields.set(name, [text]);
  }
  return Object.fromEntries(
    Array.from(fields, ([name, texts]) => [name, texts.length === 1 ? (texts[0] ?? '') : texts]),
  );
}

function withoutEmpty(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
