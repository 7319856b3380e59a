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

/** The same, for the page of Swagger UI, which puts styles into its elements. */
const SWAGGER_UI = policyOf({ ...NOTHING_FOREIGN, 'style-src': ["'self'", "'unsafe-inline'"] });

/** Charts that other sites put a frame around: nothing runs in them, and nothing leads them elsewhere. */
const EMBEDDED = policyOf({ ...NOTHING_FOREIGN, 'script-src': "'none'", 'frame-ancestors': '*' });

/** Pictures that bring their styles with them. */
const PICTURES = policyOf({
  'default-src': "'none'",
  'style-src': "'unsafe-inline'",
  'frame-ancestors': "'none'",
});

/**
 * Puts the headers of helmet 8 on every answer, and lets only the page of the API's documentation and
 * pictures use inline styles, and only embedded charts be framed by others.
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
    const route = request.routeOptions.url ?? '';
    if (route === '/docs/explorer') reply.header('Content-Security-Policy', SWAGGER_UI);
    if (route === '/charts/*') reply.header('Content-Security-Policy', PICTURES);
    if (route === '/embed/*')
      reply.header('Content-Security-Policy', EMBEDDED).removeHeader('X-Frame-Options');
    done();
  });
}
