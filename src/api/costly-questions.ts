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
import { HttpProblem } from '../problems/http-problem.js';
import { FairQueue, QueueFull } from './fair-queue.js';
import { abandonedBy } from './in-turns.js';

const COSTLY = 'costly';

/** Answering needs more than a look at some rows: records of many automakers, or numbers that are worked out. */
export const Costly = (): ClassDecorator & MethodDecorator => SetMetadata(COSTLY, true);

/** The most, in milliseconds, that a question may take, the wait for its turn included. */
const ANSWER_MS = 10_000;
const RETRY_AFTER_S = 3;

/** More is asked than the server works out in the time that clients wait. */
export class TooBusy extends HttpProblem {
  readonly status = 503;
  readonly slug = 'too-busy';
  readonly title = 'The server is busy';
  override readonly headers = { 'Retry-After': String(RETRY_AFTER_S) };
}

/** Nobody is there any more to be answered. */
class ClientGone extends HttpProblem {
  readonly status = 499;
  readonly slug = 'client-gone';
  readonly title = 'The client went away';
}

/** The one queue of all that is costly: each module has an interceptor of its own. */
@Injectable()
export class CostlyQueue extends FairQueue {
  constructor() {
    super({ atOnce: 2, waiting: 256, waitingOfOne: 128 });
  }
}

/**
 * Lets only a few costly questions work at a time, those that ask about the past among them. The others wait, a bounded
 * number of them and no client more than its part; the rest is refused. Who goes away while waiting or working is dropped.
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
    if (!isCostly || (request.method !== 'GET' && request.method !== 'HEAD')) return next.handle();
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
      // Work that waits for a database notices later that it is abandoned, and has its place in the queue till then.
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
 * Aborts when a connection closes. Of requests that are pipelined only the first has a response that hears of it, and each
 * would add a listener to the socket.
 */
function closingOf(socket: Socket): AbortSignal {
  const known = closings.get(socket);
  if (known) return known;
  const closing = new AbortController();
  // Each request of the connection listens.
  setMaxListeners(0, closing.signal);
  closings.set(socket, closing.signal);
  if (socket.destroyed) closing.abort();
  else socket.once('close', () => closing.abort());
  return closing.signal;
}
