import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { IMPORT_TYPES, importFormat } from '../commands/import/import-media-type.js';
import { UnsupportedMediaType } from '../problems/request-problems.js';

const IMPORTS = '/api/imports';

/**
 * Passes ledger bodies on as streams, because an import may be larger than memory. Refuses other media types
 * for an import before reading them, and names the supported ones. Also refuses ledger media types on other
 * routes, which do not read streams.
 */
export function useLedgerBodies(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    try {
      checkKind(request);
      done(null, payload);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  fastify.addContentTypeParser([...IMPORT_TYPES], (_request, payload, done) => {
    done(null, payload);
  });
}

function checkKind({ method, routeOptions, headers }: FastifyRequest): void {
  if (routeOptions.url === IMPORTS) {
    if (method === 'POST') importFormat(headers);
    return;
  }
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if ((IMPORT_TYPES as readonly string[]).includes(type))
    throw new UnsupportedMediaType({
      detail: `A body of type "${type}" is read by POST ${IMPORTS} only. Send application/json here.`,
    });
}
