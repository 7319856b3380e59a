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

const policyOf = (directives: Readonly<Record<string, string | readonly string[]>>): string =>
  Object.entries(directives)
    .map(([name, value]) => [name, value].flat().join(' '))
    .join(';');

/** For Swagger UI, which sets styles on its elements. */
const SWAGGER_UI = policyOf({ ...NOTHING_FOREIGN, 'style-src': ["'self'", "'unsafe-inline'"] });

/** For charts that other sites embed in frames: no scripts run in them, and no links lead elsewhere. */
const EMBEDDED = policyOf({ ...NOTHING_FOREIGN, 'script-src': "'none'", 'frame-ancestors': '*' });

/** For images with inline styles. */
const PICTURES = policyOf({
  'default-src': "'none'",
  'style-src': "'unsafe-inline'",
  'frame-ancestors': "'none'",
});

/**
 * Sends the headers of helmet 8 with every answer. Only the API's documentation page and images may use
 * inline styles, and only embedded charts may be framed by other sites. It uses Nest's implementation,
 * because @fastify/helmet computes the same headers for every request.
 */
export function sendSecurityHeaders(app: NestFastifyApplication): void {
  app.useSecurityHeaders({
    contentSecurityPolicy: { useDefaults: false, directives: NOTHING_FOREIGN },
    // Only the operator of the TLS endpoint knows whether the whole host can promise TLS for a year.
    strictTransportSecurity: false,
  });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? '';
    if (route === '/docs/explorer') reply.header('Content-Security-Policy', SWAGGER_UI);
    if (route === '/charts/*') reply.header('Content-Security-Policy', PICTURES);
    if (route === '/embed/*')
      reply.header('Content-Security-Policy', EMBEDDED).removeHeader('X-Frame-Options');
    done();
  });
}
