import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Starts a request only after the previous one on the same connection is answered. HTTP/1.1 answers them in
 * order anyway; starting a hundred at once would starve other connections.
 */
export function answerInTurn(fastify: FastifyInstance): void {
  /** The waiting requests of each busy connection. */
  const waiting = new WeakMap<Socket, (() => void)[]>();
  fastify.addHook('onRequest', ({ raw }, reply, done) => {
    const { socket } = raw;
    reply.raw.once('close', () => {
      const next = waiting.get(socket)?.shift();
      // Yields to other connections between two requests. Drops requests whose client has disconnected.
      if (next && !socket.destroyed) setImmediate(next);
      else waiting.delete(socket);
    });
    const others = waiting.get(socket);
    if (others) others.push(done);
    else {
      waiting.set(socket, []);
      done();
    }
  });
}
