import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Begins a request only once the one before it on the same connection is answered. HTTP/1.1 answers them in their order
 * anyway; a hundred of them begun at once would let no other connection have its turn.
 */
export function answerInTurn(fastify: FastifyInstance): void {
  /** What waits on the connections that have a request under way. */
  const waiting = new WeakMap<Socket, (() => void)[]>();
  fastify.addHook('onRequest', ({ raw }, reply, done) => {
    const { socket } = raw;
    reply.raw.once('close', () => {
      const next = waiting.get(socket)?.shift();
      // Others are heard between two requests of one connection. Whose client is gone is never begun.
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
