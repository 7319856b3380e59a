import type { Readable } from 'node:stream';
import { Unauthenticated } from '../../problems/access-problems.js';
import { PlainProblem, StoreUnavailable } from '../../problems/server-problems.js';

/** So long is the rest of a body read, and dropped, after an import that ended early: so that its sender gets the answer. */
const LINGER_MS = 2000;

/**
 * The pieces of the body of an import, as they come. Ends with a problem where the body is cut off, and with the reason of
 * `ended` once that is given, such as that the server stops. However it is left, the connection gets its answer, and is free or closed soon after.
 */
export async function* importBody(body: Readable, ended: AbortSignal): AsyncGenerator<Uint8Array> {
  // An aborted request raises its error whenever it likes, also after the import has ended.
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

/** Resolves when there is something to read, or the body or the import is over. */
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
  // The reading itself finds out that the body is destroyed.
}

/** Why an import ends when the server does. */
export function serverStops(): StoreUnavailable {
  const detail =
    'The server is stopping. What was read of the file is recorded; import it again, and it goes on where it stopped.';
  return new StoreUnavailable({ detail });
}

/** Why an import ends with the key that it was begun with. */
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
