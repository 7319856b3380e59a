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
import { answered, ResponseCache, rendered } from './response-cache.js';

const CACHE_UNTIL_CHANGE = 'cache until change';

/** The answers of this controller follow from its URL, the stored views and the day alone. */
export const CacheUntilChange = (): ClassDecorator & MethodDecorator => SetMetadata(CACHE_UNTIL_CHANGE, true);

/**
 * Writes the JSON of every answer to a GET with an ETag, answers 304 to whoever has it already, and keeps what is
 * asked without clocks until something is recorded or the day ends: `answerWhatIsKept` gives it out.
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
    if (request.method !== 'GET') return next.handle();
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

/** Whether an answer follows from its address, the views and the day alone. With clocks, or a position to wait for, it follows from more. */
export function isKeptUntilChange(reflector: Reflector, context: ExecutionContext, url: string): boolean {
  return (
    !/[?&](trueOn|knownOn|publicOn|minPosition)=/.test(url) &&
    reflector.getAllAndOverride<boolean | undefined>(CACHE_UNTIL_CHANGE, [
      context.getHandler(),
      context.getClass(),
    ]) === true
  );
}

/** What is not a document: nothing, a stream, or a body that its handler wrote itself. */
function isDocument(answer: unknown): answer is object {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    !(answer instanceof StreamableFile) &&
    !Buffer.isBuffer(answer)
  );
}
