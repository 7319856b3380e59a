import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { of, tap, type Observable } from 'rxjs';
import { isReading } from '../api/reading-methods.js';
import { isKeptUntilChange } from '../api/etag-interceptor.js';
import { ResponseCache } from '../api/response-cache.js';
import { isUnchanged } from '../api/unchanged.js';
import { DeletedStreams } from '../queries/deleted-streams.js';

/** A page request with one of these parameters asks for a file. */
const FILE = /[?&](csv|xlsx)=/;

/**
 * Caches pages for users who are not signed in, until something is recorded or the day ends. Only for
 * controllers that declare that the page depends only on the views and the day.
 */
@Injectable()
export class KeptPages implements NestInterceptor {
  constructor(
    private readonly answers: ResponseCache,
    private readonly reflector: Reflector,
    private readonly deleted: DeletedStreams,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const isKept =
      isReading(request) &&
      !request.principal &&
      !FILE.test(request.url) &&
      // Pages show a notice about deleted streams, which does not depend on the views.
      !this.deleted.areThere &&
      isKeptUntilChange(this.reflector, context, request.url);
    if (!isKept) return next.handle();
    // A page contains its own address with the host of the request, so each host has its own entry.
    const address = `page of ${request.protocol}://${request.host}${request.url}`;
    const kept = this.answers.find(address);
    if (kept) {
      sendAsPage(reply, 200);
      return of(isUnchanged(request, reply, kept.etag) ? undefined : kept.body);
    }
    const { standing } = this.answers;
    return next.handle().pipe(
      tap((html) => {
        const etag = reply.getHeader('ETag');
        if (typeof html === 'string' && typeof etag === 'string' && reply.statusCode === 200)
          this.answers.keep(address, { body: Buffer.from(html), etag }, standing);
      }),
    );
  }
}

/** Sets the headers of every page. */
export function sendAsPage(reply: FastifyReply, status: number): void {
  void reply.type('text/html; charset=utf-8').status(status);
  // Other sites do not learn which page a reader comes from; our own forms still send their origin.
  void reply.header('Referrer-Policy', 'same-origin');
  void reply.header('Cache-Control', 'no-cache').header('Vary', 'Cookie');
}
