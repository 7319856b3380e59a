import type { FastifyInstance } from 'fastify';
import type { ApiKeys } from './api-keys.js';
import { sessionKey } from './session.js';

/**
 * Notes who a browser is signed in as where no guard comes to it: at an address that nothing answers, and before a form is
 * read, which may be too large. The page that then says what is wrong is one of somebody who is signed in.
 */
export function noteWhoIsSignedIn(fastify: FastifyInstance, keys: ApiKeys): void {
  fastify.addHook('onRequest', async (request) => {
    if (request.url.startsWith('/api/') || !(request.is404 || request.method === 'POST')) return;
    const key = sessionKey(request.headers.cookie);
    if (key !== undefined) request.caller = (await keys.authenticate(key)) ?? null;
  });
}
