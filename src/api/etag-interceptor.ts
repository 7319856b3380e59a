import {
  Injectable,
  SetMetadata,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { isReading } from './reading-methods.js';
import { answered, ResponseCache, rendered } from './response-cache.js';

const CACHE_UNTIL_CHANGE = 'cache until change';

/** Marks handlers whose answers depend only on the URL, the stored views and the day. */
export const CacheUntilChange = (): ClassDecorator & MethodDecorator => SetMetadata(CACHE_UNTIL_CHANGE, true);

/**
 * Renders the answer to every GET or HEAD as JSON with an ETag, and answers 304 if the client has it already. Answers
 * that depend on nothing else are cached until something is recorded or the day ends: `answerWhatIsKept`
 * serves them. Those of a past day too, since an event recorded now may lie before it.
 */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  constructor(
    private readonly answers: ResponseCache,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (!isReading(request)) return next.handle();
    const { url } = request;
    const keeps = isKeptUntilChange(this.reflector, context, url);
    const { standing } = this.answers;
    return next.handle().pipe(
      map((answer: unknown) => {
        if (!isDocument(answer)) return answer;
        const fresh = rendered(answer);
        if (keeps) this.answers.keep(url, fresh, standing);
        return answered(fresh, request, reply);
      }),
    );
  }
}

/** Whether an answer depends only on its URL, the views and the day: not if it waits for a `minPosition`. */
export function isKeptUntilChange(reflector: Reflector, context: ExecutionContext, url: string): boolean {
  return (
    !/[?&]minPosition=/.test(url) &&
    reflector.getAllAndOverride<boolean | undefined>(CACHE_UNTIL_CHANGE, [
      context.getHandler(),
      context.getClass(),
    ]) === true
  );
}

/** False for an empty answer, a stream, or a body that the handler wrote itself. */
function isDocument(answer: unknown): answer is object {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    !(answer instanceof StreamableFile) &&
    !Buffer.isBuffer(answer)
  );
}
