import type { FastifyInstance } from 'fastify';
import { StoreUnavailable } from '../problems/server-problems.js';

/** How long, in milliseconds, active requests may continue after the stop began. */
const DRAIN_MS = 2500;
const LOOK_MS = 50;

/**
 * Ends connections when the server stops: idle ones at once, active ones when they become idle, and all
 * remaining ones after some seconds. Otherwise a silent client or an endless upload would keep the server
 * open until a timeout. New requests are refused with the advice to retry.
 */
export function endConnectionsOnShutdown(fastify: FastifyInstance): void {
  let isStopping = false;
  fastify.addHook('onRequest', (_request, _reply, done) => {
    if (isStopping) done(new StoreUnavailable({ detail: 'The server is stopping. Ask again in a moment.' }));
    else done();
  });
  fastify.addHook('preClose', (done) => {
    isStopping = true;
    const { server } = fastify;
    const looking = setInterval(() => server.closeIdleConnections(), LOOK_MS);
    const patience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.once('close', () => {
      clearInterval(looking);
      clearTimeout(patience);
    });
    done();
  });
}
