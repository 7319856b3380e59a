import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnsupportedMediaType } from '../problems/request-problems.js';

const isOfApi = ({ url }: FastifyRequest): boolean => url.startsWith('/api/');

/**
 * Reads what browsers send from forms, for pages only: the API reads no form, so that no other site's form can reach it.
 * Values come in as text; of a name that comes several times, as a list.
 */
export function useBrowserForms(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (request, body, done) => {
      if (isOfApi(request)) {
        const detail =
          'A body of type "application/x-www-form-urlencoded" is not read here. Send application/json.';
        done(new UnsupportedMediaType({ detail }));
      } else done(null, formFields(String(body)));
    },
  );
  // A browser sends the fields that were left empty too; they mean the same as if they were not there.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (!isOfApi(request)) request.query = withoutEmpty(request.query);
    done();
  });
}

function formFields(body: string): Readonly<Record<string, string | readonly string[]>> {
  const parsed = new URLSearchParams(body);
  const fields = new Map<string, string | readonly string[]>();
  for (const name of new Set(parsed.keys())) {
    const values = parsed.getAll(name);
    fields.set(name, values.length === 1 ? (values[0] ?? '') : values);
  }
  return Object.fromEntries(fields);
}

function withoutEmpty(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
