import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

const NOTHING_FOREIGN = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'connect-src': "'self'",
  'font-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'img-src': ["'self'", 'data:'],
  'script-src': "'self'",
  'style-src': "'self'",
};

/** The same, for the page of Swagger UI, which puts styles into its elements. */
const SWAGGER_UI = Object.entries(NOTHING_FOREIGN)
  .map(([name, value]) => [name, value, /^style-src$/.test(name) ? "'unsafe-inline'" : []].flat().join(' '))
  .join(';');

/**
 * Puts the headers of helmet 8 on every answer, and lets only the page of the API's documentation use inline styles.
 * Nest's own, because @fastify/helmet works the same headers out anew for every request.
 */
export function sendSecurityHeaders(app: NestFastifyApplication): void {
  app.useSecurityHeaders({
    contentSecurityPolicy: { useDefaults: false, directives: NOTHING_FOREIGN },
    // Whoever ends TLS in front of this server knows whether all of its host can promise it for a year.
    strictTransportSecurity: false,
  });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url === '/docs/explorer') reply.header('Content-Security-Policy', SWAGGER_UI);
    done();
  });
}
