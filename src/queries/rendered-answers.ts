import { createHash } from 'node:crypto';
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
import { map, of, type Observable } from 'rxjs';
import { dayOf } from '../domain/occurred-on.js';
import { Clock } from '../operations/clock.js';
import { LiveViews } from '../projections/live-views.js';

const HOLDS_UNTIL_NEWS = 'holds until news';

/** The answers of this controller follow from its URL, the stored views and the day alone. */
export const HoldsUntilNews = (): ClassDecorator & MethodDecorator => SetMetadata(HOLDS_UNTIL_NEWS, true);

/** An answer as it goes out. */
interface Rendered {
  readonly body: Buffer;
  readonly etag: string;
}

/** What kept answers follow from, besides their URLs. */
interface Standing {
  readonly rows: unknown;
  readonly position: number;
  readonly parked: number;
  readonly day: string;
}

const MOST_BYTES = 32 * 1024 * 1024;
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Writes the JSON of every answer to a GET with an ETag, answers 304 to whoever has it already, and keeps what is
 * asked without clocks until something is recorded or the day ends.
 */
@Injectable()
export class RenderedAnswers implements NestInterceptor {
  private readonly kept = new Map<string, Rendered>();
  private bytes = 0;
  private standsOn: Standing | undefined;

  constructor(
    private readonly views: LiveViews,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (request.method !== 'GET') return next.handle();
    const { url } = request;
    const keeps = this.mayKeep(context, url);
    if (keeps) this.dropWhatIsOld();
    const kept = this.kept.get(url);
    if (keeps && kept) return of(send(kept, request, reply));
    const { standsOn } = this;
    return next.handle().pipe(
      map((answer: unknown) => {
        if (!isDocument(answer)) return answer;
        const rendered = render(answer);
        // What was read while something was recorded may be of before or after it.
        if (keeps && standsOn === this.standsOn && !this.hasNews()) this.keep(url, rendered);
        return send(rendered, request, reply);
      }),
    );
  }

  private mayKeep(context: ExecutionContext, url: string): boolean {
    // With clocks, or a position to wait for, an answer follows from more than the views.
    return (
      !/[?&](trueOn|knownOn|minPosition)=/.test(url) &&
      this.reflector.getAllAndOverride<boolean | undefined>(HOLDS_UNTIL_NEWS, [
        context.getHandler(),
        context.getClass(),
      ]) === true
    );
  }

  private now(): Standing {
    const { rows, status } = this.views;
    return { rows, position: status.position, parked: status.parked, day: dayOf(this.clock.now()) };
  }

  private hasNews(): boolean {
    const { rows, position, parked, day } = this.now();
    const then = this.standsOn;
    return (
      !then || then.rows !== rows || then.position !== position || then.parked !== parked || then.day !== day
    );
  }

  private dropWhatIsOld(): void {
    if (!this.hasNews()) return;
    this.standsOn = this.now();
    this.kept.clear();
    this.bytes = 0;
  }

  private keep(url: string, rendered: Rendered): void {
    if (this.bytes + rendered.body.length > MOST_BYTES) {
      this.kept.clear();
      this.bytes = 0;
    }
    this.kept.set(url, rendered);
    this.bytes += rendered.body.length;
  }
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

function render(answer: object): Rendered {
  const body = Buffer.from(JSON.stringify(answer));
  // Weak: compressed or not, it is the same answer.
  return { body, etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

function send({ body, etag }: Rendered, request: FastifyRequest, reply: FastifyReply): Buffer | undefined {
  void reply.header('ETag', etag).header('Cache-Control', 'no-cache');
  if (isHeld(etag, request.headers['if-none-match'])) {
    void reply.status(304);
    return undefined;
  }
  void reply.header('Content-Type', JSON_TYPE);
  return body;
}

/** Weak comparison (RFC 9110 §13.1.2). */
function isHeld(etag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag.slice(2));
}
