import type { FastifyInstance } from 'fastify';

/** So long, in milliseconds, requests under way may go on after the stop began. */
const DRAIN_MS = 2500;
const LOOK_MS = 50;

/**
 * Ends connections when the server stops: idle ones at once, busy ones as they become idle, and after some seconds all
 * others. A client that is connected and sends nothing, or never ends its upload, would keep the server open until it times
 * out.
 */
export function endConnectionsOnShutdown(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
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
