import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { isReading } from './reading-methods.js';
import { HttpProblem } from '../problems/http-problem.js';
import { FairQueue, QueueFull } from './fair-queue.js';
import { abandonedBy } from './in-turns.js';

const COSTLY = 'costly';

/** Marks a request as costly: the answer needs the records of many automakers, or computed numbers. */
export const Costly = (): ClassDecorator & MethodDecorator => SetMetadata(COSTLY, true);

/** Time limit for an answer in milliseconds, including the wait in the queue. */
const ANSWER_MS = 10_000;
const RETRY_AFTER_S = 3;

/** The server cannot compute the requested answers within the time that clients wait. */
export class TooBusy extends HttpProblem {
  readonly status = 503;
  readonly slug = 'too-busy';
  readonly title = 'The server is busy';
  override readonly headers = { 'Retry-After': String(RETRY_AFTER_S) };
}

/** The client has disconnected. */
class ClientGone extends HttpProblem {
  readonly status = 499;
  readonly slug = 'client-gone';
  readonly title = 'The client went away';
}

/** The single queue of costly requests, shared because each module has an interceptor of its own. */
@Injectable()
export class CostlyQueue extends FairQueue {
  constructor() {
    super({ atOnce: 2, waiting: 256, waitingOfOne: 128 });
  }
}

/**
 * Lets only a few costly requests run at a time, including those about the past. Others wait in a bounded
 * queue, with a limit per client; the rest are refused. If a client disconnects, its request is dropped, even
 * if already running.
 */
@Injectable()
export class CostlyQuestions implements NestInterceptor {
  constructor(
    private readonly queue: CostlyQueue,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const targets = [context.getHandler(), context.getClass()];
    const isCostly =
      this.reflector.getAllAndOverride<boolean | undefined>(COSTLY, targets) === true ||
      /[?&](trueOn|knownOn|publicOn)=/.test(request.url);
    if (!isCostly || !isReading(request)) return next.handle();
    return from(this.answer(request, next));
  }

  private async answer(request: FastifyRequest, next: CallHandler): Promise<unknown> {
    const abandon = new AbortController();
    const connection = closingOf(request.raw.socket);
    const gone = (): void => abandon.abort(new ClientGone({ detail: 'The connection was closed.' }));
    connection.addEventListener('abort', gone);
    const timer = setTimeout(() => abandon.abort(new TooBusy({ detail: OVERDUE })), ANSWER_MS);
    try {
      if (connection.aborted) gone();
      const work = this.queue.run(request.principal?.name ?? request.ip, abandon.signal, () =>
        abandonedBy(abandon.signal, () => lastValueFrom(next.handle(), { defaultValue: undefined })),
      );
      // Work that waits for a database notices only later that it is abandoned. It keeps its place in the
      // queue until then.
      return await Promise.race([work, abandoned(abandon.signal)]);
    } catch (error) {
      if (!(error instanceof QueueFull)) throw error;
      throw new TooBusy({ detail: `Too many questions wait. Ask again in ${RETRY_AFTER_S} s.` });
    } finally {
      clearTimeout(timer);
      connection.removeEventListener('abort', gone);
    }
  }
}

const OVERDUE = `The answer was not worked out within ${ANSWER_MS / 1000} s. Ask again in ${RETRY_AFTER_S} s.`;

const abandoned = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    if (signal.aborted) reject(signal.reason as Error);
  });

const closings = new WeakMap<Socket, AbortSignal>();

/**
 * Aborts when a connection closes. Listening to each response would not work: of pipelined requests only the
 * first one's response reports the close. Listening to the socket would add a listener per request.
 */
function closingOf(socket: Socket): AbortSignal {
  const known = closings.get(socket);
  if (known) return known;
  const closing = new AbortController();
  // Each request of the connection adds a listener.
  setMaxListeners(0, closing.signal);
  closings.set(socket, closing.signal);
  if (socket.destroyed) closing.abort();
  else socket.once('close', () => closing.abort());
  return closing.signal;
}
