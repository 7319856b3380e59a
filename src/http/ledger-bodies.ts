import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { IMPORT_TYPES, importFormat } from '../commands/import/import-media-type.js';

const IMPORTS = '/api/imports';

/**
 * Hands bodies that hold a ledger on as streams: an import may be larger than memory. What is sent to be imported and
 * is of another kind is refused before it is read, with what to send.
 */
export function useLedgerBodies(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    try {
      if (request.method === 'POST' && request.routeOptions.url === IMPORTS) importFormat(request.headers);
      done(null, payload);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  fastify.addContentTypeParser([...IMPORT_TYPES], (_request, payload, done) => {
    done(null, payload);
  });
}
