import type { FastifyInstance } from 'fastify';
import { StoreUnavailable } from '../problems/server-problems.js';

/** So long, in milliseconds, requests under way may go on after the stop began. */
const DRAIN_MS = 2500;
const LOOK_MS = 50;

/**
 * Ends connections when the server stops: idle ones at once, busy ones as they become idle, and after some seconds all
 * others. A client that is connected and sends nothing, or never ends its upload, would keep the server open until it times
 * out. What is asked for meanwhile is to be asked again.
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
