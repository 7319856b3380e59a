import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

const LEDGER_TYPES = [
  'application/x-ndjson',
  'application/jsonl',
  'application/cloudevents+x-ndjson',
  'text/csv',
];

/** Hands bodies that hold a ledger on as streams: an import may be larger than memory. */
export function useLedgerBodies(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(LEDGER_TYPES, (_request, payload, done) => {
    done(null, payload);
  });
}
