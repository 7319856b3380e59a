import type { Readable } from 'node:stream';
import { Unauthenticated } from '../../problems/access-problems.js';
import { PlainProblem, StoreUnavailable } from '../../problems/server-problems.js';

/**
 * After an import has ended early, the rest of the body is read and dropped for this long, so that the sender
 * receives the answer.
 */
const LINGER_MS = 2000;

/**
 * The pieces of an import's body, as they arrive. Throws a problem when the body is cut off, and the reason
 * of `ended` when that signal aborts, for example at a server stop. In every case the sender receives an
 * answer, and the connection is free or closed soon after.
 */
export async function* importBody(body: Readable, ended: AbortSignal): AsyncGenerator<Uint8Array> {
  // An aborted request may emit its error at any time, also after the import has ended.
  body.on('error', ignore);
  try {
    for (;;) {
      ended.throwIfAborted();
      const piece = body.read() as Buffer | null;
      if (piece !== null) yield piece;
      else if (body.readableEnded) return;
      else if (body.destroyed) throw cutOff();
      else await news(body, ended);
    }
  } finally {
    if (!body.readableEnded && !body.destroyed) dropRest(body);
  }
}

/** Resolves when there is data to read, or the body or the import has ended. */
function news(body: Readable, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of EVENTS) body.off(event, done);
      ended.removeEventListener('abort', done);
      resolve();
    };
    for (const event of EVENTS) body.on(event, done);
    ended.addEventListener('abort', done);
  });
}

const EVENTS = ['readable', 'end', 'close', 'error'] as const;

function dropRest(body: Readable): void {
  const timer = setTimeout(() => body.destroy(), LINGER_MS);
  const done = () => clearTimeout(timer);
  body.once('end', done).once('close', done);
  body.resume();
}

function ignore(): void {
  // The read loop itself detects a destroyed body.
}

/** The problem for an import that ends because the server stops. */
export function serverStops(): StoreUnavailable {
  const detail =
    'The server is stopping. What was read of the file is recorded; import it again, and it goes on where it stopped.';
  return new StoreUnavailable({ detail });
}

/** The problem for an import that ends because its key was revoked. */
export function keyRevoked(): Unauthenticated {
  const detail =
    'The key was revoked meanwhile. What was read of the file before is recorded, and nothing after it.';
  return new Unauthenticated({ detail });
}

function cutOff(): PlainProblem {
  const detail =
    'The body ended before its time. The lines that came in whole are recorded; import the file again, and it goes on where it stopped.';
  return new PlainProblem(400, { detail });
}
